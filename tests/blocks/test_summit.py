"""The summit's page in its three dresses, and the invitation: the same words, each made safe for where it is read."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.invitation import LONGEST_LINE, folded, invitation
from bot.blocks.page import Line, PageSection, as_html, as_markdown
from bot.blocks.summit import summit_message
from bot.blocks.summit_words import figure_words, movement_sentence, page_sections, page_title, when_words
from bot.courier.files_summit import html, markdown
from bot.reader.icalendar import closed_dates_in
from models.summit_figures import Figure, Movement
from tests.builders import DAY, NOON
from tests.drawings_summit import a_summit, a_summit_picture
from tests.pictures import Words

EVIL = '<script>alert(1)</script> [x](https://evil.example.com) # `|` <!channel> & "quoted"'


def test_the_page_says_when_and_which_days_it_looks_at() -> None:
    assert page_title(a_summit_picture()) == "Summit of Sales and Operations, Wed 2 Dec"
    assert when_words(a_summit_picture()) == (
        "Wed 2 Dec, 14:00 – 15:00 (Europe/Berlin). It looks at Wed 28 Oct – Tue 24 Nov."
    )


def test_every_figure_has_a_name_and_a_row() -> None:
    assert set(figure_words()) == set(Figure)
    (figures,) = [one for one in page_sections(a_summit(Words())) if one.rows]
    assert len(figures.rows) == len(Figure) + 1


def test_what_became_of_a_figure_is_a_plain_sentence() -> None:
    def said(figure: Figure, then: int | None, now: int | None) -> str:
        return movement_sentence(Movement(figure, *(None if one is None else Decimal(one) for one in (then, now))))

    assert said(Figure.OTIF, 62, 78) == "On time to the first commitment, and in full went from 62 % to 78 %: better."
    assert said(Figure.LOOP, 10, 25).endswith("went from 10 % to 25 %: worse.")
    assert said(Figure.FIRST_RESPONSE, 3600, 3660).endswith("stayed about the same (1 h then, 1 h 1 min now).")
    assert said(Figure.OTIF, None, 50).endswith("too few requests to tell whether it moved.")


def test_all_three_dresses_say_the_same_lines() -> None:
    shown = a_summit(Words())
    lines = [line.text for one in page_sections(shown) for line in one.lines][:6]

    slack, pages = summit_message(shown, as_of=NOON).text, (markdown(shown), html(shown))
    for line in lines:
        assert line in slack
        assert all(line in page.replace("\\", "").replace("&#x27;", "'") for page in pages)


class Tags(HTMLParser):
    """Which elements a document has."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not {name for name, _value in attrs} & {"href", "src", "onload", "onerror"}

    def handle_data(self, data: str) -> None:
        self.said += data


def test_what_people_typed_is_text_in_the_html() -> None:
    read = Tags()
    read.feed(html(a_summit(Words(name=EVIL, text=EVIL))))

    assert not read.seen & {"script", "a", "img", "iframe"}
    assert EVIL in read.said


def test_what_people_typed_is_text_in_the_markdown() -> None:
    written = as_markdown("Title", [EVIL], [PageSection("Part", [Line(EVIL)], [["a", "b"], ["1", EVIL]])])

    assert "](" not in written.replace("\\](", "").replace("\\]", "")
    assert "<script" not in written.replace("\\<", "")
    row = written.splitlines()[-3]
    assert row.replace("\\|", "").count("|") == 3, "a pipe in a name is no column"


def test_a_page_without_lines_has_no_empty_list() -> None:
    assert "<ul>" not in as_html("Title", [], [PageSection("Part", rows=[["a", "b"], ["1", "2"]])])


# The invitation


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def an_invitation(title: str = "Summit", *agenda: str) -> bytes:
    return invitation(uid="7", starts_at=NOON, ends_at=NOON + DAY / 24, made_at=NOON, title=title, agenda=agenda)


def test_the_invitation_is_one_event_in_utc() -> None:
    lines = unfolded(an_invitation("Summit, of both; sides\\", "First", "Second"))

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"DTSTART:20261124T120000Z", "DTEND:20261124T130000Z", "UID:7", "METHOD:PUBLISH"} <= set(lines)
    assert "SUMMARY:Summit\\, of both\\; sides\\\\" in lines
    assert "DESCRIPTION:First\\nSecond" in lines


def test_our_own_reader_sees_one_event_with_a_time() -> None:
    with pytest.raises(ValueError, match="“Summit” has a time of day"):
        closed_dates_in(an_invitation().decode())


@given(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=4))
def test_no_words_break_out_of_their_line(title: str, agenda: list[str]) -> None:
    content = an_invitation(title, *agenda)

    assert all(len(line) <= LONGEST_LINE for line in content.split(b"\r\n"))
    lines = unfolded(content)
    assert [line.partition(":")[0] for line in lines[:-1]] == [
        line.partition(":")[0] for line in unfolded(an_invitation())[:-1]
    ]


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=400))
def test_folding_cuts_no_character_and_can_be_undone(line: str) -> None:
    pieces = list(folded(line))

    assert all(len(piece) <= LONGEST_LINE for piece in pieces)
    assert "".join(piece.decode() if n == 0 else piece.decode()[1:] for n, piece in enumerate(pieces)) == line
