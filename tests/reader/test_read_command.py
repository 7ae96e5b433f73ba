"""``expedite-desk read``: a file of texts goes in line by line, what is read comes out, bad lines are named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot import reading
from tests.reader.replies_corpus import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = "2026-03-10T09:20:00-05:00"
REPLY = {"id": "a", "text": "30 by the 20th, the rest on 3/27", "now": NOW, "request": {"quantity": 40}}


def written(**line: Any) -> bytes:
    return json.dumps(line).encode() + b"\n"


def read(*lines: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    """What is shown, and what is complained of."""
    shown, complaints = [], []
    all_read = reading.read_lines(lines, reading.reply_read, show=shown.append, complain=complaints.append)
    assert all_read is not bool(complaints)
    return [json.loads(line) for line in shown], complaints


def run(what: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-m", "bot", "read", what]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd()), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(words, input=given, capture_output=True, env=environment, timeout=60, check=False)


def test_a_file_of_replies_goes_through_the_command() -> None:
    given = (DATA / "replies.dev.jsonl").read_bytes().splitlines(keepends=True)[:20]

    done = run("replies", b"".join(given) + b"no json\n")

    assert 1 == done.returncode
    assert b"Line 21 was not read" in done.stderr
    assert b"Traceback" not in done.stderr
    assert [json.loads(line)["id"] for line in given] == [json.loads(line)["id"] for line in done.stdout.splitlines()]


def test_a_file_of_messages_goes_through_the_command() -> None:
    given = (DATA / "messages.dev.jsonl").read_bytes().splitlines(keepends=True)[:20]

    done = run("messages", b"".join(given))

    assert (0, b"") == (done.returncode, done.stderr)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [json.loads(line)["id"] for line in given] == [line["id"] for line in found]
    assert all({"id", "expedite", "score", "reasons", "fields"} == set(line) for line in found)
    assert all(line["expedite"] or not line["fields"] for line in found)
    assert any(line["expedite"] for line in found)


def test_a_reply_is_told_as_the_labels_are() -> None:
    (found,), _complaints = read(written(**REPLY))

    offer = [{"quantity": 30, "ship_date": "2026-03-20"}, {"quantity": 10, "ship_date": "2026-03-27"}]
    assert {"id": "a", "meaning": "counter", "offer": offer, "answer_by": None} == found


def test_the_time_of_an_answer_keeps_the_writers_offset() -> None:
    (found,), _complaints = read(written(text="checking, back to you by 3", now=NOW))

    assert {"id": 1, "meaning": "acknowledge", "offer": None, "answer_by": "2026-03-10T15:00:00-05:00"} == found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"no json\n", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"\xff\xfe\n", "UTF-8"),
        (b"[1, 2]\n", "no JSON object"),
        (b'"text"\n', "no JSON object"),
        (written(now=NOW), "“text”"),
        (written(text=3, now=NOW), "“text”"),
        (written(text="ok"), "“now” is missing"),
        (written(text="ok", now="yesterday"), "“now” is “yesterday”"),
        (written(text="ok", now="2026-03-10T09:20:00"), "with its offset"),
        (written(text="ok", now="9999-12-31T23:59:59+00:00"), "“now”"),
        (written(text="ok", now=NOW, request=3), "“request”"),
        (written(text="ok", now=NOW, request={"quantity": "40"}), "“quantity”"),
        (written(text="ok", now=NOW, request={"quantity": -1}), "“quantity”"),
        (b'{"text": "ok", "now": "2026-03-10T09:20:00-05:00", "request": {"quantity": NaN}}', "“quantity”"),
        (b'{"text": "ok", "now": "2026-03-10T09:20:00-05:00", "request": {"quantity": 1e999}}', "“quantity”"),
        (written(text="ok", now=NOW, request={"needed_date": "soon"}), "“needed_date”"),
        (written(text="ok", now="x" * 500), "…”"),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong_and_the_next_is_read(line: bytes, said: str) -> None:
    found, (complaint,) = read(line, written(**REPLY))

    assert complaint.startswith("Line 1 was not read: ")
    assert said in complaint
    assert "a" == found[0]["id"]


def test_empty_lines_and_a_byte_order_mark_are_no_mistake() -> None:
    found, complaints = read(b"\xef\xbb\xbf" + written(**REPLY), b"\n", b"  \r\n", written(text="ok", now=NOW, id=None))

    assert (["a", None], []) == ([line["id"] for line in found], complaints)


def test_every_line_is_shown_before_the_next_is_taken() -> None:
    shown: list[str] = []

    def lines() -> Iterator[bytes]:
        for number in range(5):
            assert number == len(shown)
            yield written(**REPLY)

    reading.read_lines(lines(), reading.reply_read, show=shown.append, complain=shown.append)
    assert 5 == len(shown)


def test_whoever_stops_listening_gets_no_traceback() -> None:
    given = written(**REPLY) * 3000
    words = f"{sys.executable} -m bot read replies | head -1"

    done = subprocess.run(words, shell=True, input=given, capture_output=True, timeout=60, check=False)

    assert b"" == done.stderr
    assert 1 == len(done.stdout.splitlines())
