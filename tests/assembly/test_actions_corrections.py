"""What was wrong and is put right: the corrected result, objections that were upheld, the roll after them."""

import pytest
import sqlalchemy as sa

from portal.assembly.actions.announcing import certify_vote, post_again, post_preliminary
from portal.assembly.actions.counting import count_again, drop_scrutineer, name_scrutineer, sign_count
from portal.assembly.models.counts import Scrutineer
from portal.assembly.models.votes import OwnersVote, Posting
from portal.assembly.seen import stamp
from portal.assembly.words import Counter, VoteState
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.waiting import waiting_for
from tests.assembly.conftest import MakeVote
from tests.assembly.test_actions_count import WALL, counted, days, posted, signed
from tests.world import World


def table(vote: OwnersVote) -> list[Scrutineer]:
    found = sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id).order_by(Scrutineer.id)
    return list(db.session.scalars(found))


def postings(vote: OwnersVote) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(Posting.vote_id == vote.id)) or 0


class TestTheCorrectedResult:
    def test_old_signatures_do_not_stand_under_it(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote)
        with days(2):
            post_again(world.secretary, vote, where=WALL, reason="一张票看错了")
        assert [s.signed_at for s in table(vote)] == [None, None, None]
        with days(11):
            with pytest.raises(Conflict, match="没有签字"):
                certify_vote(world.secretary, vote, where=WALL)
            for s in table(vote):
                sign_count(world.secretary, s)
            certify_vote(world.secretary, vote, where=WALL)
        assert vote.state is VoteState.FINAL

    def test_it_waits_for_those_who_sign_and_not_yet_for_who_certifies(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = counted(world, make_vote)
        own = name_scrutineer(
            world.secretary, vote, role=Counter.SCRUTINEER, name="王秀兰", phone="19900000004"
        )
        sign_count(world.owner, own)
        for s in table(vote)[:3]:
            sign_count(world.secretary, s)
        post_preliminary(world.secretary, vote, where=WALL)
        post_again(world.secretary, vote, where=WALL, reason="一张票看错了")
        with days(9):
            assert "sign_owners_count" in {w.kind for w in waiting_for(world.owner)}
            assert "certify_owners_vote" not in {w.kind for w in waiting_for(world.secretary)}

    def test_somebody_who_is_gone_is_replaced(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote)
        with pytest.raises(Conflict, match="签字"):
            drop_scrutineer(world.secretary, vote, scrutineer_id=table(vote)[0].id)
        post_again(world.secretary, vote, where=WALL, reason="一张票看错了")
        drop_scrutineer(world.secretary, vote, scrutineer_id=table(vote)[0].id)
        for s in table(vote):
            sign_count(world.secretary, s)
        with days(9), pytest.raises(Conflict, match="一位计票人"):
            certify_vote(world.secretary, vote, where=WALL)

    def test_nothing_is_posted_that_nobody_watched(self, world: World, make_vote: MakeVote) -> None:
        vote = counted(world, make_vote)
        for s in table(vote):
            drop_scrutineer(world.secretary, vote, scrutineer_id=s.id)
        with pytest.raises(Conflict, match="两位监票人"):
            post_preliminary(world.secretary, vote, where=WALL)


class TestTwoAtOnce:
    """Each had the page before him when the other pressed."""

    def test_the_corrected_result_is_posted_once(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote)
        seen = stamp(vote)
        with days(2):
            post_again(world.secretary, vote, where=WALL, reason="一张票看错了", seen=seen)
        before = postings(vote)
        with days(3), pytest.raises(Conflict, match="别人办过"):
            post_again(world.chair, vote, where=WALL, reason="一张票看错了", seen=seen)
        assert postings(vote) == before

    def test_nobody_signs_a_count_made_anew_behind_his_back(self, world: World, make_vote: MakeVote) -> None:
        vote = signed(world, make_vote)
        seen = stamp(vote)
        with days(1):
            count_again(world.secretary, vote)
            with pytest.raises(Conflict, match="别人办过"):
                sign_count(world.secretary, table(vote)[0], seen=seen)
            sign_count(world.secretary, table(vote)[0], seen=stamp(vote))
