"""What cannot be: every mistake of a settings document, with a sentence at its path. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.i18n import _
from models.reactions import Gesture, Reactions
from models.settings.checks_hours import hours_problems
from models.settings.checks_levels import levels_problems
from models.settings.document import DeskSettings, Members, MembersFrom, Routing, WorkspaceSettings

LONGEST_DESK_NAME = 80
LARGEST_CAP = 999
MOST_PATTERNS, LONGEST_PATTERN = 50, 80
SUMMIT_MINUTES = range(15, 481)
LONGEST_WORDS = 160
MOST_DESKS, MOST_PEOPLE = 40, 200
MOST_EMOJI, LONGEST_EMOJI = 12, 100

CHANNEL, PERSON, GROUP = (
    re.compile(r"[CG][A-Z0-9]{2,30}"),
    re.compile(r"[UW][A-Z0-9]{2,30}"),
    re.compile(r"S[A-Z0-9]{2,30}"),
)

EMOJI = re.compile(r"[\w+'-]+")
"""A name as Slack allows it for emoji, its own and a workspace's."""

Problems = Iterator[tuple[str, str]]


def problems(settings: WorkspaceSettings) -> dict[str, str]:
    """Every mistake by its path in the settings file, the first one of each path; empty when it can be applied."""
    found: dict[str, str] = {}
    for path, sentence in _all(settings):
        found.setdefault(path, sentence)
    return found


def _all(settings: WorkspaceSettings) -> Problems:
    yield from _together(settings)
    for desk in settings.desks:
        for path, sentence in _desk(desk):
            yield f"desks/{desk.name}/{path}", sentence
    if settings.sales_hours is not None:
        for path, sentence in hours_problems(settings.sales_hours):
            yield f"sales_hours/{path}", sentence
    yield from _people("roles/admins", settings.admins)
    yield from _people("roles/leaders", settings.leaders)
    yield from _places(settings)
    yield from _summit(settings)


def _together(settings: WorkspaceSettings) -> Problems:
    """What concerns all desks, or the roles."""
    if not settings.admins:
        yield "roles/admins", _("Name at least one admin: somebody must be able to change the settings.")
    if not settings.desks:
        yield "desks", _("At least one desk is needed: requests must go somewhere.")
    if len(settings.desks) > MOST_DESKS:
        yield "desks", _("At most {most} desks are possible.").format(most=MOST_DESKS)
    yield from _default(settings)
    yield from _twice(settings)


def _default(settings: WorkspaceSettings) -> Problems:
    defaults = [desk.name for desk in settings.desks if desk.is_default]
    if settings.desks and not defaults:
        sentence = _("No desk is the default one. Make one of them the default: it takes what no rule sends elsewhere.")
        yield f"desks/{settings.desks[0].name}/default", sentence
    for name in defaults[1:]:
        sentence = _("{desk} is the default desk already. Only one can be.").format(desk=defaults[0])
        yield f"desks/{name}/default", sentence


def _twice(settings: WorkspaceSettings) -> Problems:
    names: dict[str, str] = {}
    channels: dict[str, str] = {}
    rules: dict[str, str] = {}
    for desk in settings.desks:
        at = f"desks/{desk.name}"
        if desk.name.casefold() in names:
            yield f"{at}/name", _("Another desk is called {desk}. Choose another name.").format(desk=desk.name)
        if desk.channel in channels:
            sentence = _("{desk} works in that channel already. Choose another channel.")
            yield f"{at}/channel", sentence.format(desk=channels[desk.channel])
        for kind, pattern in _patterns(desk.routing):
            other = rules.setdefault(f"{kind}:{pattern.casefold()}", desk.name)
            if other != desk.name:
                sentence = _("“{pattern}” goes to {desk} already. Keep it in one place.")
                yield f"{at}/takes/{kind}", sentence.format(pattern=pattern, desk=other)
        names[desk.name.casefold()] = channels[desk.channel] = desk.name


