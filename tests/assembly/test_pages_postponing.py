"""Moving the opening of an announced vote, on pages."""

from datetime import timedelta

import sqlalchemy as sa

from portal.assembly.models.votes import Posting
from portal.assembly.words import PostingKind, VoteState
from portal.core import clock
from portal.core.db import db
from tests.assembly.conftest import MakeVote
from tests.assembly.convening import WALLS
from tests.conftest import Client
from tests.world import NOW


def test_a_vote_whose_hours_are_over_is_led_to_new_ones(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(VoteState.NOTICE)
    address = f"/owners-votes/{vote.id}"
    later = {
        "opens_at": "2026-07-20T09:00",
        "closes_at": "2026-08-01T20:00",
        "reason": "异议还在查",
        "where": WALLS,
    }
    client.sign_in("secretary")
    with clock.frozen(NOW + timedelta(days=28)):
        assert f"{address}/postponement" in client.get(f"{address}/checklist").text
        assert client.submit(f"{address}/postponement", later | {"reason": ""}).status_code == 422
        assert (
            "不能比公告的短"
            in client.submit(f"{address}/postponement", later | {"closes_at": "2026-07-21T20:00"}).text
        )
        assert client.submit(f"{address}/postponement", later).status_code == 303
        assert "改期公告" in client.get(f"{address}/postings").text
        assert "开始投票的时间改到" in client.get(f"{address}/prints/notice").text
    kinds = db.session.scalars(sa.select(Posting.kind).where(Posting.vote_id == vote.id))
    assert list(kinds) == [PostingKind.POSTPONED]
    assert client.sign_in("worker").get(f"{address}/postponement").status_code == 403
