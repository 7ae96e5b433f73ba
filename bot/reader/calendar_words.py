"""The names of days, months and weeks as people write them: English with its typos, and the neighbours' words."""

from __future__ import annotations

from bot.reader.words import word_set


def _numbered(lists: tuple[str, ...], first: int) -> dict[str, int]:
    return {word: number for number, line in enumerate(lists, first) for word in line.split()}


WEEKDAYS = _numbered(
    (
        "mon monday mondy munday montag lundi lunes lunedì maandag segunda-feira",
        "tue tues tuesday teusday tuseday tusday dienstag mardi martes martedì dinsdag terça-feira",
        "wed weds wednesday wendesday wensday wednsday mittwoch mercredi miércoles mercoledì woensdag quarta-feira",
        "thu thur thurs thursday thrusday thusday thrsday donnerstag jeudi jueves giovedì donderdag quinta-feira",
        "fri friday firday frday firdays freitag vendredi viernes venerdì vrijdag sexta-feira sexta",
        "sat saturday satuday saterday samstag sonnabend samedi sábado sabato zaterdag",
        "sun sunday sundy sonntag dimanche domingo domenica zondag",
    ),
    0,
)
MONTHS = _numbered(
    (
        "jan january januar janvier enero gennaio januari janeiro",
        "feb febr february februar février febrero febbraio februari fevereiro feburary",
        "mar march märz maerz mars marzo maart março mrz",
        "apr april avril abril aprile apr",
        "may mai mayo maggio mei maio",
        "jun june juni juin junio giugno junho",
        "jul july juli juillet julio luglio julho",
        "aug august août aout agosto augustus",
        "sep sept september septembre septiembre settembre setembro septemeber",
        "oct october oktober octobre octubre ottobre outubro okt",
        "nov november novembre noviembre novembro",
        "dec december dezember décembre diciembre dicembre dezembro dez",
    ),
    1,
)
MONTH_JOINERS = word_set("of de del den . -")
# These are words of their own where nothing says that a day is meant.
DOUBTFUL_DAYS = word_set("sat sun sexta domingo wed")
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20,
}  # fmt: skip
DAY_SPANS = word_set("day days d")
WEEK_SPANS = word_set("week weeks wk wks")
MONTH_SPANS = word_set("month months mth mths")
WEEK_WORDS = word_set("week wk cw kw calendar semaine semana weekno week#")
TOMORROWS = word_set(
    "tomorrow tmrw tmr tmw tomorow tommorow tommorrow tomorro morgen demain mañana domani amanhã 2moro"
)
TODAYS = word_set("today tonight tonite todays eod cob heute aujourd'hui hoy oggi vandaag hoje tdy")
AFTER_TOMORROW = word_set("overmorrow übermorgen overmorgen après-demain")
EOWS = word_set("eow eowk")
EOMS = word_set("eom eomonth")
ENDS = word_set("end close ende")
# A number of these before a noun counts things and is no day: "the 2nd shift". A day is followed by one of these.
AFTER_A_DAY = word_set(
    "or and & to not instead but if is was are were works would will won't can can't could rather than then now "
    "latest please pls plz thanks thx thank as so we i he she they it you with without for at in by on from of per "
    "max already where when which that because since until till though while still after before earlier later too "
    "also isn't doesn't don't or? this their our my your this? morning afternoon noon evening eod cob am pm max. "
    "at? ok okay positively really actually truly honestly even about firm confirmed promised needed due according "
    "his her its have has had be looks look looking seems sounds stays stands only maybe perhaps possible feasible "
    "doable lah works? what how why who might may must should do does did let via ideally unless according asap "
    "again until, aren't"
)
BEFORE_A_DAY = word_set(
    "by on before until till til for from since latest due promised confirmed is to the at than not of vs was "
    "currently ack'd acked says shows show showing date need needs needed want wants wanted wish required req now "
    "bis am der den le du el al au vom zum dal entro eta this next → -> : = ( – - says: or and acknowledged quoted "
    "committed scheduled schedule system planned offered dd target deadline after beat beats ahead ship ships "
    "shipping delivery deliver delivered conf conf. it's that's they're we're wed moved commit between around about"
)
FRACTION_MARKERS = word_set("by on before until till til due promised confirmed latest from since date eta than was")
SIZES = word_set("inch inches in mm cm m ft unf unc")
SIZES_AFTER = word_set(
    'inch inches in mm cm m ft unf unc " ″ ” % x kg g lb lbs l ml v kw hp bar psi eur usd each € $ pt turn'
)
# What a number behind these names is no day: "part 11/27".
NUMBERED_THINGS = word_set("part item sku size rev drawing dwg model version ref no nr lot batch page bay dock ratio")
