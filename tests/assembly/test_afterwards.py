"""What follows the count: the totals on the certificate, the way to a court, the days that the law counts."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from portal.assembly.afterwards import day_before_court, deadlines
from portal.assembly.jurisdictions import PACKS
from portal.assembly.models.counts import Certificate
from portal.assembly.words import PostingKind, VoteState
from portal.core.db import db
from portal.core.digests import digest
from tests.assembly.conftest import MakeVote
from tests.assembly.paperwork import counted
from tests.assembly.test_pages_official import soup
from tests.conftest import Client
from tests.world import World

EVENING = datetime(2026, 6, 19, 12, 0, tzinfo=UTC)  # 20:00 in China


def vote(jurisdiction: str = "national", stated: bool = True, seats: int | None = None) -> Any:
    final = SimpleNamespace(kind=PostingKind.FINAL, at=EVENING)
    return SimpleNamespace(
        jurisdiction=jurisdiction,
        postings=[final] if stated else [],
        closed_at=EVENING,
        matters=[SimpleNamespace(seats=seats)],
    )


def ends(of: Any) -> dict[str, str | None]:
    return {d.key: d.until.astimezone(UTC).isoformat() if d.until else None for d in deadlines(of)}


@pytest.mark.parametrize(
    ("stated", "last"),
    [
        (EVENING, date(2027, 6, 19)),
        (datetime(2028, 2, 28, 16, 0, tzinfo=UTC), date(2029, 2, 28)),  # the 29th in China
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2028, 1, 1)),
    ],
)
def test_a_year_ends_on_the_day_of_the_same_name(stated: datetime, last: date) -> None:
    assert day_before_court(stated) == last


def test_days_are_full_days_and_the_first_is_not_counted() -> None:
    assert ends(vote("beijing", seats=5)) == {
        "post": "2026-06-22T16:00:00+00:00",
        "register": "2026-07-19T16:00:00+00:00",
        "court": "2027-06-19T16:00:00+00:00",
    }
    assert ends(vote()) == {"court": "2027-06-19T16:00:00+00:00"}
    assert ends(vote(stated=False, seats=3)) == {"register": None, "court": None}


def test_every_place_registers_a_committee_and_only_some_name_days_of_posting() -> None:
    assert all(pack.register_within == 30 for pack in PACKS.values())
    assert [key for key, pack in PACKS.items() if pack.post_within] == ["beijing"]


def test_the_totals_that_everybody_may_have_are_on_the_certificate(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    made = make_vote(state=VoteState.FINAL)
    counted(world, made)
    stated = db.session.get_one(Certificate, made.id)
    address = f"/owners-votes/{made.id}"
    hash_ = digest(client.sign_in("visitor").get(f"{address}/sums.json").text)
    assert stated.sums_hash == hash_
    last = day_before_court(stated.at)
    for rest in ("/result", "/certificate", "/prints/certificate"):
        text = soup(client.get(address + rest)).get_text()
        assert hash_ in "".join(text.split()), rest
        assert "第二百八十条" in text, rest
        assert f"{last.year}年{last.month}月{last.day}日" in "".join(text.split()), rest
    steps = soup(client.sign_in("chair").get(f"{address}/checklist")).select_one("#deadlines")
    assert steps is not None
    assert "申请撤销" in steps.get_text()


def test_before_it_is_certified_nobody_is_told_a_day(make_vote: MakeVote, client: Client) -> None:
    made = make_vote(state=VoteState.PRELIMINARY, objections_until=EVENING + timedelta(days=9000))
    text = client.sign_in("owner").get(f"/owners-votes/{made.id}/result").text
    assert "第二百八十条" not in text
