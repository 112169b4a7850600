"""Owners' votes at every stop, with all that hangs on them: a chapter of `rows`."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.assembly.actions.announcing import certify_vote, post_preliminary
from portal.assembly.actions.batching import enter_slip, hand_over_batch, start_batch
from portal.assembly.actions.casting import cast_ballot, vote_by_proxy
from portal.assembly.actions.challenging import challenge_ballot
from portal.assembly.actions.changing import change_owner
from portal.assembly.actions.counting import AtScrutineer, begin_count, name_scrutineer, sign_count
from portal.assembly.actions.objecting import (
    answer_objection,
    object_to_candidate,
    object_to_result,
    object_to_roll,
)
from portal.assembly.actions.reaching import record_delivery
from portal.assembly.actions.scanning import keep_scans
from portal.assembly.actions.sealing import AtSeal, confirm_seal, seal_box
from portal.assembly.actions.speaking import name_speaker
from portal.assembly.box import AtVoter
from portal.assembly.challenges import Claim
from portal.assembly.election_words import CandidateState as C
from portal.assembly.models.counts import Scrutineer
from portal.assembly.models.elections import Candidate
from portal.assembly.models.papers import Batch
from portal.assembly.models.reaching import Delivery
from portal.assembly.models.rolls import RollUnit, Speaker, Voter
from portal.assembly.models.votes import Matter, OwnersVote, Posting
from portal.assembly.views.official import kept_files
from portal.assembly.words import Capacity, Counter, DeliveryWay, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.files import StoredFile, attach
from portal.discussion.actions.moderating import hide_comment
from portal.discussion.actions.reporting import appeal, report_comment
from portal.discussion.actions.speaking import speak
from portal.discussion.words import Reason
from tests.assembly.conftest import build_vote, voter_of
from tests.assembly.electing import SEATS, candidate, election_of, five_stand
from tests.assembly.letters import accepted, kept, letter
from tests.assembly.officialfile import kept_official, official_file
from tests.assembly.papers import put_in
from tests.assembly.signing import on_paper
from tests.world import NOW

TABLE = (
    (Counter.TELLER, "计票员甲", ""),
    (Counter.SCRUTINEER, "监票员乙", ""),
    (Counter.SCRUTINEER, "王秀兰", "19900000004"),
)
ALIKE = (VoteState.NOTICE, VoteState.ARCHIVED, VoteState.VOID, VoteState.PUT_AWAY)
"""Votes whose pages are those of other states too."""
MADE_BY_COUNTING = (VoteState.COUNTING, VoteState.PRELIMINARY, VoteState.FINAL)


def of_assembly(rows: Any) -> None:
    """One vote in every state; the open one with ballots, papers and letters, those after it really counted."""
    for serial, state in enumerate(VoteState, 1):
        made = VoteState.CLOSED if state in MADE_BY_COUNTING else state
        vote = build_vote(rows.world, made, serial, official_evote=state is VoteState.CLOSED)
        rows.named[f"vote_{state.value}"] = vote
        rows.things.append(vote)
        if state not in ALIKE:
            rows.addresses.append({"owners_vote_id": vote.id})
        for matter in db.session.scalars(sa.select(Matter).where(Matter.vote_id == vote.id)):
            rows.addresses.append({"owners_vote_id": vote.id, "vote_matter_id": matter.id})
            with transaction():
                attach(rows.world.chair, vote, [kept()], f"plan:{matter.id}")
        _files(rows, vote)
    objected = object_to_roll(
        rows.world.owner, rows.named["vote_roll_posted"], text="面积写错了", once="roll"
    )
    rows.add(objected)
    right = object_to_roll(rows.world.chair, rows.named["vote_roll_posted"], text="姓名写错了", once="right")
    answer_objection(rows.world.secretary, right, answer="是写错了。", upheld=True)
    rows.add(right)
    _open(rows, rows.named["vote_open"])
    _spoken(rows, rows.named["vote_open"])
    _sold(rows, rows.named["vote_notice"])
    official = rows.named["vote_closed"]
    rows.addresses.append({"owners_vote_id": official.id, "digest": kept_official(rows.world, official)})
    closed = rows.named["vote_closed"]
    digest = kept_files().keep(official_file(rows.world, closed, "101", "102"))
    rows.addresses.append({"owners_vote_id": closed.id, "digest": digest})
    _elections(rows)
    for state in MADE_BY_COUNTING:
        _counted(rows, rows.named[f"vote_{state.value}"], state)


def _spoken(rows: Any, vote: OwnersVote) -> None:
    """Asked, answered, reported, hidden and appealed."""
    world = rows.world
    asked = speak(world.tenant, vote, body="换下来的旧梯怎么处理？", once="vote-said-1")
    speak(world.manager, vote, body="厂家拉走，抵两万元。", once="vote-said-2", reply_to_id=asked.id)
    reported = speak(world.tenant, vote, body="都是一伙的。", once="vote-said-3")
    report_comment(world.chair, reported, reason=Reason.ABUSE)
    hidden = speak(world.owner, vote, body="张三家的电话是 19900000000。", once="vote-said-4")
    hiding = hide_comment(world.secretary, hidden, reason=Reason.PERSONAL_DATA, note="写了别人的电话")
    appeal(world.owner, hidden, note="那是我自己的电话。")
    for row in (asked, reported, hidden, hiding):
        rows.add(row, owners_vote_id=vote.id)


def _elections(rows: Any) -> None:
    """Candidates in every state: while names are put forward, on a list that hangs out, on the paper."""
    world = rows.world
    for serial, state in enumerate((VoteState.FROZEN, VoteState.NOTICE, VoteState.OPEN), 20):
        vote = build_vote(world, state, serial, matters=SEATS, title="选举业主委员会")
        rows.named[f"election_{state.value}"] = vote
        rows.things.append(vote)
        rows.addresses.append({"owners_vote_id": vote.id})
    waiting = rows.named["election_frozen"]
    own = rows.add(candidate(world, waiting, "201", "顾建平", user_id=world.ids["chair"], state=C.NOMINATED))
    rows.add(candidate(world, waiting, "101", "王秀兰", user_id=world.ids["owner"], state=C.REFUSED))
    rows.named["nominated"] = own
    for vote in (rows.named["election_notice"], rows.named["election_open"]):
        for listed in five_stand(world, vote):
            rows.add(listed, owners_vote_id=vote.id)
    posted = rows.named["election_notice"]
    first = db.session.scalars(sa.select(Candidate).where(Candidate.vote_id == posted.id)).first()
    assert first is not None
    said = object_to_candidate(world.tenant, posted, candidate_id=first.id, text="欠物业费", once="candidate")
    rows.add(said, owners_vote_id=posted.id)
    _tied(rows)
    chosen = ["c1+c3"]
    voter = voter_of(rows.named["election_open"], "101")
    cast_ballot(world.owner, AtVoter(voter.id), choices=chosen, once="elects")
    rows.add(voter, owners_vote_id=rows.named["election_open"].id)


def _tied(rows: Any) -> None:
    """Counted and posted: two are elected, two are level for the third seat."""
    world = rows.world
    vote = build_vote(world, VoteState.CLOSED, 23, matters=SEATS, title="选举业主委员会")
    for listed in five_stand(world, vote):
        rows.add(listed, owners_vote_id=vote.id)
    for key, said in (("101", "c3+c4+c5"), ("102", "c2+c4+c5"), ("201", "c2+c3+c5"), ("202", "c2+c3+c4")):
        put_in(vote, key, said)
    for role, name in (
        (Counter.TELLER, "计票员甲"),
        (Counter.SCRUTINEER, "监票员乙"),
        (Counter.SCRUTINEER, "监票员丙"),
    ):
        name_scrutineer(world.secretary, vote, role=role, name=name)
    begin_count(world.secretary, vote)
    on_paper(world.secretary, vote)
    post_preliminary(world.secretary, vote, where="东门公告栏")
    rows.named["election_tied"] = vote
    rows.things.append(vote)
    rows.addresses.append({"owners_vote_id": vote.id})
    rows.addresses.append({"owners_vote_id": vote.id, "vote_matter_id": election_of(vote).id})


def _open(rows: Any, vote: OwnersVote) -> None:
    world = rows.world
    for key in ("101", "201"):
        rows.add(voter_of(vote, key), owners_vote_id=vote.id)
    for model in (RollUnit, Speaker):
        rows.things += db.session.scalars(sa.select(model).where(model.vote_id == vote.id))
    cast_ballot(world.owner, AtVoter(voter_of(vote, "101").id), choices=["for", "for"], once="ballot-1")
    for by, key in (("chair", "201"), ("worker", "202")):
        handed_in = rows.add(letter(world, vote, by, key), owners_vote_id=vote.id)
        _files(rows, handed_in)
    agent = rows.add(accepted(world, vote, "worker", "shop"), owners_vote_id=vote.id)
    vote_by_proxy(world.tenant, agent, choices=["for", "abstain"], once="agent-1")
    batch = start_batch(world.worker, vote, received_at=NOW, once="batch-1")
    enter_slip(
        world.worker,
        batch,
        ticket=str(voter_of(vote, "102").number),
        choices=["for", "against"],
        once="slip-1",
    )
    hand_over_batch(world.worker, batch)
    rows.add(batch, owners_vote_id=vote.id)
    rows.add(start_batch(world.worker, vote, received_at=NOW, once="batch-2"), owners_vote_id=vote.id)
    _brought(rows, vote, batch)
    _challenged(rows, vote)


def _challenged(rows: Any, vote: OwnersVote) -> None:
    """The chair says that a paper of his is not his; it waits for the answer."""
    code = put_in(vote, "201", "for,for", by=rows.world.ids["worker"])
    said = challenge_ballot(
        rows.world.chair, voter_of(vote, "201"), receipt=code, claim=Claim.NOT_MINE, once="challenge-1"
    )
    rows.add(said, owners_vote_id=vote.id)


def _sold(rows: Any, vote: OwnersVote) -> None:
    """The roll has two homes under somebody else than the register; one of them was entered."""
    world = rows.world
    with transaction():
        sold = [voter_of(vote, key).id for key in ("101", "201")]
        others = sa.update(Voter).where(Voter.id.in_(sold))
        db.session.execute(others.values(owner_set_id=world.ids["owners_102"]))
    done = change_owner(
        world.secretary, voter_of(vote, "201"), unit_id=world.ids["201"], reason="过户", proof=(kept(),)
    )
    rows.add(done, owners_vote_id=vote.id)
    _files(rows, done, owners_vote_id=vote.id)
    rows.addresses.append({"owners_vote_id": vote.id, "unit_id": world.ids["101"]})


def _brought(rows: Any, vote: OwnersVote, batch: Batch) -> None:
    """Pictures of papers, of a door and of a sealed letter."""
    world = rows.world
    keep_scans(world.worker, batch, scans=(kept(),))
    _files(rows, batch, owners_vote_id=vote.id)
    door, shop = voter_of(vote, "202"), voter_of(vote, "shop")
    record_delivery(
        world.worker, vote, voter_ids=[door.id], way=DeliveryWay.REFUSED, warned=True,
        witnesses=("张三", "李四"), photos=(kept(),), once="door-1",
    )  # fmt: skip
    for attempt in db.session.scalars(sa.select(Delivery).where(Delivery.voter_id == door.id)):
        _files(rows, attempt, owners_vote_id=vote.id, voter_id=door.id)
    sent = name_speaker(
        world.worker,
        vote,
        voter_id=shop.id,
        name="孙朝晖",
        capacity=Capacity.REPRESENTATIVE,
        letter=(kept(),),
    )
    rows.add(sent)
    _files(rows, shop)


def _counted(rows: Any, vote: OwnersVote, state: VoteState) -> None:
    world = rows.world
    for key in ("101", "102", "201", "shop"):
        put_in(vote, key, "for,against")
    for role, name, phone in TABLE:
        person = name_scrutineer(world.secretary, vote, role=role, name=name, phone=phone)
        rows.add(person, owners_vote_id=vote.id)
    if state is VoteState.COUNTING:
        seal = seal_box(world.secretary, vote, papers=0, where="东门公告栏")
        confirm_seal(world.worker, AtSeal(seal.id), papers=0)
        rows.add(seal, owners_vote_id=vote.id)
        batch = start_batch(world.worker, vote, received_at=NOW, once=f"late-{vote.id}")
        keep_scans(world.worker, batch, scans=(kept(),))
        _files(rows, batch, owners_vote_id=vote.id)
    begin_count(world.secretary, vote)
    if state is VoteState.COUNTING:
        return
    sheet = on_paper(world.secretary, vote)
    _files(rows, sheet, owners_vote_id=vote.id)
    own = sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id, Scrutineer.user_id.is_not(None))
    for person in db.session.scalars(own).all():
        sign_count(world.owner, AtScrutineer(person.id))
    post_preliminary(world.secretary, vote, where="东门公告栏", photos=[kept()])
    objection = rows.add(object_to_result(world.tenant, vote, text="少算一票", once=f"result-{vote.id}"))
    for posting in db.session.scalars(sa.select(Posting).where(Posting.vote_id == vote.id)).all():
        rows.add(posting, owners_vote_id=vote.id)
        _files(rows, posting)
    if state is VoteState.FINAL:
        answer_objection(world.secretary, objection, answer="没有少。", upheld=False)
        with clock.frozen(NOW + timedelta(days=9)):
            certify_vote(world.secretary, vote, where="东门公告栏")


def _files(rows: Any, thing: Any, **above: int) -> None:
    """The files that a row carries, each in both sizes; `above` are other arguments of their addresses."""
    subject = f"{thing.__tablename__}:{thing.id}"
    for file in db.session.scalars(sa.select(StoredFile).where(StoredFile.subject == subject)):
        for size in ("full", "thumb"):
            named = {f"{thing.__tablename__}_id": thing.id, "file_id": file.id, "size": size}
            rows.addresses.append({**named, **above})
