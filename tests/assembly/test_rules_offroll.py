"""Why somebody has no paper, and what helps."""

from types import SimpleNamespace
from typing import Any

import pytest

from portal.assembly.offroll import CURES, WHY_WORD, Cure, Home, Named, Reason, Why, cures, reasons
from portal.assembly.words import Standing

SCOPE = ("/1/2/3/",)
VOTE = SimpleNamespace(count_parking=False)
OWN = Home("12-101", "/1/2/3/4/", "owner", "home", "delivered", 7, 0, 1, 1, 1, 0, 0)


def why(**given: Any) -> Why:
    (reason,) = reasons([OWN._replace(**given)], (), VOTE, SCOPE)
    return reason.why


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"relation": "tenant"}, Why.TENANT),
        ({"relation": "family"}, Why.FAMILY),
        ({"relation": "worker"}, Why.WORKER),
        ({"relation": "tenant", "path": "/1/2/9/"}, Why.TENANT),
        ({"path": "/1/2/9/"}, Why.OUTSIDE),
        ({"path": "/1/2/33/"}, Why.OUTSIDE),
        ({"listed": 0}, Why.NOT_LISTED),
        ({"listed": 0, "use": "parking"}, Why.PARKING),
        ({"owner_id": None, "of_title": None, "owners": 0}, Why.OWNER_MISSING),
        ({"owner_id": None, "of_title": None}, Why.OTHER_NAME),
        ({"of_title": 0}, Why.OTHER_NAME),
        ({}, Why.CHANGED_HANDS),
        ({"owners": 0}, Why.CHANGED_HANDS),
        ({"doubted": 1}, Why.DOUBTED),
        ({"mine": 1, "doubted": 1}, Why.DOUBTED),
        ({"mine": 1, "doubted": 1, "taken": 1}, Why.OTHER_ACCOUNT),
        ({"mine": 1}, Why.UNLINKED),
        ({"delivery": "undelivered"}, Why.DEVELOPERS),
        ({"delivery": "undelivered", "mine": 1}, Why.UNLINKED),
    ],
)
def test_each_home_has_its_reason(given: dict[str, Any], expected: Why) -> None:
    assert why(**given) is expected


def test_a_parking_space_that_counts_and_is_not_there_is_just_not_there() -> None:
    vote = SimpleNamespace(count_parking=True)
    (reason,) = reasons([OWN._replace(listed=0, use="parking")], (), vote, SCOPE)
    assert reason.why is Why.NOT_LISTED


def test_who_belongs_nowhere_is_told_so() -> None:
    assert reasons((), (), VOTE, SCOPE) == [Reason("", Why.NO_HOME)]


def test_who_was_named_waits_or_is_halted_and_what_can_be_mended_comes_first() -> None:
    named = [Named("201", Standing.SUSPENDED), Named("202", Standing.ENTERED)]
    told = reasons([OWN._replace(relation="tenant"), OWN], named, VOTE, SCOPE)
    assert [r.why for r in told] == [Why.WAITS, Why.HALTED, Why.CHANGED_HANDS, Why.TENANT]


def test_the_same_twice_is_told_once() -> None:
    assert len(reasons([OWN, OWN], (), VOTE, SCOPE)) == 1


def test_every_reason_has_words_and_something_to_do_at_any_time() -> None:
    assert set(WHY_WORD) == set(CURES) == set(Why)
    for reason in Why:
        for objectable in (False, True):
            for changeable in (False, True):
                found = cures(reason, objectable=objectable, changeable=changeable)
                assert found
                assert objectable or Cure.OBJECT not in found
                assert changeable or Cure.TRANSFER not in found
