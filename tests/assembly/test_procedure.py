"""A whole owners' vote, from the register to the archive, by everybody who has a hand in it."""

import json
from datetime import timedelta

import sqlalchemy as sa

from portal.assembly.actions.announcing import archive_vote, certify_vote, post_preliminary
from portal.assembly.actions.batching import (
    check_slip,
    enter_slip,
    hand_over_batch,
    start_batch,
    take_over_batch,
)
from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.closing import close_due_votes
from portal.assembly.actions.counting import begin_count, name_scrutineer
from portal.assembly.actions.objecting import answer_objection, object_to_result, object_to_roll
from portal.assembly.actions.opening import announce, extend_vote, open_due_votes
from portal.assembly.actions.planning import plan_count
from portal.assembly.actions.rolls import amend_roll, freeze_roll
from portal.assembly.actions.sealing import AtSeal, confirm_seal, seal_box
from portal.assembly.box import AtVoter
from portal.assembly.countfile import count_text, matters_of
from portal.assembly.models.counts import Certificate
from portal.assembly.models.papers import Batch
from portal.assembly.models.rolls import Speaker, Voter
from portal.assembly.models.votes import OwnersVote, Posting
from portal.assembly.roll import file
from portal.assembly.words import BatchState, Counter, PostingKind, VoteState
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.digests import digest
from portal.core.eventlog import Entry
from portal.voting.counting import recount
from tests.assembly.convening import CLOSES, FROZEN, OPENS, WALLS, posted
from tests.assembly.signing import on_paper
from tests.world import NOW, World

LATER = CLOSES + timedelta(days=2)


def head(vote: OwnersVote, label: str) -> Voter:
    return db.session.scalars(sa.select(Voter).where(Voter.vote_id == vote.id, Voter.label == label)).one()


def frozen_roll(world: World) -> OwnersVote:
    """Posted, objected to, drawn up anew, frozen, announced."""
    vote = posted(world)
    objection = object_to_roll(world.owner, vote, text="101室的面积写错了", once="roll")
    answer_objection(world.secretary, objection, answer="核对过，没有错。", upheld=False)
    amend_roll(world.chair, vote, reason="按登记簿重列", where=WALLS)
    with clock.frozen(FROZEN):
        freeze_roll(world.secretary, vote)
        announce(world.secretary, vote, where=WALLS)
    return vote


def votes_come_in(world: World, vote: OwnersVote) -> None:
    """The co-owners and the chair on the phone; three papers entered twice, before the extended hour."""
    with clock.frozen(OPENS):
        assert open_due_votes(system()) == 1
    with clock.frozen(OPENS + timedelta(hours=1)):
        for name, label in (("owner", "101"), ("co_owner", "101"), ("chair", "201")):
            speaker = db.session.scalars(
                sa.select(Speaker).where(Speaker.vote_id == vote.id, Speaker.user_id == world.ids[name])
            ).one()
            assert head(vote, f"12号楼1单元{label}室").id == speaker.voter_id
            cast_ballot(world.actor(name), AtVoter(speaker.voter_id), choices=["for"], once=f"cast-{name}")
    with clock.frozen(CLOSES - timedelta(hours=1)):
        extend_vote(world.secretary, vote, closes_at=LATER, reason="票还不够", where=WALLS)
    with clock.frozen(CLOSES + timedelta(hours=1)):
        papers(
            world, vote, {"12号楼1单元102室": "for", "12号楼1单元202室": "against", "东门底商1号": "abstain"}
        )


def papers(world: World, vote: OwnersVote, said: dict[str, str]) -> Batch:
    batch = start_batch(world.worker, vote, received_at=clock.now(), once="batch")
    for label, word in said.items():
        number = str(head(vote, label).number)
        enter_slip(world.worker, batch, ticket=number, choices=[word], once=f"slip-{number}")
    hand_over_batch(world.worker, batch)
    take_over_batch(world.chair, batch)
    for label, word in said.items():
        check_slip(world.chair, batch, ticket=str(head(vote, label).number), choices=[word])
    assert batch.state is BatchState.AGREED
    return batch


def count_and_post(world: World, vote: OwnersVote) -> None:
    with clock.frozen(vote.closes_at - timedelta(hours=1)):
        plan_count(world.secretary, vote, at=vote.closes_at, where=WALLS)
    with clock.frozen(LATER):
        assert close_due_votes(system()) == 1
        seal = seal_box(world.secretary, vote, papers=0, where=WALLS)
        confirm_seal(world.chair, AtSeal(seal.id), papers=0)
        for role, name in ((Counter.TELLER, "甲"), (Counter.SCRUTINEER, "乙"), (Counter.SCRUTINEER, "丙")):
            name_scrutineer(world.secretary, vote, role=role, name=name)
        begin_count(world.secretary, vote)
        on_paper(world.secretary, vote)
        post_preliminary(world.secretary, vote, where=WALLS)
        objection = object_to_result(world.tenant, vote, text="我家的票呢", once="result")
    with clock.frozen(LATER + timedelta(days=1)):
        answer_objection(world.secretary, objection, answer="租户没有表决权。", upheld=False)
    with clock.frozen(LATER + timedelta(days=9)):
        certify_vote(world.secretary, vote, where=WALLS)
        archive_vote(world.secretary, vote)


def test_a_whole_vote(world: World) -> None:
    vote = frozen_roll(world)
    assert (vote.roll_version, vote.heads, vote.area) == (2, 5, 46464)
    votes_come_in(world, vote)
    count_and_post(world, vote)
    assert vote.state is VoteState.ARCHIVED
    [matter] = matters_of(vote)
    assert matter.result is not None
    assert matter.result["verdict"] == "passed"
    assert matter.result["part"] == ["464.64", 5]
    assert matter.result["agree"] == ["299.14", 3]
    assert matter.result["channels"] == {"online": ["209.82", 2], "paper": ["254.82", 3]}
    assert matter.result["uncounted"] == []


def test_what_proves_it(world: World) -> None:
    vote = frozen_roll(world)
    votes_come_in(world, vote)
    count_and_post(world, vote)
    paper = db.session.get_one(Certificate, vote.id)
    text = count_text(vote)
    assert (paper.count_hash, paper.ballots) == (digest(text), 6)
    assert paper.roll_hash == digest(file.text(vote, file.kept_lines(vote.id)))
    [case] = json.loads(text)
    assert recount(case) == case["expected"]
    assert case["electorate"] == file.electorate(file.kept_lines(vote.id))
    posted_kinds = {kind.value for kind in PostingKind} - {"void", "postponed"}
    said = set(db.session.scalars(sa.select(Entry.name).where(Entry.story == vote.story)))
    assert {"owners_vote.roll_posted", "owners_vote.closed", "owners_vote.certified"} <= said
    hung = set(db.session.scalars(sa.select(Posting.kind).where(Posting.vote_id == vote.id)))
    assert {kind.value for kind in hung} == posted_kinds


def test_the_events_tell_no_choice_and_no_name(world: World) -> None:
    vote = frozen_roll(world)
    votes_come_in(world, vote)
    count_and_post(world, vote)
    told = sa.select(Entry.payload).where(Entry.at > NOW)
    words = json.dumps(list(db.session.scalars(told)), ensure_ascii=False)
    assert not any(word in words for word in ("for", "against", "abstain", "王", "顾"))
