"""What a reaction means: by the one name of each emoji, however it was written, and as a desk wants it."""

from __future__ import annotations

import pytest

from models.reactions import USUAL, Gesture, Reactions, names_in
from models.settings import from_plain, to_plain
from tests.documents import a_document, with_desk


@pytest.mark.parametrize(
    ("reaction", "meaning"),
    [
        ("eyes", Gesture.ACKNOWLEDGE),
        ("eyes::skin-tone-3", Gesture.ACKNOWLEDGE),
        ("white_check_mark", Gesture.COMMIT),
        ("heavy_check_mark", Gesture.COMMIT),
        ("ballot_box_with_check", Gesture.COMMIT),
        ("question", Gesture.ASK_INFORMATION),
        ("grey_question", Gesture.ASK_INFORMATION),
        ("no_entry_sign", Gesture.DECLINE),
        ("no_entry", Gesture.DECLINE),
        ("+1", None),
        ("tada", None),
    ],
)
def test_the_usual_reactions(reaction: str, meaning: Gesture | None) -> None:
    assert USUAL.meaning_of(reaction) is meaning


@pytest.mark.parametrize("reaction", ["+1", "thumbsup", "+1::skin-tone-6", "thumbsup::skin-tone-2"])
def test_a_skin_tone_or_another_name_makes_no_other_emoji(reaction: str) -> None:
    assert Reactions(commit=("+1",)).meaning_of(reaction) is Gesture.COMMIT


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (":eyes: :+1:", ("eyes", "+1")),
        (":eyes::+1::skin-tone-2:", ("eyes", "+1")),
        ("eyes, thumbsup, +1", ("eyes", "+1")),
        ("👀👍🏽 ✔️", ("eyes", "+1", "heavy_check_mark")),
        (":plant-3_ok:", ("plant-3_ok",)),
        ("  ", ()),
    ],
)
def test_emoji_are_read_as_people_write_them(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


def test_a_settings_file_without_reactions_has_the_usual_ones_and_an_empty_list_has_none() -> None:
    plain = to_plain(with_desk(a_document(), reactions=Reactions(commit=("+1",))))
    (desk,) = plain["desks"].values()
    desk["reactions"] = {"decline": [], "commit": [":thumbsup:"]}
    assert Reactions(commit=("+1",), decline=()) == from_plain(plain).desks[0].reactions

    del desk["reactions"]
    assert from_plain(plain).desks[0].reactions == USUAL
