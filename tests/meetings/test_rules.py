"""The rules of meetings, from the worked cases of the field and from the law."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.core import clock
from portal.core.errors import Invalid
from portal.meetings import agenda, notice, schedule, speaking
from portal.meetings.hands import Hands, Rule, decide, in_heads
from portal.meetings.quorum import Called, Presence, attendance, needed
from portal.meetings.schedule import LAST, Every, Occurrence, Pattern, Shift, occurrences
from portal.meetings.sides import Side
from portal.meetings.speaking import Hand, Stance
from portal.voting.counting.gates import Verdict
from portal.voting.counting.meeting import committee_meeting, residents_assembly

DOMAIN = yaml.safe_load((Path(__file__).parents[1] / "data/cases/domain.yaml").read_text("utf-8"))
TWICE = Pattern(Every.MONTH_DAYS, (5, 25))
"""龙山社区 meets on the 5th and the 25th."""
BODIES = {
    "residents_assembly": (Rule.HALF_PRESENT, Presence.HALF),
    "committee_meeting": (Rule.HALF_MEMBERS, Presence.HALF),
}
HANDS = [case for case in DOMAIN["other_ballots"] if case["kind"] in BODIES]


def met(pattern: Pattern, start: date, end: date, shift: Shift = Shift.NEXT) -> list[date]:
    return [found.day for found in occurrences(pattern, start, end, shift)]


def test_the_fifth_and_the_twenty_fifth() -> None:
    found = met(TWICE, date(2026, 5, 1), date(2026, 6, 30))
    assert found == [date(2026, 5, 6), date(2026, 5, 25), date(2026, 6, 5), date(2026, 6, 25)]


def test_a_holiday_moves_it_to_the_next_working_day() -> None:
    """1–8 October 2025 were free; the first day people worked was Thursday the 9th."""
    found = occurrences(TWICE, date(2025, 10, 1), date(2025, 10, 31), Shift.NEXT)
    assert found[0] == Occurrence(date(2025, 10, 9), date(2025, 10, 5), provisional=False)
    assert found[1].day == date(2025, 10, 27), "the 25th was a Saturday"


def test_a_make_up_working_day_is_a_working_day() -> None:
    """Sunday 28 September and Saturday 11 October 2025 were worked for the holiday."""
    for day in (date(2025, 9, 28), date(2025, 10, 11)):
        assert met(Pattern(Every.MONTH_DAYS, (day.day,)), day, day) == [day]


@pytest.mark.parametrize(
    ("shift", "day"),
    [
        (Shift.NEXT, date(2025, 10, 9)),
        (Shift.PREVIOUS, date(2025, 9, 30)),
        (Shift.KEEP, date(2025, 10, 5)),
        (Shift.SKIP, None),
    ],
)
def test_what_becomes_of_a_holiday(shift: Shift, day: date | None) -> None:
    found = met(Pattern(Every.MONTH_DAYS, (5,)), date(2025, 10, 1), date(2025, 10, 31), shift)
    assert found == ([day] if day else [])


def test_a_year_the_calendar_does_not_know_goes_by_weekends_and_says_so() -> None:
    far = occurrences(TWICE, date(2049, 6, 1), date(2049, 6, 30), Shift.NEXT)
    assert [(f.day, f.provisional) for f in far] == [(date(2049, 6, 7), True), (date(2049, 6, 25), True)]


def test_days_that_staff_entered_win() -> None:
    free = {date(2026, 6, 25): False, date(2026, 6, 26): False}
    found = occurrences(
        Pattern(Every.MONTH_DAYS, (25,)), date(2026, 6, 1), date(2026, 6, 30), Shift.NEXT, free
    )
    assert found[0].day == date(2026, 6, 29)


def test_two_that_fall_on_one_day_are_one_meeting() -> None:
    pattern = Pattern(Every.MONTH_DAYS, (3, 5))
    assert met(pattern, date(2025, 10, 1), date(2025, 10, 31)) == [date(2025, 10, 9)]


@pytest.mark.parametrize(
    ("pattern", "days", "words"),
    [
        (TWICE, [5, 25], "每月5日、25日"),
        (Pattern(Every.MONTH_DAYS, (LAST,)), [30], "每月最后一天"),
        (Pattern(Every.WEEKDAYS, (0, 3)), [1, 4, 8, 11, 15, 18, 22, 25, 29], "每周一、周四"),
        (Pattern(Every.NTH_WEEKDAYS, (5,), 2), [13], "每月第二个周六"),
        (Pattern(Every.NTH_WEEKDAYS, (4,), LAST), [26], "每月最后一个周五"),
    ],
)
def test_patterns(pattern: Pattern, days: list[int], words: str) -> None:
    found = met(pattern, date(2026, 6, 1), date(2026, 6, 30), Shift.KEEP)
    assert [day.day for day in found] == days
    assert schedule.said(pattern) == words


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.sampled_from((Shift.NEXT, Shift.PREVIOUS)))
def test_a_shifted_day_is_never_far(start: date, shift: Shift) -> None:
    for found in occurrences(TWICE, start, start + timedelta(days=90), shift):
        assert abs((found.day - found.planned).days) <= 10


def called(*there: tuple[Side, bool]) -> list[Called]:
    return [Called(f"{side}{n}", side, present) for n, (side, present) in enumerate(there)]


@pytest.mark.parametrize(
    ("presence", "members", "least"),
    [
        (Presence.TWO_THIRDS, 20, 14), (Presence.TWO_THIRDS, 21, 14), (Presence.HALF, 20, 11),
        (Presence.HALF, 7, 4), (Presence.ONE, 9, 1), (Presence.ALL, 5, 5), (Presence.NONE, 9, 0),
        (Presence.HALF, 0, 1), (Presence.ONE, 0, 1),
    ],
)  # fmt: skip
def test_how_many_must_come(presence: Presence, members: int, least: int) -> None:
    assert needed(presence, members) == least


def test_three_parties_at_one_table() -> None:
    """Enough heads, and yet no meeting of three parties while one of them is missing."""
    every = called(
        *[(Side.COMMUNITY, True)] * 3, *[(Side.COMMITTEE, True)] * 3, *[(Side.PROPERTY, False)] * 2
    )
    one_each = dict.fromkeys((Side.COMMUNITY, Side.COMMITTEE, Side.PROPERTY), Presence.ONE)
    found = attendance(every, Presence.HALF, one_each)
    assert (found.total.reached, found.quorate) == (True, False)
    assert list(found.short) == [Side.PROPERTY]
    assert found.short[Side.PROPERTY].missing == 1
    assert found.short[Side.PROPERTY].absent == ("property6", "property7")
    assert attendance([*every, *called((Side.PROPERTY, True))], Presence.HALF, one_each).quorate


def test_who_left_has_come() -> None:
    people = [Called("马叔", Side.RESIDENT, False, left=True), Called("李敏", Side.RESIDENT, False)]
    total = attendance(people, Presence.NONE, {}).total
    assert (total.absent, total.gone) == (("李敏",), ("马叔",))


def test_a_side_without_a_member_is_missing_too() -> None:
    found = attendance(called((Side.COMMUNITY, True)), Presence.NONE, {Side.MERCHANT: Presence.ONE})
    assert not found.quorate
    assert found.short[Side.MERCHANT].members == 0


@given(st.integers(0, 400), st.sampled_from((Presence.HALF, Presence.TWO_THIRDS)))
def test_shares_are_exact(members: int, presence: Presence) -> None:
    least = needed(presence, members)
    num, den = (1, 2) if presence is Presence.HALF else (2, 3)
    enough = least * den > num * members if presence is Presence.HALF else least * den >= num * members
    assert enough
    one_less = (least - 1) * den
    assert least == 1 or not (
        one_less > num * members if presence is Presence.HALF else one_less >= num * members
    )


def test_those_who_have_not_spoken_come_first() -> None:
    taken = [Hand(1, Stance.FOR)]
    waiting = [Hand(1, Stance.FOR), Hand(2, Stance.FOR), Hand(3, Stance.AGAINST)]
    assert [h.person for h in speaking.in_order(waiting, taken)] == [3, 2, 1]


def test_for_against_and_question_take_turns() -> None:
    waiting = [
        Hand(1, Stance.FOR), Hand(2, Stance.FOR), Hand(3, Stance.FOR),
        Hand(4, Stance.AGAINST), Hand(5, Stance.QUESTION), Hand(6, Stance.AGAINST),
    ]  # fmt: skip
    assert [h.person for h in speaking.in_order(waiting, [])] == [1, 4, 5, 2, 6, 3]


def test_nobody_speaks_three_times() -> None:
    taken = [Hand(1, Stance.FOR), Hand(2, Stance.AGAINST), Hand(1, Stance.FOR)]
    assert speaking.turns_left(1, taken) == 0
    assert [h.person for h in speaking.in_order([Hand(1, Stance.FOR), Hand(2, Stance.AGAINST)], taken)] == [2]


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(Stance)).map(lambda p: Hand(*p)), max_size=20))
def test_every_hand_with_a_turn_left_is_called_once(waiting: list[Hand]) -> None:
    order = speaking.in_order(waiting, [])
    assert all(sum(h.person == p for h in order) <= speaking.MOST_TURNS for p in range(1, 7))
    for person in range(1, 7):
        raised = sum(h.person == person for h in waiting)
        assert sum(h.person == person for h in order) == min(raised, speaking.MOST_TURNS)


def items(*minutes: int, core: int = 0) -> list[agenda.Item]:
    return [agenda.Item(f"第{n}项", m, n < core) for n, m in enumerate(minutes)]


def test_an_agenda_that_holds() -> None:
    assert list(agenda.faults(items(5, 20, 35, 20, 10, core=2), 90)) == []


def test_all_that_is_wrong_with_an_agenda_is_said_at_once() -> None:
    found = list(agenda.faults(items(30, 30, 40, core=3), 90))
    assert ["3 个核心议题" in found[0], "长 10 分钟" in found[1], len(found)] == [True, True, 2]
    assert len(list(agenda.faults(items(30, 30, 40, core=3), 90, "两件事要一起定"))) == 1
    assert list(agenda.faults([], 90))


def test_when_each_item_begins() -> None:
    start = datetime(2026, 6, 18, 11, tzinfo=UTC)
    assert [h.minute for h in agenda.timetable(start, items(5, 20, 35))] == [0, 5, 25]


@pytest.mark.parametrize(("day", "short"), [(14, 0), (15, 0), (16, 1), (18, 3)])
def test_notice_three_days_before(day: int, short: int) -> None:
    starts_at = clock.at(date(2026, 6, 18), 19)
    given_at = clock.at(date(2026, 6, day), 23, 59)
    assert notice.days_short(given_at, starts_at, 3) == short
    assert (given_at < notice.due(starts_at, 3)) == (short == 0)


def test_the_first_day_one_can_still_call_for() -> None:
    given_at = clock.at(date(2026, 6, 16), 9)
    day = notice.earliest(given_at, 3)
    assert day == date(2026, 6, 19)
    assert notice.days_short(given_at, clock.at(day, 19), 3) == 0


@pytest.mark.parametrize("case", HANDS, ids=lambda case: case["id"])
def test_worked_cases(case: dict[str, object]) -> None:
    rule, quorum = BODIES[str(case["kind"])]
    members = int(str(case.get("members", case.get("reps_total"))))
    present, agree = int(str(case["present"])), int(str(case["agree"]))
    found = decide(Hands(agree, 0), members=members, present=present, rule=rule, quorum=quorum)
    assert found.passed == (case["expect"] == "passed")


@given(st.data(), st.sampled_from(list(BODIES)))
def test_it_is_what_the_counting_of_meetings_says(data: st.DataObject, kind: str) -> None:
    members = data.draw(st.integers(1, 60))
    present = data.draw(st.integers(0, members))
    agree = data.draw(st.integers(0, present))
    rule, quorum = BODIES[kind]
    found = decide(Hands(agree, 0), members=members, present=present, rule=rule, quorum=quorum)
    counted = residents_assembly if kind == "residents_assembly" else committee_meeting
    assert found.passed == (counted(members, present, agree).verdict is Verdict.PASSED)


def test_a_tie_fails() -> None:
    found = decide(Hands(9, 9), members=20, present=20, rule=Rule.MORE_FOR, quorum=Presence.TWO_THIRDS)
    assert (found.passed, found.n_abstain) == (False, 2)


@pytest.mark.parametrize(
    ("rule", "members", "present", "aside", "agree", "passed"),
    [
        (Rule.HALF_PRESENT, 20, 13, 1, 7, True),  # 14 came, which is enough; more than half of the 13 who may
        (Rule.HALF_PRESENT, 20, 12, 1, 12, False),  # 13 came
        (Rule.HALF_MEMBERS, 7, 3, 1, 3, False),  # of all members he is one
        (Rule.HALF_MEMBERS, 7, 4, 1, 4, True),
        (Rule.UNANIMOUS, 3, 2, 1, 2, True),
        (Rule.UNANIMOUS, 3, 0, 3, 0, False),  # nobody is left to decide
    ],
)
def test_whoever_stands_aside_came_and_has_no_hand(
    rule: Rule, members: int, present: int, aside: int, agree: int, passed: bool
) -> None:
    quorum = Presence.HALF if rule is Rule.HALF_MEMBERS else Presence.TWO_THIRDS
    found = decide(Hands(agree, 0), members=members, present=present, rule=rule, quorum=quorum, aside=aside)
    assert found.passed is passed


def test_without_quorum_nothing_is_decided() -> None:
    found = decide(Hands(13, 0), members=20, present=13, rule=Rule.MORE_FOR, quorum=Presence.TWO_THIRDS)
    assert (found.passed, found.quorum_met, found.threshold_met) == (False, False, True)


@pytest.mark.parametrize("hands", [Hands(20, 12), Hands(10, 10, 12), Hands(-1, 3)])
def test_more_hands_than_people_are_refused(hands: Hands) -> None:
    with pytest.raises(Invalid) as refused:
        decide(hands, members=40, present=31, rule=Rule.MORE_FOR, quorum=Presence.NONE)
    assert refused.value.field == "n_for"


def test_an_afternoon_tea_takes_no_vote() -> None:
    with pytest.raises(Invalid, match="只商量"):
        decide(Hands(3, 0), members=5, present=5, rule=Rule.NO_VOTE, quorum=Presence.NONE)


@given(
    st.integers(1, 40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from([rule for rule in Rule if rule is not Rule.NO_VOTE]),
    st.sampled_from(list(Presence)),
)
def test_what_is_missing_in_heads_is_what_the_count_decides(
    members: int, present: int, aside: int, agree: int, against: int, rule: Rule, quorum: Presence
) -> None:
    """A missed gate is said in heads: so many more for it, and it carries; one fewer, and it does not."""
    assume(present + aside <= members and agree + against <= present)
    room = {"members": members, "present": present, "rule": rule, "quorum": quorum, "aside": aside}
    found = in_heads(Hands(agree, against), **room)  # type: ignore[arg-type]
    assert found.carried is decide(Hands(agree, against), **room).passed  # type: ignore[arg-type]
    more = agree + found.missing
    if not found.absent and more + against <= present:
        assert decide(Hands(more, against), **room).passed  # type: ignore[arg-type]
        if found.missing:
            assert not decide(Hands(more - 1, against), **room).passed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "hands", "present", "aside", "said"),
    [
        (Rule.HALF_PRESENT, Hands(4, 3, 1), 8, 0, (5, 8, 1)),
        (Rule.HALF_PRESENT, Hands(4, 2, 1), 7, 1, (4, 7, 0)),
        (Rule.HALF_MEMBERS, Hands(4, 2, 1), 7, 1, (6, 11, 2)),
        (Rule.MORE_FOR, Hands(3, 3, 2), 8, 0, (4, 8, 1)),
        (Rule.UNANIMOUS, Hands(7, 0, 1), 8, 0, (8, 8, 1)),
        (Rule.TWO_THIRDS_PRESENT, Hands(5, 0, 3), 8, 0, (6, 8, 1)),
    ],
)
def test_how_many_are_missing(
    rule: Rule, hands: Hands, present: int, aside: int, said: tuple[int, int, int]
) -> None:
    found = in_heads(hands, members=11, present=present, rule=rule, quorum=Presence.HALF, aside=aside)
    assert (found.least, found.whole, found.missing) == said


def test_a_meeting_of_nobody_is_not_green() -> None:
    """Whatever its body asks: a tea asks for nobody in particular, and still somebody drinks it."""
    nobody = called((Side.COMMUNITY, False))
    assert not attendance(nobody, Presence.NONE, {}).quorate
    assert attendance(nobody, Presence.NONE, {}, called((Side.OTHER, True))).quorate
