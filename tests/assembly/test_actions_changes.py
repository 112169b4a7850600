"""A home is sold between the notice and the close: the roll follows, unless its former owner has voted."""

import json

import pytest
import sqlalchemy as sa

from portal.assembly import countfile
from portal.assembly.actions.batching import enter_slip, start_batch
from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.changing import change_owner
from portal.assembly.actions.closing import close_vote
from portal.assembly.box import AtVoter
from portal.assembly.models.box import Turnout
from portal.assembly.models.costs import CostShare
from portal.assembly.models.papers import Proxy
from portal.assembly.models.rolls import RollChange, RollUnit, Speaker, Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.rolls import heads
from portal.assembly.roll import file
from portal.assembly.roll.changing import differing
from portal.assembly.roll.versions import text_of, versions
from portal.assembly.words import Capacity, ProxyState, VoterKind, VoteState
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.digests import digest
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.core.files import stored
from tests.assembly.conftest import AFTER, OPENS, MakeVote, speaker_of, voter_of
from tests.assembly.letters import accepted, kept
from tests.assembly.test_actions_convening import change, sell
from tests.world import World

REASON = "6月10日办了过户登记，产权证已换。"


def amended(world: World, vote: OwnersVote, key: str, by: str = "secretary") -> RollChange:
    return change_owner(
        world.actor(by), voter_of(vote, key), unit_id=world.ids[key], reason=REASON, proof=(kept(),)
    )


def under(vote: OwnersVote, world: World, key: str) -> Voter:
    """The head that a unit stands under now."""
    found = sa.select(Voter).join(RollUnit, RollUnit.voter_id == Voter.id)
    return db.session.scalars(
        found.where(RollUnit.vote_id == vote.id, RollUnit.unit_id == world.ids[key])
    ).one()


def names(voter: Voter) -> list[str]:
    found = sa.select(Speaker.name).where(Speaker.voter_id == voter.id).order_by(Speaker.id)
    return list(db.session.scalars(found))


@pytest.mark.parametrize("state", [VoteState.NOTICE, VoteState.OPEN])
def test_the_new_owner_comes_onto_the_next_version(
    world: World, make_vote: MakeVote, state: VoteState
) -> None:
    vote = make_vote(state)
    sell(world, "101", "李新", "周新")
    done = amended(world, vote, "101")
    now = under(vote, world, "101")
    assert (now.name, now.kind, now.number, now.area) == ("李新、周新", VoterKind.CO_OWNERS, 6, 8932)
    assert names(now) == ["李新", "周新"]
    gone = voter_of(vote, "101")
    assert (gone.units, gone.area, names(gone)) == (0, 0, [])
    assert (vote.heads, vote.units, vote.roll_version) == (5, 5, 2)
    assert (done.version, done.new_voter_id, done.former, done.owners) == (
        2, now.id, "王秀兰、王芳", "李新、周新",
    )  # fmt: skip
    assert [line.number for line in heads(world.secretary, vote, "", 0)] == [2, 3, 4, 5, 6]
    assert stored(done)
    assert differing(world.secretary, vote.id) == []


