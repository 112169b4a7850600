"""The owners' votes of the demo as they come out: who may still vote, what was counted, what everybody reads."""

import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import User
from portal.assembly.actions.counting import require_same_count
from portal.assembly.countfile import count_text, matters_of
from portal.assembly.leaves.results import result_sentence
from portal.assembly.models.box import OwnerBallot, Turnout
from portal.assembly.models.counts import Certificate, Scrutineer
from portal.assembly.models.elections import Candidate
from portal.assembly.models.papers import Batch, Proxy
from portal.assembly.models.rolls import Speaker, Voter
from portal.assembly.models.votes import Override, OwnersVote, VoteObjection
from portal.assembly.words import BatchState, Channel, ObjectionKind, ProxyState, VoterKind, VoteState
from portal.core.db import db
from portal.core.digests import digest
from portal.councils.models import Topic
from portal.demo import sources
from portal.demo.build import PASSWORD
from tests.conftest import Client


def vote(key: str) -> OwnersVote:
    told = next(v for v in sources.votes() if v.key == key)
    title = told.steps[0]["title"]
    return db.session.scalars(sa.select(OwnersVote).where(OwnersVote.title == title)).one()


def speaker(of: OwnersVote, name: str) -> Speaker:
    """The account of that name as one who may speak for a voter."""
    account = sa.select(User.id).where(User.name == name, User.phone.is_not(None)).scalar_subquery()
    found = sa.select(Speaker).where(Speaker.vote_id == of.id, Speaker.user_id == account)
    return db.session.scalars(found).one()


def has_voted(of: OwnersVote, voter_id: int) -> bool:
    given = sa.select(OwnerBallot.receipt).where(
        OwnerBallot.vote_id == of.id, OwnerBallot.voter_id == voter_id
    )
    return db.session.scalar(given) is not None


def test_every_vote_stands_where_its_story_leaves_it(demo: Flask) -> None:
    assert {told.key: vote(told.key).state.value for told in sources.votes()} == {
        told.key: told.stage for told in sources.votes()
    }
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OwnersVote)) == len(sources.votes())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Override)) == 0


def test_printed_residents_may_still_vote_in_an_open_one(demo: Flask) -> None:
    opened = vote("manager-yihua")
    single, shared = (db.session.get_one(Voter, speaker(opened, n).voter_id) for n in ("李敏", "王秀兰"))
    assert (single.kind, shared.kind) == (VoterKind.SINGLE, VoterKind.CO_OWNERS)
    assert not has_voted(opened, single.id)
    assert not has_voted(opened, shared.id)
    tenant = sa.select(Proxy).join(User, User.id == Proxy.agent_id).where(User.name == "赵强")
    letter = db.session.scalars(tenant.where(Proxy.vote_id == opened.id)).one()
    assert letter.state is ProxyState.ACCEPTED
    assert not has_voted(opened, letter.voter_id)


def test_the_chair_is_a_co_owner_since_the_roll_was_mended(demo: Flask) -> None:
    seats = vote("seats-chengxin")
    assert seats.roll_version == 2
    voter = db.session.get_one(Voter, speaker(seats, "周建国").voter_id)
    assert (voter.name, voter.label) == ("韩丽娟、周建国", "17号楼2单元902室")
    assert not has_voted(seats, voter.id)


def test_ballots_come_by_every_channel_and_papers_wait_for_a_second_reader(demo: Flask) -> None:
    opened = vote("manager-yihua")
    came = db.session.scalars(sa.select(Turnout.channel).where(Turnout.vote_id == opened.id))
    assert set(came) == set(Channel) - {Channel.OFFICIAL}
    states = db.session.scalars(sa.select(Batch.state).where(Batch.vote_id == opened.id))
    assert set(states) == {BatchState.AGREED, BatchState.SECOND}
    letters = db.session.scalars(sa.select(Proxy.state).where(Proxy.vote_id == opened.id))
    assert ProxyState.SUBMITTED in set(letters)


