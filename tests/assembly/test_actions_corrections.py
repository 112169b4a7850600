"""What was wrong and is put right: the corrected result, objections that were upheld, the roll after them."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.assembly.actions.announcing import certify_vote, post_again, post_preliminary
from portal.assembly.actions.counting import (
    AtScrutineer,
    count_again,
    drop_scrutineer,
    name_scrutineer,
    sign_count,
)
from portal.assembly.actions.objecting import (
    answer_objection,
    leave_roll_unchanged,
    object_to_result,
    object_to_roll,
)
from portal.assembly.actions.rolls import amend_roll, freeze_roll
from portal.assembly.models.counts import Scrutineer
from portal.assembly.models.rolls import RollUnit
from portal.assembly.models.votes import OwnersVote, Posting
from portal.assembly.roll.versions import text_of, versions
from portal.assembly.seen import stamp
from portal.assembly.words import Counter, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.waiting import waiting_for
from tests.assembly import convening
from tests.assembly.conftest import MakeVote
from tests.assembly.convening import FROZEN
from tests.assembly.signing import on_paper
from tests.assembly.test_actions_convening import change
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
            on_paper(world.secretary, vote)
            certify_vote(world.secretary, vote, where=WALL)
        assert vote.state is VoteState.FINAL

    def test_it_waits_for_those_who_sign_and_not_yet_for_who_certifies(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = counted(world, make_vote)
        own = name_scrutineer(
            world.secretary, vote, role=Counter.SCRUTINEER, name="王秀兰", phone="19900000004"
        )
        sign_count(world.owner, AtScrutineer(own.id))
        on_paper(world.secretary, vote)
        post_preliminary(world.secretary, vote, where=WALL)
        post_again(world.secretary, vote, where=WALL, reason="一张票看错了")
        with days(9):
            assert "sign_owners_count" in {w.kind for w in waiting_for(world.owner)}
            assert "certify_owners_vote" not in {w.kind for w in waiting_for(world.secretary)}

    def test_somebody_who_is_gone_is_replaced(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote)
        with pytest.raises(NotAllowed, match="签字"):
            drop_scrutineer(world.secretary, vote, scrutineer_id=table(vote)[0].id)
        post_again(world.secretary, vote, where=WALL, reason="一张票看错了")
        drop_scrutineer(world.secretary, vote, scrutineer_id=table(vote)[0].id)
        on_paper(world.secretary, vote)
        with days(9), pytest.raises(Conflict, match="一位计票人"):
            certify_vote(world.secretary, vote, where=WALL)

    def test_nothing_is_posted_that_nobody_watched(self, world: World, make_vote: MakeVote) -> None:
        vote = counted(world, make_vote)
        for s in table(vote):
            drop_scrutineer(world.secretary, vote, scrutineer_id=s.id)
        with pytest.raises(Conflict, match="两位监票人"):
            post_preliminary(world.secretary, vote, where=WALL)


class TestUpheldObjections:
    """What was said to be right must be put right before anything rests on it."""

    def test_the_roll_is_not_settled_without_a_new_version(self, world: World) -> None:
        vote = convening.posted(world)
        objection = object_to_roll(world.owner, vote, text="面积写错了", once="o")
        with days(2):
            answer_objection(world.chair, objection, answer="查到了，更正。", upheld=True)
        with clock.frozen(FROZEN):
            with pytest.raises(Conflict, match="还没有更正") as refused:
                freeze_roll(world.secretary, vote)
            assert refused.value.unmet[0].cure == f"/owners-votes/{vote.id}/objections"
            amend_roll(world.chair, vote, reason="101室面积更正", where=WALL)
        with clock.frozen(FROZEN + timedelta(days=17)):
            freeze_roll(world.secretary, vote)
        assert (vote.state, vote.roll_version) == (VoteState.FROZEN, 2)

    def test_a_version_made_before_the_answer_is_not_its_cure(self, world: World) -> None:
        vote = convening.posted(world)
        objection = object_to_roll(world.owner, vote, text="面积写错了", once="o")
        with days(1):
            amend_roll(world.chair, vote, reason="另一户更正", where=WALL)
        with days(2):
            answer_objection(world.chair, objection, answer="查到了，更正。", upheld=True)
        with days(20), pytest.raises(Conflict, match="还没有更正"):
            freeze_roll(world.secretary, vote)

    def test_or_somebody_states_why_it_stays(self, world: World) -> None:
        vote = convening.posted(world)
        objection = object_to_roll(world.owner, vote, text="电话写错了", once="o")
        with days(2):
            with pytest.raises(NotAllowed, match="才用写明"):
                leave_roll_unchanged(world.chair, objection, reason="电话不在名册上。")
            answer_objection(world.chair, objection, answer="电话改好了。", upheld=True)
            with pytest.raises(Invalid):
                leave_roll_unchanged(world.chair, objection, reason=" ")
            with pytest.raises(NotAllowed):
                leave_roll_unchanged(world.owner, objection, reason="电话不在名册上。")
            leave_roll_unchanged(world.chair, objection, reason="电话不在名册上。")
            with pytest.raises(NotAllowed, match="写过"):
                leave_roll_unchanged(world.secretary, objection, reason="再写一遍。")
        assert objection.unchanged_because == "电话不在名册上。"
        with clock.frozen(FROZEN):
            freeze_roll(world.secretary, vote)
        assert vote.state is VoteState.FROZEN

    def test_the_result_is_not_certified_without_a_new_posting(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = posted(world, make_vote)
        objection = object_to_result(world.owner, vote, text="我家的票看错了", once="o")
        with days(1):
            answer_objection(world.chair, objection, answer="查到了，更正。", upheld=True)
        with days(8):
            with pytest.raises(Conflict, match="还没有更正"):
                certify_vote(world.secretary, vote, where=WALL)
            kinds = {w.kind for w in waiting_for(world.secretary)}
            assert "mend_owners_result" in kinds
            assert "certify_owners_vote" not in kinds
            post_again(world.secretary, vote, where=WALL, reason="101室的票看错了")
            on_paper(world.secretary, vote)
        with days(16):
            certify_vote(world.secretary, vote, where=WALL)
        assert vote.state is VoteState.FINAL


class TestVersions:
    """What hung on the wall can be proved when the roll has gone on."""

    def test_every_posted_digest_is_that_of_a_kept_file(self, world: World) -> None:
        vote = convening.posted(world)
        first = vote.roll_hash
        change(world, "201", exclusive_area=9999)
        with days(2):
            amend_roll(world.chair, vote, reason="201室面积更正", where=WALL)
        assert [(v.version, v.reason) for v in versions(vote)] == [(2, "201室面积更正"), (1, "")]
        assert [v.hash for v in versions(vote)] == [vote.roll_hash, first]
        for n, printed in ((1, first), (2, vote.roll_hash)):
            text = text_of(vote, n)
            assert text is not None
            assert digest(text) == printed
        one, two = (json.loads(text_of(vote, n) or "") for n in (1, 2))
        assert (one["version"], two["version"]) == (1, 2)
        areas = [{u["unit"]: u["area"] for u in each["electorate"]["units"]} for each in (one, two)]
        assert areas[0] != areas[1]
        assert areas[1][f"u{world.ids['201']}"] == "99.99"

    def test_rows_that_are_not_what_hung_out_are_not_settled(self, world: World) -> None:
        vote = convening.posted(world)
        with transaction():
            db.session.execute(sa.update(RollUnit).where(RollUnit.vote_id == vote.id).values(area=1))
        with clock.frozen(FROZEN), pytest.raises(Conflict, match="对不上"):
            freeze_roll(world.secretary, vote)


class TestTwoAtOnce:
    """Each had the page before him when the other pressed."""

    def test_one_correction_makes_one_version(self, world: World) -> None:
        vote = convening.posted(world)
        seen = stamp(vote)
        with days(1):
            amend_roll(world.chair, vote, reason="一户更正", where=WALL, seen=seen)
        with days(2), pytest.raises(Conflict, match="别人办过"):
            amend_roll(world.secretary, vote, reason="一户更正", where=WALL, seen=seen)
        assert vote.roll_version == 2

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
                on_paper(world.secretary, vote, table(vote)[0], seen=seen)
            on_paper(world.secretary, vote, table(vote)[0], seen=stamp(vote))