def test_every_version_can_be_proved_and_the_count_uses_the_last(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    first = vote.roll_hash
    sell(world, "201", "李新")
    amended(world, vote, "201")
    assert digest(file.text(vote, file.kept_lines(vote.id))) == vote.roll_hash != first
    assert [line.version for line in versions(vote)] == [2, 1]
    assert versions(vote)[0].reason == REASON
    old = text_of(vote, 1)
    assert old is not None
    assert digest(old) == first
    owners = {u["unit"]: u["owner"] for u in json.loads(text_of(vote, 2) or "")["electorate"]["units"]}
    assert owners[f"u{world.ids['201']}"] == f"s{under(vote, world, '201').owner_set_id}"
    case = countfile.cases(vote, countfile.matters_of(vote))[0]
    assert case["poll"]["roll"] == vote.roll_hash
    assert {u["unit"]: u["owner"] for u in case["electorate"]["units"]} == owners


def test_a_ballot_of_the_former_owner_stands(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    cast_ballot(world.owner, AtVoter(voter_of(vote, "101").id), choices=["for", "for"], once="c")
    sell(world, "101", "李新")
    done = amended(world, vote, "101")
    assert (done.version, done.new_voter_id) == (None, None)
    assert under(vote, world, "101").name == "王秀兰、王芳"
    assert (vote.roll_version, vote.heads) == (1, 5)
    with clock.frozen(AFTER):
        close_vote(system(AFTER), vote)
    result = countfile.counted(countfile.cases(vote, countfile.matters_of(vote)))[0]
    assert result["part"] == ["89.32", 1]


def test_so_does_a_paper_that_was_read_in(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = start_batch(world.worker, vote, received_at=OPENS, once="b")
    enter_slip(world.worker, batch, ticket="3", choices=["for", "for"], once="3")
    sell(world, "201", "李新")
    assert amended(world, vote, "201").version is None


def test_a_paper_of_the_former_owner_that_turns_up_later_is_not_the_new_ones(
    world: World, make_vote: MakeVote
) -> None:
    vote = make_vote()
    sell(world, "201", "李新")
    amended(world, vote, "201")
    batch = start_batch(world.worker, vote, received_at=OPENS, once="b")
    with pytest.raises(Invalid, match="过户"):
        enter_slip(world.worker, batch, ticket="3", choices=["for", "for"], once="3")
    enter_slip(world.worker, batch, ticket="6", choices=["for", "for"], once="6")


def test_the_former_owner_votes_no_more_and_his_letters_end(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    proxy = accepted(world, vote, "owner", "101")
    sell(world, "101", "李新")
    amended(world, vote, "101", by="secretary")
    with pytest.raises(NotAllowed):
        cast_ballot(world.owner, AtVoter(voter_of(vote, "101").id), choices=["for", "for"], once="c")
    assert db.session.get_one(Proxy, proxy.id).state is ProxyState.REVOKED


def test_who_is_on_the_roll_already_has_it_added(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    cast_ballot(world.chair, AtVoter(voter_of(vote, "201").id), choices=["for", "for"], once="c")
    change(world, "101", owner_set_id=world.ids["owners_201"])
    done = amended(world, vote, "101")
    taker = voter_of(vote, "201")
    assert (done.new_voter_id, taker.area, taker.units) == (taker.id, 8932 + 12050, 2)
    assert (vote.heads, vote.area) == (4, sum((8932, 8932, 12050, 12050, 4500)))
    assert db.session.scalars(sa.select(Turnout.area)).one() == 8932 + 12050
    shares = sa.select(CostShare.voter_id).where(CostShare.unit_id == world.ids["101"])
    assert set(db.session.scalars(shares)) == {taker.id}
    result = countfile.counted(countfile.cases(vote, countfile.matters_of(vote)))[0]
    assert result["part"] == ["209.82", 1]


def test_of_several_homes_one_is_sold(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    change(world, "102", owner_set_id=world.ids["owners_201"])
    amended(world, vote, "102")
    sell(world, "201", "李新")
    change_owner(
        world.secretary, voter_of(vote, "201"), unit_id=world.ids["201"], reason=REASON, proof=(kept(),)
    )
    keeps = voter_of(vote, "201")
    assert (keeps.units, keeps.area, keeps.label, names(keeps)) == (1, 8932, "12号楼1单元102室", ["顾建平"])
    assert vote.roll_version == 3


def test_accounts_are_recognised(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    change(world, "102", owner_set_id=world.ids["owners_201"])
    sell(world, "201", "李新")
    amended(world, vote, "201")
    amended(world, vote, "102")
    mine = speaker_of(world, vote, "chair")
    assert (mine.voter_id, mine.capacity) == (under(vote, world, "102").id, Capacity.OWNER)


def test_it_is_refused_without_reason_or_proof_or_change(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    home = voter_of(vote, "101")
    with pytest.raises(Conflict, match="一样"):
        amended(world, vote, "101")
    sell(world, "101", "李新")
    for words in ({"reason": " ", "proof": (kept(),)}, {"reason": REASON, "proof": ()}):
        with pytest.raises(Invalid):
            change_owner(world.secretary, home, unit_id=world.ids["101"], **words)
    amended(world, vote, "101")
    with pytest.raises(Conflict):
        amended(world, vote, "101")
    assert vote.roll_version == 2


def test_only_between_notice_and_close_and_by_conveners(world: World, make_vote: MakeVote) -> None:
    sell(world, "101", "李新")
    for state in (VoteState.FROZEN, VoteState.CLOSED, VoteState.VOID):
        with pytest.raises(NotAllowed, match="截止以前"):
            amended(world, make_vote(state), "101")
    vote = make_vote()
    with clock.frozen(AFTER), pytest.raises(NotAllowed, match="截止以前"):
        amended(world, vote, "101")
    for name in ("owner", "manager", "tenant"):
        with pytest.raises((NotAllowed, NotVisible)):
            amended(world, vote, "101", by=name)


def test_the_log_says_so(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    sell(world, "101", "李新")
    amended(world, vote, "101")
    told = db.session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert told is not None
    assert told.name == "owners_vote.owner_changed"
