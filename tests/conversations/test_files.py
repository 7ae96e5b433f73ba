"""Files people ask for: the list as it is shown but whole, the record of a request, and only what they may see."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.blocks.elements import button
from bot.blocks.ids import Action
from bot.services import exporting, home_choices, negotiation
from models import Member, Tenant, queries
from models.commitment import Outcome
from models.home_choice import HomePart
from models.lifecycle import How
from tests import payloads
from tests.builders import DAY, JONAS, MARA, NOON, TOBIAS, Workspace, an_ask
from tests.rows import a_request

if TYPE_CHECKING:
    from tests.conversations.conftest import Talk

LIST = button("", Action.GET_LIST, "list")


def rows_in(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _many(session: Session, workspace: Workspace) -> None:
    for number in range(1, 26):
        a_request(session, workspace, number=number, customer="=cmd" if number == 1 else "Acme")


async def test_the_list_comes_as_a_file_with_every_line_and_only_what_its_reader_may_see(
    talk: Talk, workspace: Workspace
) -> None:
    talk.database.run_now(_many, workspace)
    for person in (MARA, JONAS, TOBIAS):
        await talk.send(payloads.click(person, LIST, channel="C0SALES"))
        await talk.send(payloads.click(person, LIST, channel="C0SALES"))

    [hers], [his], [nothing] = talk.slack.to(MARA), talk.slack.to(JONAS), talk.slack.to(TOBIAS)
    for shown, count in ((hers, 25), (his, 25), (nothing, 0)):
        assert shown.file is not None
        assert (shown.file.name, len(rows_in(shown.file.content))) == ("expedites-2026-11-24.csv", count)
    assert hers.file is not None
    first = rows_in(hers.file.content)[0]
    assert (first["Request"], first["Customer"], first["Asked by"]) == ("EXP-1", "'=cmd", "Mara Lindqvist")
    assert {(whisper.slack_id, whisper.channel) for whisper in talk.slack.whispers} == {
        (person, "C0SALES") for person in (MARA, JONAS, TOBIAS)
    }


async def test_a_home_that_is_narrowed_down_gives_a_file_of_what_it_shows(talk: Talk, workspace: Workspace) -> None:
    talk.database.run_now(_many, workspace)
    talk.database.run_now(home_choices.show_part, workspace.jonas, HomePart.DESK, at=NOON)
    talk.database.run_now(home_choices.only_customer, workspace.jonas, "=cm", at=NOON)
    await talk.send(payloads.click(JONAS, button("", Action.GET_LIST, "home")))

    [shown] = talk.slack.to(JONAS)
    assert shown.file is not None
    assert [row["Request"] for row in rows_in(shown.file.content)] == ["EXP-1"]


async def test_who_became_a_guest_before_the_file_was_made_gets_a_sentence(talk: Talk, workspace: Workspace) -> None:
    def leaves(session: Session) -> None:
        session.query(Member).filter_by(slack_id=TOBIAS).update({"is_guest": True})

    talk.database.run_now(_asked_for_the_list, workspace)
    talk.database.run_now(leaves)
    await talk.deliver()

    [told] = talk.slack.to(TOBIAS)
    assert (told.file, "Guests" in told.text) == (None, True)


def _asked_for_the_list(session: Session, workspace: Workspace) -> None:
    exporting.send_list(session, workspace.tobias, at=NOON)


async def test_the_record_tells_the_whole_story_and_whether_it_was_kept(talk: Talk, workspace: Workspace) -> None:
    request_id = talk.database.run_now(_a_life, workspace)
    await talk.deliver()
    await talk.send(payloads.click(TOBIAS, button("", Action.GET_RECORD, request_id), channel="C0SALES"))

    [shown] = talk.slack.to(TOBIAS)
    assert shown.file is not None
    text = shown.file.content.decode("utf-8-sig")
    for said in (
        *("EXP-1 · record of 2026", "Can you ship 100 pcs of BRK-2040", "Customer: Acme & <Sons>", "Card: https://"),
        *("Jonas Keller committed", "Jonas Keller reported", "3 days late to the request", "truck <broke> & down"),
        *("OTIF (on time and in full, to the original commitment): no", "The customer said: fine"),
    ):
        assert said in text, said
    assert [mark for mark in ("<!date", "&lt;", "<@") if mark in text] == []


def _a_life(session: Session, workspace: Workspace) -> int:
    session.get_one(Tenant, workspace.tenant_id).url = "https://northbridge.example.com/"
    ask = an_ask(customer="Acme & <Sons>")
    request = negotiation.submit(session, workspace.mara, ask, at=NOON, how=How.FORM)
    session.flush()
    negotiation.commit_as_asked(session, workspace.jonas, request.id, at=NOON, how=How.BUTTON)
    [lot] = queries.commitments(session, request.id)
    negotiation.report_risk(session, workspace.jonas, lot.id, "truck <broke> & down", at=NOON + DAY, how=How.FORM)
    late = lot.committed_ship_date + 3 * DAY
    at = NOON + 10 * DAY
    negotiation.report_outcome(session, workspace.jonas, lot.id, Outcome.LATE, ship_date=late, at=at, how=How.FORM)
    negotiation.say_thanks(session, workspace.mara, request.id, "great", "fine", at=at)
    return request.id
