"""The calendar file, and whom the map of stakeholders misses: pure."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from portal.core import ical
from portal.councils.words import Category
from portal.meetings import inviting
from portal.meetings.inviting import Asked
from portal.meetings.sides import Side
from portal.meetings.words import Interest, Reply

AT = datetime(2026, 6, 25, 11, tzinfo=UTC)


def entry(**given: object) -> ical.Entry:
    words: dict[str, object] = {
        "uid": "meeting-1@x",
        "starts_at": AT,
        "ends_at": AT,
        "changed": AT,
        "title": "会",
    }
    return ical.Entry(**{**words, **given})  # type: ignore[arg-type]


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar() -> None:
    lines = unfolded(ical.calendar("梧桐社区议事会", [entry(place="二楼", cancelled=True)]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"DTSTART:20260625T110000Z", "SUMMARY:会", "LOCATION:二楼", "STATUS:CANCELLED"} <= set(lines)


def test_what_separates_values_is_escaped() -> None:
    lines = unfolded(ical.calendar("x", [entry(title="修，还是换; a,b\\c\r\nBEGIN:VEVENT")]))
    assert "SUMMARY:修，还是换\\; a\\,b\\\\c\\nBEGIN:VEVENT" in lines
    assert lines.count("BEGIN:VEVENT") == 1


@given(st.text(max_size=300))
def test_lines_are_short_and_whole_characters(title: str) -> None:
    text = ical.calendar("x", [entry(title=title)])
    assert all(len(line.encode()) <= ical.WIDTH for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert len([line for line in unfolded(text) if line.startswith("SUMMARY:")]) == 1


def test_the_map_says_who_is_missing() -> None:
    asked = [Asked(Side.RESIDENT, Interest.WITH_CAR, Reply.YES), Asked(Side.PROPERTY, None, Reply.WAITING)]
    found = inviting.missing([Category.PARKING, Category.PARKING, Category.CULTURE], asked)
    assert len(found) == 1
    assert found[0].unasked == (Interest.WITHOUT_CAR, Interest.TRADERS, Interest.TRAFFIC)
    assert (found[0].unasked_sides, found[0].uncertain_sides) == ((), (Side.PROPERTY,))


def test_who_said_no_is_missing_again() -> None:
    asked = [Asked(Side.PROPERTY, Interest.OWNERS, Reply.YES), Asked(Side.COMMITTEE, None, Reply.NO)]
    assert inviting.missing([Category.FUNDS], asked)[0].unasked_sides == (Side.COMMITTEE,)
    asked.append(Asked(Side.COMMITTEE, None, Reply.SUBSTITUTE))
    assert inviting.missing([Category.FUNDS], asked) == []
