"""App Home and the list: what needs me now on top, one line of what, one of when, one button."""

from __future__ import annotations

from typing import Any

from bot.blocks.home import home_view
from bot.blocks.ids import Action
from bot.blocks.lists import help_message, list_message, status_message
from models.lifecycle import Status
from tests.builders import DAY, NOON, a_calendar
from tests.pictures import a_home, a_line, a_lot, a_picture


def rows_of(view: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each line with a button: its first words, the button's words, its style."""
    return [
        (block["text"]["text"].split(" · ")[0], block["accessory"]["text"]["text"], block["accessory"].get("style", ""))
        for block in view["blocks"]
        if "accessory" in block
    ]


def primary_in(view: dict[str, Any]) -> list[str]:
    found = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    found += [element for block in view["blocks"] if block["type"] == "actions" for element in block["elements"]]
    return [one["text"]["text"] for one in found if one.get("style") == "primary"]


def test_an_empty_home_says_so_and_offers_the_one_thing_to_do() -> None:
    view = home_view(a_home(), as_of=NOON)
    assert "*Nothing waits for you.*" in str(view)
    assert primary_in(view) == ["New expedite request"]
    assert "/expedite status EXP-42" in str(view)


def test_turns_come_first_and_the_very_first_has_the_primary_button() -> None:
    home = a_home(
        my_turn=[
            a_line(Status.OFFERED, is_my_turn=True, number=1),
            a_line(Status.INFO_NEEDED, is_my_turn=True, number=2),
        ],
        desk_turn=[
            a_line(Status.ASKED, is_my_turn=True, number=3),
            a_line(Status.ACKNOWLEDGED, is_my_turn=True, number=4),
        ],
        desk_name="Plant 3 desk",
        my_waiting=[a_line(Status.ASKED, number=5)],
        desk_waiting=[a_line(Status.OFFERED, number=6)],
        hot_open=6,
        hot_cap=8,
    )
    assert rows_of(home_view(home, as_of=NOON)) == [
        ("*EXP-1*", "Decide…", "primary"),
        ("*EXP-2*", "Answer…", ""),
        ("*EXP-3*", "We'll look into it", ""),
        ("*EXP-4*", "Answer…", ""),
        ("*EXP-5*", "Show…", ""),
        ("*EXP-6*", "Show…", ""),
    ]
    assert "Plant 3 desk · hot list 6 of 8" in str(home_view(home, as_of=NOON))


def test_a_line_says_what_and_when() -> None:
    home = a_home(desk_name="Plant 3 desk", desk_turn=[a_line(Status.ASKED, is_my_turn=True)])
    [line] = [block["text"]["text"] for block in home_view(home, as_of=NOON)["blocks"] if "accessory" in block]
    what, when = line.split("\n")
    assert what == "*EXP-12* · 100 pcs of BRK-2040 for Acme"
    assert when.startswith("first answer: 48 min of working time left, until *<!date^")


def test_a_lot_whose_day_is_over_is_asked_for() -> None:
    line = a_line(Status.AGREED, is_my_turn=True, commitment=a_lot())
    [row] = [block for block in home_view(a_home(desk_turn=[line]), as_of=NOON)["blocks"] if "accessory" in block]
    assert "100 pcs due Fri 27 Nov: shipped?" in row["text"]["text"]
    assert (row["accessory"]["action_id"], row["accessory"]["value"]) == (Action.REPORT_OUTCOME, "12:40")


def test_a_lot_due_today_says_so() -> None:
    line = a_line(Status.AGREED, is_my_turn=True, commitment=a_lot())
    [row] = [b for b in home_view(a_home(desk_turn=[line]), as_of=NOON + 3 * DAY)["blocks"] if "accessory" in b]
    assert "100 pcs due today: shipped?" in row["text"]["text"]


def test_a_committed_request_says_which_lot_comes_next() -> None:
    """Nobody has anything to do: what counts is what ships when."""
    home = a_home(
        my_waiting=[a_line(Status.AGREED, commitment=a_lot())],
        desk_waiting=[a_line(Status.AGREED, commitment=a_lot(), number=13)],
        desk_name="Plant 3 desk",
    )
    text = list_message(home, as_of=NOON).text
    assert (
        "*Your requests, nothing to do now: 1*\n*EXP-12* · 100 pcs of BRK-2040 for Acme\n100 pcs due Fri 27 Nov" in text
    )
    assert "*Plant 3 desk · waiting for Sales or the ship date: 1*" in text
    assert "shipped?" not in text


def test_what_waits_for_others_says_on_whom() -> None:
    """Both sides read who is waited for, and a name that would mention somebody does not."""
    mine = a_line(Status.ASKED, waiting_on="Plant 3 desk")
    theirs = a_line(Status.OFFERED, waiting_on="<!channel>")
    text = list_message(a_home(my_waiting=[mine], desk_waiting=[theirs]), as_of=NOON).text
    assert "waiting on Plant 3 desk · first answer: 48 min of working time left" in text
    assert "waiting on &lt;!channel&gt; · decision on the offer" in text
    turn = a_line(Status.ASKED, is_my_turn=True, waiting_on="Plant 3 desk")
    assert "waiting on" not in list_message(a_home(desk_turn=[turn]), as_of=NOON).text


def test_a_line_counts_in_the_hours_of_whoever_is_waited_for_and_says_that_they_put_it_off() -> None:
    line = a_line(Status.OFFERED, hours=a_calendar("Mon-Fri 08:00-13:30"))
    assert line.clock is not None
    line.clock.snoozed_until = NOON + DAY
    text = list_message(a_home(desk_waiting=[line]), as_of=NOON).text
    assert "decision on the offer: 30 min of working time left" in text
    assert "reminder put off until <!date^" in text


def test_a_question_to_me_is_called_my_answer() -> None:
    mine = a_line(Status.INFO_NEEDED, is_my_turn=True)
    assert "your answer: 48 min of working time left" in list_message(a_home(my_turn=[mine]), as_of=NOON).text
    theirs = a_line(Status.INFO_NEEDED)
    assert "answer to the question: 48 min" in list_message(a_home(desk_waiting=[theirs]), as_of=NOON).text


def test_buttons_with_the_same_words_are_told_apart_by_ear() -> None:
    home = a_home(my_waiting=[a_line(number=1), a_line(number=2)])
    labels = [
        block["accessory"]["accessibility_label"]
        for block in home_view(home, as_of=NOON)["blocks"]
        if "accessory" in block
    ]
    assert labels == ["Show… EXP-1", "Show… EXP-2"]


def test_an_admin_reads_what_could_not_be_delivered() -> None:
    view = home_view(a_home(undelivered=["The card of EXP-12: <#C1> is archived."]), as_of=NOON)
    assert "*Not delivered: please look into it*\n• The card of EXP-12: &lt;#C1&gt; is archived." in str(
        view["blocks"][0]["text"]["text"]
    )


def test_a_workspace_without_a_desk_says_who_can_help() -> None:
    view = home_view(a_home(is_set_up=False), as_of=NOON)
    assert "Ask an admin" in str(view)
    assert primary_in(view) == []


def test_a_list_shows_turns_before_what_waits() -> None:
    home = a_home(
        my_waiting=[a_line(number=2)], desk_turn=[a_line(is_my_turn=True, number=1)], desk_name="Plant 3 desk"
    )
    text = list_message(home, as_of=NOON).text
    assert text.index("*EXP-1*") < text.index("*EXP-2*")
    assert "*Plant 3 desk · your turn: 1*" in text


def test_a_long_list_says_how_many_it_leaves_out() -> None:
    home = a_home(my_waiting=[a_line(number=n) for n in range(1, 14)])
    assert "and 3 more; App Home shows them" in list_message(home, as_of=NOON).text


def test_an_empty_list_offers_the_form() -> None:
    message = list_message(a_home(), as_of=NOON)
    assert message.text.startswith("*No open requests.*")
    assert message.blocks[1]["elements"][0]["action_id"] == Action.NEW_REQUEST


def test_a_status_is_the_card_without_its_moves() -> None:
    message = status_message(a_picture(), as_of=NOON)
    assert message.text.startswith("EXP-12 · Can you ship")
    [row] = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    assert [element["action_id"] for element in row] == [Action.OPEN_REQUEST, Action.GET_RECORD]


def test_help_names_every_form_of_the_command() -> None:
    for words in ("/expedite list", "/expedite status EXP-42", "/expedite help", "Turn into expedite"):
        assert words in help_message().text