def test_one_fails_by_a_hundredth_of_a_square_metre_and_by_nothing_else(demo: Flask) -> None:
    [matter] = matters_of(vote("door-18"))
    result = matter.result
    assert result is not None
    assert (result["part_ok"], result["threshold_owners"], result["threshold_area"]) == (True, True, False)
    assert result_sentence(result).endswith("同意面积差 0.01㎡，未过半。")
    assert [line["reason"] for line in result["uncounted"]] == ["LATE"]


def test_one_is_certified_over_a_count_that_comes_out_again(demo: Flask) -> None:
    roof = vote("roof-17")
    assert roof.state is VoteState.FINAL
    require_same_count(roof)
    paper = db.session.get_one(Certificate, roof.id)
    assert paper.count_hash == digest(count_text(roof))
    assert all(m.result and m.result["passed"] for m in matters_of(roof))
    signed = db.session.scalars(sa.select(Scrutineer.signed_at).where(Scrutineer.vote_id == roof.id)).all()
    assert len(signed) == 3
    assert None not in signed


def test_a_counted_lift_vote_tells_of_its_floors(demo: Flask) -> None:
    lift = vote("lift-22")
    require_same_count(lift)
    [matter] = matters_of(lift)
    assert matter.result is not None
    assert len(matter.result["floors"]) > 1


def test_a_committee_is_elected_but_for_one_seat_and_the_round_for_it_takes_nominations(demo: Flask) -> None:
    first, again = vote("committee-jiahe"), vote("round-jiahe")
    [matter] = matters_of(first)
    assert matter.result is not None
    assert (matter.result["elected"], matter.result["vacant"]) == (["c1", "c2", "c3", "c4"], 1)
    require_same_count(first)
    assert again.round_of_id == first.id
    stand = db.session.scalars(
        sa.select(Candidate).where(Candidate.vote_id == again.id).order_by(Candidate.id)
    ).all()
    assert [(c.name, c.consented_at is not None) for c in stand] == [("白国栋", True), ("韩秀兰", False)]
    assert matters_of(again)[0].seats == 1


def test_objections_to_roll_and_result_were_answered_and_one_waits(demo: Flask) -> None:
    found = db.session.scalars(sa.select(VoteObjection)).all()
    waiting = [o for o in found if o.answered_at is None]
    assert [(o.vote_id, o.kind) for o in waiting] == [(vote("lift-8").id, ObjectionKind.ROLL)]
    assert {o.kind for o in found if o.answered_at} == set(ObjectionKind)


def test_a_vote_hangs_on_the_topic_it_grew_out_of(demo: Flask) -> None:
    topic = db.session.get_one(Topic, vote("lift-8").topic_id)
    assert topic.title.startswith("27部老旧电梯更换")


def test_their_pages_open_for_a_resident(demo: Flask) -> None:
    demo.test_client_class = Client
    client: Client = demo.test_client()  # type: ignore[assignment]
    assert client.submit("/sign-in", {"name": "19900001037", "password": PASSWORD}).status_code == 303
    for told in sources.votes():
        address = f"/owners-votes/{vote(told.key).id}"
        assert client.get(address, follow_redirects=True).status_code == 200, told.key
        assert not told.end or client.get(f"{address}/result").status_code == 200, told.key
    ours = client.get(f"/owners-votes/{vote('manager-yihua').id}")
    assert "看一遍再投出" in ours.text
    assert "业主本人 李敏" in ours.text
    failed = client.get(f"/owners-votes/{vote('door-18').id}/result").text
    assert "没有计入的票：截止以后才收到 1 张。" in failed
    assert "刷卡和密码两用" in failed
    assert "冯晓霞" in client.get(f"/owners-votes/{vote('roof-17').id}/certificate").text
    assert "各层多少户同意" in client.get(f"/owners-votes/{vote('lift-22').id}/result").text
