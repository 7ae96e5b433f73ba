"""Phrases in running text that can name goods: "3in butterfly valves", "PCB rev F", "SKU 4410 (sriracha 17oz)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.reader.amounts import COUNTED
from bot.reader.capitals import is_capital
from bot.reader.tokens import low, touches
from bot.reader.words import word_set

if TYPE_CHECKING:
    from bot.reader.amounts import Amount
    from bot.reader.tokens import Token
    from bot.reader.wording import Wording

_OPENERS = word_set(
    "the their his her our your my those these this that some any no of for more without a an extra additional "
    "another with from on in is and need needs want wants more as than still send ship get give has have item part "
    "material product articles article desc description sku pn p/n wish request to order orders remaining whole "
    "full all both more balance further each about actual second first new"
)
# No name of goods goes over one of these; most are verbs, prepositions and what holds sentences together.
_STOPS = word_set(
    "for by before until till on at to from with without via and or but because since as if when who which that "
    "this these those it they them he she we us you me i is are was were be been am has have had need needs needed "
    "want wants wanted can could would will won't can't shall should may might must do does did don't doesn't "
    "didn't get gets got getting give gives gave take takes took go goes going gone went come comes came coming "
    "make makes made making ship ships shipped shipping send sends sent leave leaves left arrive arrives arrived "
    "arriving land lands deliver delivered delivers delivery deliveries shipment shipments move moves moved pull "
    "pulled bring brought push bump bumped run runs running ran start starts started stop stops stopped open opens "
    "opened close closed finish finished start due promised confirmed scheduled planned booked showing shows show "
    "says say said quoted acknowledged committed currently now today tomorrow tonight yesterday soon sooner earlier "
    "early late later asap please pls plz thanks thx not no yes also only just still already even again too so then "
    "than instead rather ahead up down out off over under in into onto within against against about around per each "
    "more less most least extra additional another other there here where what why how any some all both half "
    "either neither possible feasible doable ready available ahead urgent urgently rush expedite expedited priority "
    "order orders ordered customer customers client clients line truck load trailer week weeks wk wks day days "
    "month months date dates time lead qty quantity price cost job slot schedule production date: needed: their his "
    "her our your my its ours theirs the a an of required requested request requires wish wished hope hoping hopes "
    "hoped like liked love loved would'd 'd help please. order's anyone somebody someone anything something nothing "
    "everybody everything ops planning sales team guys folks he's she's it's they're we're i'm i'd i'll i've we've "
    "we'll they've they'd they'll we'd he'd she'd you'd you're that's there's what's who's let's works work working "
    "sits sit standing parked waiting wait waits awaiting asking asked ask asks tell told call called calls know "
    "see look looking check think find found put keep kept let try trying turn turned use used using buy built "
    "build builds building cover serve means mean turns hit hits beat lose loses cancel cancels add adds increase "
    "double doubled went rest balance reach happen happens while until through thru w/ w/o & + vs und et y e "
    "currently original originally ack conf conf. pcs. line-down eta sched from: to: re: shipping being having "
    "stuck dead broken empty gone short complete one two three four five anywhere forward straight aren't isn't "
    "wasn't costs cost sitting fixed pickup coated crated w being slated set? ahead failed inspection planned "
    "reserved circled spare flogged locked aside together yet ever never maybe perhaps really actually literally "
    "basically much many lot lots bit few little thing things kind sort way chance idea ideas options question "
    "favor situation problem trouble surplus allocation quota cap"
)
_SIZES = ("oz", "gal", "ml", "mm", "kg", "lb", "g", "l", "m")
_HEADS_OUT = word_set(
    "of the our their his her those these your more extra additional : x same other following next last first "
    "second third whole entire full only very exact latest best earliest soonest new current original confirmed "
    "promised remaining actual usual standard normal regular extra 2nd 1st 3rd"
)
# Nouns that stand where goods stand and are hardly ever asked for.
_NOT_GOODS = word_set(
    "excuse excuses condition conditions inventory service kids parents crew crews store stores shelves shift "
    "customer's schedule plan plans plant project contract hail damage team call calls weather season event market "
    "promo offer offers holiday harvest opening launch shutdown site office boss manager buyer owner people person "
    "men women guys folks drama discussion capacity overtime answer answers info information date dates reason "
    "reasons reply note notes mail email message messages form ticket tickets meeting visit review system portal "
    "screen board radar list top front end beginning middle spot opinion opinions thoughts luck hope pity shame "
    "joke news story point points fact facts case money fee fees cost costs penalty penalties damages business deal "
    "deals relationship world way ways hands hand wind heart head line lines slot slots job jobs run window notice "
    "warning deadline target forecast budget competitor competitors supplier suppliers vendor vendors carrier "
    "driver drivers courier road roads port airport dock docks door doors gate floor roof building warehouse "
    "warehouses county city town state country region morning afternoon evening night noon hour hours minute "
    "minutes moment second seconds year years quarter production shipping dispatch logistics accounting finance "
    "engineering purchasing management direction problem problems issue issues trouble difficulty pressure panic "
    "urgency priority miracle magic favor favour hold reserve reserves surplus overage spares attached recap "
    "summary update updates report reports pricing price prices invoice invoices credit payment terms samples "
    "sample lunch dinner coffee donuts beer barbecue quality auditor audit inspection test tests show fair game "
    "wedding party tour trip trailer trucks boat plane vessel ship retail chains chain shelf user users scheduler "
    "schedulers contractor contractors chef bishop mayor doctor nurse guy lady man woman kid wife husband mother "
    "father son daughter friend friends colleague colleagues rest balance half whole lot lots bit number numbers "
    "amount total share allocation quota cap limit limits increase change changes"
)
_TIMES = re.compile(r"x\d+|\d+x")
_MOST_TOKENS = 8


class Phrase(NamedTuple):
    """Tokens ``first`` to ``after`` that can name goods, and what led to them."""

    first: int
    after: int
    lead: str


def phrases_in(wording: Wording) -> list[Phrase]:
    """Find the phrases that can name goods, each once."""
    taken = _taken(wording)
    leads = {amount.after: "qty" for amount in wording.amounts}
    found: dict[tuple[int, int], Phrase] = {}
    for i in range(len(wording.tokens)):
        lead = leads.get(i) or _lead(wording, i)
        if lead is None or i in taken:
            continue
        first = _skip(wording.tokens, i)
        after = _end(wording.tokens, first, taken)
        _add(found, wording.tokens, first, after, lead)
        # "the Okafor rails": what stands behind a name may be the goods.
        named = first
        while named < after and _is_name(wording.tokens[named]):
            named += 1
        if first < named < after:
            _add(found, wording.tokens, named, after, "name")
    return list(found.values())


def _add(found: dict[tuple[int, int], Phrase], tokens: list[Token], first: int, after: int, lead: str) -> None:
    if after > first and tokens[after - 1].low not in _NOT_GOODS and tokens[first].low not in _NOT_GOODS:
        found.setdefault((first, after), Phrase(first, after, lead))


def _taken(wording: Wording) -> set[int]:
    """Find the places no goods go over: dates, orders, amounts with a unit."""
    amounts = [amount for amount in wording.amounts if amount.unit and not is_size(wording, amount)]
    return {i for read in (*wording.dates, *wording.orders, *amounts) for i in range(read.first, read.after)}


def is_size(wording: Wording, amount: Amount) -> bool:
    """Tell "17oz" behind a noun from an amount."""
    return amount.after == amount.first + 1 and wording.tokens[amount.first].low.endswith(_SIZES)


def _lead(wording: Wording, i: int) -> str | None:
    """Say what stands before a phrase that may begin here."""
    before = low(wording.tokens, i - 1)
    if before in _OPENERS:
        return before
    if before.endswith("'s") or (before == "'" and touches(wording.tokens, i - 2, i - 1)):
        return "'s"
    if before == ":" and low(wording.tokens, i - 2) in _OPENERS:
        return "label"
    if before in {"-", "–", "—", "/", ",", "(", "|", ".", "\n", ":", ""}:
        return before or "^"
    return None


def _skip(tokens: list[Token], i: int) -> int:
    """Step over "of the" and the like before a name."""
    stop = i + 4
    while i < stop and low(tokens, i) in _HEADS_OUT:
        i += 1
    return i


def _end(tokens: list[Token], first: int, taken: set[int]) -> int:
    i = first
    while i < len(tokens) and i - first < _MOST_TOKENS and i not in taken:
        bracket = _closes(tokens, i, taken) if i > first else 0
        if bracket:
            i = bracket
        elif (tokens[i].text == "#" and i > first and touches(tokens, i - 1, i)) or _belongs(tokens, i, first):
            i += 1
        else:
            break
    return i


def _closes(tokens: list[Token], i: int, taken: set[int]) -> int:
    """Find the end of a bracket with a code or a size in it: "(WC-310)"; 0 where it says something else."""
    inner = [token.low for token in tokens[i + 1 : i + 4]] if tokens[i].text == "(" else []
    stop = i + 2 + inner.index(")") if ")" in inner else 0
    is_free = not taken.intersection(range(i, stop)) and any(map(str.isalpha, "".join(inner[: stop - i - 2])))
    return stop if stop and is_free and any(map(str.isdigit, "".join(inner))) else 0


def _belongs(tokens: list[Token], i: int, first: int) -> bool:
    token = tokens[i]
    if not token.text[0].isalnum() or token.low in _STOPS or _TIMES.fullmatch(token.low):
        return False
    if i == first:
        counts = token.low in COUNTED and (
            low(tokens, i + 1) in _STOPS | {"of"} or not low(tokens, i + 1)[:1].isalpha()
        )
        return not counts and not token.text.isdigit()
    # A name behind plain words is somebody, not something: "100 pcs kit OR-77 Baytown Pumps".
    return not (_is_name(token) and not is_capital(tokens[i - 1]))


def _is_name(token: Token) -> bool:
    return is_capital(token) and token.text[1:].islower()