def _desk(desk: DeskSettings) -> Problems:
    if not desk.name:
        yield "name", _("Give the desk a name.")
    if len(desk.name) > LONGEST_DESK_NAME:
        yield "name", _("A desk's name has at most {most} characters.").format(most=LONGEST_DESK_NAME)
    if not CHANNEL.fullmatch(desk.channel):
        yield "channel", channel_sentence(desk.channel)
    if not 1 <= desk.hot_cap <= LARGEST_CAP:
        yield "hot_cap", _("The hot list has between 1 and {most} places.").format(most=LARGEST_CAP)
    yield from _members(desk.members)
    yield from _routing(desk.routing)
    yield from _reactions(desk.reactions)
    for path, sentence in hours_problems(desk.hours):
        yield f"hours/{path}", sentence
    yield from levels_problems(desk.levels)


def _members(members: Members) -> Problems:
    if members.source is MembersFrom.GROUP and not GROUP.fullmatch(members.group):
        yield "members/group", _("Which user group answers? Its id looks like S0PLANT3.")
    if members.source is MembersFrom.LIST and not members.people:
        yield "members/people", _("Name at least one person who answers for the desk.")
    yield from _people("members/people", members.people)


def _routing(routing: Routing) -> Problems:
    for kind, pattern in _patterns(routing):
        if len(pattern) > LONGEST_PATTERN:
            yield f"takes/{kind}", _("A rule has at most {most} characters.").format(most=LONGEST_PATTERN)
        if not pattern.strip("*? "):
            sentence = _("“{pattern}” would take everything. Make the desk the default one instead.")
            yield f"takes/{kind}", sentence.format(pattern=pattern)
    for kind, patterns in (("items", routing.items), ("customers", routing.customers)):
        if len(patterns) > MOST_PATTERNS:
            yield f"takes/{kind}", _("At most {most} rules are possible here.").format(most=MOST_PATTERNS)


def _reactions(reactions: Reactions) -> Problems:
    taken: dict[str, Gesture] = {}
    for gesture in Gesture:
        path, emoji = f"reactions/{gesture.value}", reactions.of(gesture)
        if len(emoji) > MOST_EMOJI:
            yield path, _("At most {most} emoji are possible here.").format(most=MOST_EMOJI)
        for name in emoji:
            if len(name) > LONGEST_EMOJI or not EMOJI.fullmatch(name):
                sentence = _("“{text}” is not the name of an emoji. Write it like “:eyes:”.")
                yield path, sentence.format(text=name[:LONGEST_EMOJI])
            if taken.setdefault(name, gesture) is not gesture:
                yield path, _("“:{name}:” means something else already. Keep it in one place.").format(name=name)


def _patterns(routing: Routing) -> Iterator[tuple[str, str]]:
    yield from (("items", pattern) for pattern in routing.items)
    yield from (("customers", pattern) for pattern in routing.customers)


def _people(path: str, people: tuple[str, ...]) -> Problems:
    if len(people) > MOST_PEOPLE:
        yield path, _("At most {most} people can be named here.").format(most=MOST_PEOPLE)
    for person in people:
        if not PERSON.fullmatch(person):
            yield path, _("“{text}” is not a person's id. It looks like U0JONAS.").format(text=person)


def _places(settings: WorkspaceSettings) -> Problems:
    for path, channel in (("leadership_channel", settings.leadership_channel), ("log_channel", settings.log_channel)):
        if channel and not CHANNEL.fullmatch(channel):
            yield path, channel_sentence(channel)
    for channel in settings.watched_channels:
        if not CHANNEL.fullmatch(channel):
            yield "watched_channels", channel_sentence(channel)


def _summit(settings: WorkspaceSettings) -> Problems:
    shortest, longest = SUMMIT_MINUTES.start, SUMMIT_MINUTES.stop - 1
    if settings.summit.minutes not in SUMMIT_MINUTES:
        sentence = _("A summit lasts between {shortest} and {longest} minutes.")
        yield "summit/minutes", sentence.format(shortest=shortest, longest=longest)
    if len(settings.words) > LONGEST_WORDS:
        yield "words", _("The words of the company have at most {most} characters.").format(most=LONGEST_WORDS)


def channel_sentence(text: str) -> str:
    """What to say about something that is no channel."""
    if not text:
        return _("Choose the channel in which the desk works.")
    return _("“{text}” is not a channel's id. It looks like C0PLANT3.").format(text=text)
