"""Recordings: known by what is in them, how long they are, what is taken out, what is refused."""

import random

import pytest

from portal.core.errors import Invalid
from portal.core.sound import LARGEST_MB, LONGEST, recording, spoken
from tests.core import sounds

ALL = {
    "audio/wav": (sounds.wav(2), 3),
    "audio/webm": (sounds.webm(5), 5),
    "audio/mp4": (sounds.m4a(4), 4),
    "audio/ogg": (sounds.ogg(3), 3),
    "audio/mpeg": (sounds.mp3(100), 3),
}


@pytest.mark.parametrize("kind", ALL)
def test_a_recording_is_known_by_its_content_and_its_length_is_read(kind: str) -> None:
    data, seconds = ALL[kind]
    found = recording(data)
    assert (found.kind, found.seconds) == (kind, seconds)


def test_one_in_pieces_has_the_length_of_the_last() -> None:
    assert recording(sounds.in_pieces(7)).seconds == 7


def test_place_and_title_are_taken_out_and_the_sound_stays() -> None:
    told = sounds.m4a(4, place=b"+36.6232+101.7782/")
    kept = recording(told).data
    assert b"+36.6232" not in kept
    assert len(kept) == len(told)
    assert kept.endswith(b"sound")
    assert b"HomeStreet" not in recording(sounds.mp3()).data
    assert recording(sounds.mp3()).data == recording(sounds.mp3(tags=False)).data


@pytest.mark.parametrize(
    "data",
    [
        b"<html>",
        b"#!AMR\n" + bytes(200),
        sounds.webm(2, kind=1),
        sounds.m4a(2, handler=b"vide"),
        b"OggS\0\x02" + bytes(22) + b"\x80theora" + bytes(40),
        b"\x89PNG\r\n\x1a\n" + bytes(60),
    ],
)
def test_pages_films_and_formats_no_browser_plays_are_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="不是网页能放的录音") as refusal:
        recording(data, "spoken")
    assert refusal.value.field == "spoken"


@pytest.mark.parametrize(
    "data",
    [sounds.wav(LONGEST + 5), sounds.webm(LONGEST + 5), sounds.m4a(LONGEST + 5), sounds.ogg(LONGEST + 5)],
)
def test_one_that_is_too_long_says_how_long_it_may_be(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"录音有 2:0[56]，最长 2 分钟"):
        recording(data)


def test_one_that_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(Invalid, match=f"最多 {LARGEST_MB} MB"):
        recording(bytes(LARGEST_MB * 1024 * 1024 + 1))


def test_cut_off_and_broken_bytes_are_refused_or_taken_but_never_fail() -> None:
    """Whatever arrives, the answer is a recording or a sentence."""
    chance = random.Random(7)
    for data, _seconds in (*ALL.values(), (sounds.in_pieces(), 0)):
        for _try in range(150):
            broken = bytearray(data[: chance.randrange(1, len(data))])
            for _byte in range(3):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            try:
                assert recording(bytes(broken)).seconds >= 0
            except Invalid as refusal:
                assert str(refusal)  # noqa: PT017  (either is right)


def test_a_length_is_said_in_minutes_and_seconds() -> None:
    assert [spoken(n) for n in (0, 7, 67, 120)] == ["0:00", "0:07", "1:07", "2:00"]
