"""Steps become single deeds of single people in one order of time."""

from collections import Counter
from datetime import date, timedelta

import pytest

from portal.core import clock
from portal.demo.plan import CLOCK, Deed, Neighbour, plan
from portal.demo.sources import Fields, Story, moment, stories

DAY_ZERO = date(2026, 6, 16)
RAISE = {"d": "-20 10:00", "do": "raise", "by": "li-min", "estate": "一化小区"}


def story(*steps: Fields, key: str = "tale", **place: str) -> Story:
    return Story(key, "征集", "", ({**RAISE, **place}, *steps))


def deeds(*told: Story) -> list[Deed]:
    return [deed for deed in plan(told, DAY_ZERO).deeds if deed.verb != CLOCK]


@pytest.fixture(scope="module")
def whole() -> tuple[Deed, ...]:
    return plan(stories(), DAY_ZERO).deeds


def test_a_moment_is_days_from_day_zero_on_the_community_clock() -> None:
    assert moment("-1 08:30", DAY_ZERO) == clock.at(date(2026, 6, 15), 8, 30)
    assert moment("3 20:00", DAY_ZERO) == clock.at(date(2026, 6, 19), 20)


def test_a_crowd_is_named_people_then_neighbours_each_a_little_later() -> None:
    crowd = {"d": "-19 19:00", "do": "endorse", "by": ["wu-bin", "li-lei"], "n": 3}
    raised, *endorsed = deeds(story(crowd))
    assert raised.who == "li-min"
    assert [d.who for d in endorsed[:2]] == ["wu-bin", "li-lei"]
    assert {type(d.who) for d in endorsed[2:]} == {Neighbour}
    assert len({d.who for d in endorsed}) == 5
    assert [d.at for d in endorsed] == sorted(d.at for d in endorsed)
    assert endorsed[1].at - endorsed[0].at == timedelta(minutes=4)


def test_a_crowd_is_through_before_the_next_step_of_its_story() -> None:
    crowd = {"d": "-19 19:00", "do": "endorse", "n": 50}
    after = {"d": "-19 19:30", "do": "accept", "by": "feng-xiaoxia"}
    *before, accepted = deeds(story(crowd, after))
    assert accepted.verb == "accept"
    assert max(d.at for d in before) < accepted.at


def test_voters_live_at_the_topics_place_and_others_in_its_estate() -> None:
    endorsed = {"d": "-19 19:00", "do": "endorse", "n": 4}
    voted = {"d": "-10 19:00", "do": "vote", "choice": "a", "n": 4}
    told = plan((story(endorsed, voted, building="3"),), DAY_ZERO)
    drawn = {(d.verb, d.who[:2]) for d in told.deeds if isinstance(d.who, Neighbour)}
    assert drawn == {("endorse", ("一化小区", "")), ("vote", ("一化小区", "3"))}
    assert told.crowds["一化小区", "3"] >= 4


def test_the_same_neighbours_come_whenever_it_is_planned() -> None:
    crowd = {"d": "-19 19:00", "do": "endorse", "n": 9}
    other = story(crowd, key="other")
    assert deeds(story(crowd)) == deeds(story(crowd))
    assert [d.who for d in deeds(story(crowd))] != [d.who for d in deeds(other)]


def test_nobody_does_a_thing_twice(whole: tuple[Deed, ...]) -> None:
    once = Counter(
        (d.story, d.verb, d.who, (d.fields or {}).get("to", ""))
        for d in whole
        if d.verb in ("endorse", "agree", "vote", "rate_response", "rate_project")
    )
    assert [done for done, times in once.items() if times > 1] == []


def test_all_stories_run_in_one_order_and_end_before_day_zero(whole: tuple[Deed, ...]) -> None:
    assert [d.at for d in whole] == sorted(d.at for d in whole)
    midnight = moment("0 00:00", DAY_ZERO)
    assert max(d.at for d in whole if d.verb != CLOCK) < midnight
    for told in stories():
        own = [d.at for d in whole if d.story == told.key]
        assert own[0] == moment(told.steps[0]["d"], DAY_ZERO)


def test_the_clock_ticks_every_night_and_at_every_hour_that_was_named(whole: tuple[Deed, ...]) -> None:
    ticks = {d.at for d in whole if d.verb == CLOCK}
    named = {moment(s["closes"], DAY_ZERO) for told in stories() for s in told.steps if "closes" in s}
    past = {hour for hour in named if hour < moment("0 00:00", DAY_ZERO)}
    assert past
    assert past <= ticks
    assert {moment(f"{day} 00:05", DAY_ZERO) for day in range(-178, 1)} <= ticks
