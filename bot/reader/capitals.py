"""Runs of capitalised words that can be names of people, firms and goods."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.reader.calendar_words import MONTHS, WEEKDAYS
from bot.reader.tokens import low, touches
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Container

    from bot.reader.tokens import Token

_JOINERS = word_set("& and of de der di da del della dos van von du la le y e und et + the des den el al")
_FIRMS = word_set("inc corp ltd llc llp gmbh ag co kg plc sa srl bv nv ab oy as spa sas kft doo pte pty bhd sdn mfg")
_NO_NAMES = word_set(
    "i i'm i'd i'll i've im a an the this that these those it its it's we we're we've we'd we'll you you're you've "
    "your he he's he'd she she's they they're they've they'd their them his her my our us me who what when where "
    "why which how whose whats what's is are was were am be been do does did don't didn't doesn't can can't could "
    "couldn't would wouldn't should shall will won't may might must have has had haven't hasn't need needs want "
    "wants get got give gave let let's please pls plz kindly hi hello hey hallo dear good morning afternoon evening "
    "thanks thank thx ty cheers regards best kind greetings merci danke gracias sir madam team all everyone "
    "everybody guys folks both colleagues hello yes no not nope yep ok okay sure sorry any anyone anybody anything "
    "some somebody someone something every each if so but and or for from to in on at by with without of as per re "
    "fwd fw wg aw tr subject date cc sent original message after before until since while also just still only even "
    "then than there here now today tomorrow tonight new old one two three four five six seven eight nine ten first "
    "second third last next same other another more most urgent rush hot asap fyi ps eta etd po so sku qty quantity "
    "item part pn p/n order orders customer cust client current currently promised confirmed committed required "
    "requested request wanted wish need-by due reason partial ship ships shipped shipping send sent move put take "
    "make made pull push hold stop cancel check see look looking looks trying try hoping hope wondering just quick "
    "question questions ask asking asked asks customer's customers sales ops planning production plant warehouse "
    "logistics purchasing shipping receiving dispatch accounting finance it hr qa qc ap ar cs csr erp crm sap edi "
    "mrp bom vp ceo cfo gm boss buyer purchaser line press dock truck trucks stock lead time standard expedite "
    "expediting expedited escalation escalating priority requesting submitting update updates reminder heads note "
    "notes info information attached below above see could would there's here's that's what's who's everything "
    "nothing nobody none don't order's system says shows status delivery deliver delivered shipment production "
    "product price quote invoice ack acknowledged acknowledgement confirm confirmation advise change std lt moq ltl "
    "ftl ups fedex dhl usps usd eur gbp us uk eu q1 q2 q3 q4 h1 h2 am pm est cst pst cet gmt bst ist ok'd asap's "
    "asap! eod cob eow eom cw kw wk w/c mon tue wed thu fri sat sun xmas christmas easter cny plz. pl. honestly "
    "basically actually unfortunately maybe perhaps again almost about because though although however meanwhile "
    "whatever whenever wherever somehow otherwise instead between during under over up down out off back again "
    "management compras einkauf verkauf termin liefertermin betreff great nice fine cool awesome perfect lovely bad "
    "happy glad love like looks feels seems sounds remember forget trail mail email e-mail verbatim quoting "
    "forwarding forwarded forward passing got getting going gone been being tell told said say saying call called "
    "calling talk spoke speak write wrote written read hear heard find found bring brought keep kept leave left run "
    "running ran work working works start starts started finish finished please? thanks! thanks, mr mrs ms dr pers "
    "herr frau mr. ms. mrs. sehr geehrte geehrter respected guten bonjour bom dia hola ciao buongiorno servus moin "
    "meanwhile appreciate appreciated looking subject: everyone's nothing's pessoal production's quality pcs ea cs "
    "kg mt lbs units boxes cases pallets skids drums bags rolls kits sets totes cartons gal gals tons bx ctn ctns "
    "nos stk lb ft sheets palettes reels sq sqft oem po# so# lol omg btw imo imho ngl tbh xl xxl ss pvc pet hdpe "
    "abs led hp vfd cnc upc oc oh ah aiyo yo sup ok. still, expect ours mine theirs yours half full complete "
    "partials split both neither either why's memorial labor holiday weekend friday's monday's ooo pto wfh"
)
# What firms and houses call themselves: a name with one of these is more likely a customer than a colleague.
_TRADES = word_set(
    "foods food dairy clinic clinics hospital hospitals lab labs steel paper marine brewing brewery school schools farm "
    "farms medical motors power energy mining metals tool tools supply homes furniture electric electrical controls aero "
    "aerospace rail transit foundry mills mill pharma chem chemical chemicals plastics plast glass tile bakery bakeries "
    "cafe restaurant hotel hotels resort markets market grocers retail stores rental rentals outdoor outfitters logging "
    "trucking pumps refining petroleum council utility water dental vet surgery nursing care biotech textiles fabrics wine "
    "wines winery spirits cider coffee roasters group industries manufacturing mfg packaging pack printing press systems "
    "equipment machine machinery engineering construction bau builders roofing paving concrete lumber sawmill cabinet "
    "cabinets joinery coop co-op growers orchard produce poultry meats fish seafood prawns sugar feed seed agro garden "
    "nurseries boats shipyard dock port harbor harbour automotive auto tire cement solar wind ice pools spas hvac plumbing "
    "electronics pcb semiconductor optics toys bikes sports arena stadium events catering county city university college"
)
_MOST_WORDS = 6
_STARTS = frozenset(".!?\n:>•*-–—…;")
_OPENERS = frozenset("\"'“‘([_~*")


class Run(NamedTuple):
    """Capitalised tokens ``first`` to ``after``; ``is_start`` where a sentence begins with them."""

    first: int
    after: int
    is_start: bool


def runs_in(tokens: list[Token], taken: Container[int]) -> list[Run]:
    """Find the runs of names; ``taken`` are places read as something else (dates, amounts, orders)."""
    runs: list[Run] = []
    i = 0
    while i < len(tokens):
        if i in taken or not is_capital(tokens[i]):
            i += 1
            continue
        after = _end_of_run(tokens, i, taken)
        runs.append(Run(i, after, is_sentence_start(tokens, i)))
        i = after
    return runs


def is_firm(tokens: list[Token], run: Run) -> bool:
    """Tell whether a run is named like a firm: "Holt Dairy", "Marlowe & Finch", "Brask AS"."""
    words = {token.low.removesuffix("'s") for token in tokens[run.first : run.after]}
    return bool(words & (_TRADES | {"&"})) or tokens[run.after - 1].low in _FIRMS


def is_capital(token: Token) -> bool:
    """Tell whether a token is written like a name and is not one of the words that begin sentences."""
    first = token.text[0]
    if not first.isupper() or token.low in _NO_NAMES or token.low in WEEKDAYS or token.low in MONTHS:
        return False
    stem = token.low.removesuffix("'s").removesuffix("'")
    if stem in WEEKDAYS or stem in MONTHS or stem in _NO_NAMES:
        return False
    # Single letters (sizes, revisions) and codes are no names.
    return len(token.text) > 1 and not any(map(str.isdigit, token.text))


def is_sentence_start(tokens: list[Token], i: int) -> bool:
    j = i - 1
    while j >= 0 and tokens[j].text in _OPENERS:
        j -= 1
    return j < 0 or tokens[j].text in _STARTS or tokens[j].text[0] in "<:"


def _end_of_run(tokens: list[Token], i: int, taken: Container[int]) -> int:
    after = i + 1
    while after - i < _MOST_WORDS and after < len(tokens) and after not in taken:
        if tokens[after - 1].low.endswith("'s") and not is_capital(tokens[after]):
            break
        reach = _joined(tokens, after, taken)
        if not reach:
            break
        after = reach
    if tokens[after - 1].low in {"plant", "store", "site", "mill"} and low(tokens, after).isdigit():
        return after + 1
    # "Abergavenny Cheese Co." keeps its dot.
    return after + (tokens[after - 1].low in _FIRMS and low(tokens, after) == "." and touches(tokens, after - 1, after))


def _goes_on(token: Token) -> bool:
    """Tell whether a word that is no name by itself goes on one: "Hull Dry Dock", "Sonoma Press"."""
    return (
        token.text[1:].islower()
        and len(token.text) > len("The")
        and token.low not in WEEKDAYS
        and token.low not in MONTHS
    )


def _joined(tokens: list[Token], j: int, taken: Container[int]) -> int:
    """Find how far a run goes on at a place: over a capital, over "& Sons", "of the North", "St. Mary", ", Inc."."""
    token = tokens[j]
    if is_capital(token) or (token.text[0].isupper() and (token.low in _FIRMS or _goes_on(token))):
        return j + 1
    if token.text == "." and touches(tokens, j - 1, j) and len(tokens[j - 1].text) <= len("St"):
        return j + 2 if j + 1 < len(tokens) and is_capital(tokens[j + 1]) else 0
    if token.text == "," and low(tokens, j + 1) in _FIRMS:
        return j + 2
    k = j
    while k < j + 2 and low(tokens, k) in _JOINERS:
        k += 1
    is_name = k < len(tokens) and k not in taken and is_capital(tokens[k])
    # "and" joins two names as often as it is part of one.
    return k + 1 if k > j and is_name and low(tokens, j) not in {"and", "the", "+", "e", "as"} else 0
