"""Several lines in one request: one negotiation, an answer per line, on both databases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.blocks.cards import request_card
from bot.blocks.customer import you_may_tell
from bot.blocks.notices_requester import receipt
from bot.database import Database
from bot.services import lists, negotiation
from models import queries
from models.ask import AskedLine
from models.commitment import Outcome
from models.errors import FormRefused, MoveNotAllowed
from models.lifecycle import Status
from models.picture import Picture
from tests.builders import FRIDAY, NEXT_FRIDAY, NOON, Workspace
from tests.negotiating import Table

SECOND = AskedLine(item="SEAL-7", quantity=Decimal(40), unit="m", needed_ship_date=NEXT_FRIDAY, line_number="20")


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def shown(table: Table, request_id: int) -> Picture:
    return table.database.run_now(lists.picture_of, table.people.jonas, request_id, at=table.at)


def test_each_line_is_kept_and_said_wherever_the_request_is_shown(table: Table) -> None:
    request_id = table.asked(more_lines=(SECOND,), line_number="10")
    picture = shown(table, request_id)
    assert picture.request.ask.more_lines == (SECOND,)
    for drawn in (request_card(picture, as_of=NOON), receipt(picture, {}, NOON)):
        assert "and 1 more line?" in str(drawn.blocks)
        assert "*2* · 40 m of SEAL-7 by Fri 4 Dec (line 20)" in str(drawn.blocks)
    home = table.database.run_now(lists.open_for, table.people.mara, at=NOON)
    assert [line.request.ask.more_lines for line in home.my_waiting] == [(SECOND,)]


def test_committing_as_asked_makes_a_commitment_for_each_line(table: Table) -> None:
    request_id = table.agreed(more_lines=(SECOND,))
    lots = [(lot.line, lot.quantity, lot.original_ship_date) for lot in table.commitments(request_id)]
    assert lots == [(1, Decimal(100), FRIDAY), (2, Decimal(40), NEXT_FRIDAY)]
    assert table.story(request_id)[-1].facts["lots"] == [["2026-11-27", "100"], ["2026-12-04", "40", "2"]]
    assert "100 pcs of BRK-2040 by Fri 27 Nov and 40 m of SEAL-7 by Fri 4 Dec" in you_may_tell(shown(table, request_id))


def test_the_rest_of_a_part_belongs_to_the_same_line_and_the_last_line_closes_it(table: Table) -> None:
    request_id = table.agreed(more_lines=(SECOND,))
    table.at = table.at.replace(day=27)
    first, second = table.commitments(request_id)
    jonas = table.people.jonas
    part = {"quantity": Decimal(15), "rest_date": NEXT_FRIDAY}
    table.do(negotiation.report_outcome, jonas, second.id, Outcome.IN_PART, **part)
    table.do(negotiation.report_outcome, jonas, first.id, Outcome.IN_FULL)
    rest = table.commitments(request_id)[-1]
    assert (rest.line, rest.quantity, table.request(request_id).status) == (2, Decimal(25), Status.AGREED)
    table.do(negotiation.report_outcome, jonas, rest.id, Outcome.IN_FULL)
    assert table.request(request_id).status is Status.FULFILLED


def test_a_line_whose_day_has_passed_is_not_committed_as_asked(table: Table) -> None:
    request_id = table.asked(more_lines=(replace(SECOND, needed_ship_date=NOON.date()),))
    table.at = table.at.replace(day=26)
    with pytest.raises(MoveNotAllowed, match="has passed"):
        table.do(negotiation.commit_as_asked, table.people.jonas, request_id)


def test_what_is_wrong_with_a_line_is_said_at_that_line(table: Table) -> None:
    wrong = replace(SECOND, quantity=Decimal(0), needed_ship_date=FRIDAY.replace(year=2020), item=" ")
    with pytest.raises(FormRefused) as refused:
        table.asked(more_lines=(SECOND, wrong))
    assert set(refused.value.problems) == {"item_3", "quantity_3", "needed_ship_date_3"}


def test_a_request_of_one_line_looks_for_no_others(table: Table) -> None:
    request = table.request(table.asked())
    table.database.run_now(lambda session: queries.load_lines(session, [request]))
    assert "more_lines" not in request.__dict__
    assert request.ask.more_lines == ()
