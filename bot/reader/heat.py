"""Whether a reply may read sharper than its writer meant, and the same said calmly.

Only what is said *to* people counts: blame, orders, contempt, shouting. A press may be cursed, a joke may be made, and
what somebody else wrote is quoted without harm. Silent when unsure: a hint that is not deserved is worse than none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.reader.tokens import MOST_READ

HOT, WARM = 1.0, 0.5
_JOKE = re.compile(
    r":(?:joy|rofl|laughing|smile|grin|wink|slightly_smiling_face|upside_down_face|sweat_smile|stuck_out_tongue\w*):"
    r"|[😀-😆😉😊😋😎😂🤣🙂🙃😜😝😛😅😁]|[;:]-?[)PpD]"
    r"|\b(?:lol|lmao|haha+|hehe+|just kidding|jk|kidding aside|only joking)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^\s*(?:>|&gt;).*$|“[^”]*”|\"[^\"\n]*\"|```.*?```|`[^`]*`", re.MULTILINE | re.DOTALL)
_ABOUT_ONESELF = re.compile(
    r"\b(?:my (?:bad|mistake|fault)|i (?:am|was|feel) (?:an? )?(?:idiot|stupid|ridiculous|useless|sorry)|sorry)\b"
)
_YOU = r"(?:you|u|you're|youre|you guys|your (?:team|people|lot)|you (?:people|lot))"
_SAID: tuple[tuple[float, str], ...] = (
    # Contempt and blame, said to somebody: one is enough.
    (HOT, r"\byou (?:people|lot|clowns|geniuses)\b"),
    (
        HOT,
        rf"\b{_YOU} (?:are |'re |is )?(?:always|never|keep|constantly|once again)\b(?! (?:help|been great|a pleasure))",
    ),
    (HOT, r"\b(?:you're|youre|you are|u r) (?:useless|incompetent|lazy|clueless|an? (?:idiot|joke|clown)|hopeless)\b"),
    (
        HOT,
        r"\b(?:useless|incompetent|clueless|pathetic|moron\w*|idiots?|clowns?)\b(?=.*\b(?:you|your|ops|sales|planning)\b)",
    ),
    (
        HOT,
        r"\b(?:ops|sales|planning|production|logistics) (?:is|are) (?:useless|incompetent|lazy|hopeless|a joke)\b",
    ),
    (HOT, r"\b(?:do|doing) your (?:damn |bloody |fucking )?jobs?\b"),
    (HOT, r"\bhow (?:hard|difficult) (?:can|could|is) (?:it|that|this) (?:be|to)?\b"),
    (HOT, r"\bwhat(?:'s| is| the hell is|'s the hell) wrong with (?:you|your)\b"),
    (HOT, r"\b(?:are|r) (?:you|u) (?:kidding|joking|serious|deaf|blind|even reading|out of your mind)\b"),
    (HOT, r"\b(?:did|do|can) (?:you|u) (?:even|actually|ever) (?:read|look|listen|work|check|care|think)\b"),
    (HOT, r"\b(?:wake up|stop whining|stop making excuses|spare me|shut up|get lost|grow up)\b"),
    (HOT, r"\b(?:wtf|what the (?:hell|fuck|heck)|bullshit|bs excuse|for fuck'?s sake|ffs)\b"),
    (HOT, r"\b(?:i don'?t care(?! (?:which|if|either|whether))|couldn'?t care less)\b"),
    (
        HOT,
        r"\b(?:not my problem|your problem,? not mine|that's your problem)\b",
    ),
    (HOT, r"\b(?:how many (?:more )?times|for the (?:last|third|fourth|tenth|hundredth) time)\b"),
    (
        HOT,
        r"\b(?:as i (?:already|clearly) (?:said|wrote|told)|i (?:already|clearly) told you|told you so|i told you)\b",
    ),
    (HOT, r"\b(?:thanks|thank you) for nothing\b|\bgreat job,? (?:as (?:usual|always)|again)\b"),
    (HOT, r"\b(?:your|these|another|more|lame) (?:stupid |lame |endless |pathetic )?excuses?\b"),
    (HOT, r"\b(?:you should be ashamed|shame on you|embarrass(?:ing|ment) (?:from|of) you)\b"),
    # Sharp, but people say it of things too: two are needed, or one and a raised voice.
    (WARM, r"\b(?:ridiculous|absurd|unacceptable|outrageous|a joke|disgrace\w*|pathetic|nonsense|insane|bullshit)\b"),
    (WARM, r"\b(?:figure it out|fix it|make it happen|get it done|sort it out|deal with it)\b"),
    (WARM, r"\byou (?:need|have|must|better|had better|owe)\b(?! (?:any|anything|more|a|the|questions?|help)\b)"),
    (WARM, r"\b(?:again|yet again|once more)\s*[!?]{2,}"),
    (WARM, r"\b(?:no excuses?|no more excuses|end of (?:story|discussion)|period)\b"),
    (WARM, r"\b(?:fed up|sick (?:and tired )?of|had enough|tired of)\b"),
    (WARM, r"\b(?:seriously|honestly|really)\s*\?{1,}"),
    (WARM, r"[!?]{3,}"),
    (WARM, r"\b(?:damn|bloody|fucking|crap|shit)\b"),
    (WARM, r"\b(?:obviously|clearly|once again|as usual|as always)\b"),
)
_HEAT = tuple((weight, re.compile(pattern)) for weight, pattern in _SAID)
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:'[A-Z]+)?\b")
_FEW_SHOUTS, _SHARE_SHOUTED = 4, 0.6
_CALMER: tuple[tuple[str, str], ...] = (
    (r"\byou (?:need to|have to|must|better|had better)\b", "could you please"),
    (r"\b(?:figure it out|sort it out|fix it|deal with it)\b", "could you look for a way"),
    (r"\b(?:make it happen|get it done)\b", "could you see whether it can be done"),
    (r"\b(?:unacceptable|ridiculous|absurd|outrageous|insane|a joke|pathetic|nonsense)\b", "hard for us"),
    (r"\b(?:i am|i'm|we are|we're) (?:fed up with|sick (?:and tired )?of|tired of)\b", "I am struggling with"),
    (r"\b(?:as )?i (?:already|clearly) (?:said|wrote|told you)\b[:,]? ?", ""),
    (r"\bnot my problem\b", "not something I can change from here"),
    (
        r"\b(?:damn|bloody|fucking|seriously|honestly|clearly|obviously|once again|yet again|as usual|as always)\b,? ?",
        "",
    ),
)
_SOFTENED = tuple((re.compile(pattern, re.IGNORECASE), calm) for pattern, calm in _CALMER)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_SIGNS = re.compile(r"([!?])[!?]+")
_SPACES = re.compile(r"[ \t]{2,}")
_LONGEST = 600


class Heat(NamedTuple):
    """A reply that may read sharper than meant; ``calmer`` is the same without what stings, perhaps nothing."""

    calmer: str


def read_heat(text: str) -> Heat | None:
    """Tell whether a reply may hurt whoever reads it; None where it does not, or where that is not sure."""
    own = _QUOTED.sub(" ", text[:MOST_READ]).replace("’", "'")
    low = own.lower()
    if _JOKE.search(own) or _ABOUT_ONESELF.search(low):
        return None
    degrees = sum(weight for weight, sign in _HEAT if sign.search(low)) + WARM * _is_shouted(own)
    return Heat(_calmer(own)) if degrees >= HOT else None


def _is_shouted(text: str) -> bool:
    """Tell whether most words are capitals: item codes and units have some too."""
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word.isascii()]
    shouted = [word for word in _SHOUTED.findall(text) if len(word) > 1]
    return len(shouted) >= _FEW_SHOUTS and len(shouted) >= _SHARE_SHOUTED * len(words)


def _calmer(text: str) -> str:
    """Say it again: without the sentences that only sting, with calmer words in the others."""
    kept = [found for part in _SENTENCE.findall(text) if (found := _sentence(part.strip()))]
    return " ".join(kept)[:_LONGEST].strip()


def _sentence(sentence: str) -> str:
    said = sentence.lower().capitalize() if sentence.isupper() or _is_shouted(sentence) else sentence
    for sharp, calm in _SOFTENED:
        said = sharp.sub(calm, said)
    said = re.sub(r"could you please could you", "could you", said, flags=re.IGNORECASE)
    said = _SIGNS.sub(r"\1", _SPACES.sub(" ", said)).strip(" ,;-")
    if any(weight == HOT and sign.search(said.lower()) for weight, sign in _HEAT):
        return ""
    if "could you" in said.lower():
        said = said.rstrip(".! ") + ("" if said.endswith("?") else "?")
    else:
        said = said.replace("!", ".")
    return said[:1].upper() + said[1:] if any(map(str.isalnum, said)) else ""
