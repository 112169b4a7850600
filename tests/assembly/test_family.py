"""An owner's ballot given by family: his own act with both names on it; he is told, and his own word is the last."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.accounts.actions.relatives import agree, end_relative, name_relative
from portal.accounts.models import Kinship, Relative, User
from portal.assembly import countfile
from portal.assembly.actions.authorising import submit_proxy
from portal.assembly.actions.batching import check_slip, enter_slip, hand_over_batch, start_batch
from portal.assembly.actions.casting import cast_ballot, see_given
from portal.assembly.actions.reaching import acknowledge
from portal.assembly.actions.speaking import designate_speaker
from portal.assembly.box import AtVoter
from portal.assembly.events import BallotGiven
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.rolls import Speaker, Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.entries import own_entries
from portal.assembly.queries.receipts import uncounted
from portal.assembly.tally import tallied
from portal.assembly.uncounted import Aside
from portal.assembly.words import Channel, VoteState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db, transaction
from portal.core.errors import NotAllowed
from portal.core.eventlog import Entry
from portal.core.waiting import waiting_for
from portal.voting.counting.papers import Reason
from tests.assembly.conftest import AFTER, MakeVote, speaker_of, voter_of
from tests.assembly.letters import accepted, kept, phone_of
from tests.conftest import Client
from tests.world import NOW, World

BOTH = ("for", "against")
OTHER = ("against", "against")


def bond(world: World) -> Relative:
    """赵强, who rents next door, is the son of 王秀兰, who owns 101 with 王芳."""
    relative = name_relative(
        world.owner,
        db.session.get_one(User, world.ids["owner"]),
        name="赵强",
        phone=phone_of("tenant"),
        kinship=Kinship.CHILD,
        ends=world.owner.today + timedelta(days=300),
    )
    agree(world.tenant, relative)
    return relative


def for_her(world: World) -> Actor:
    return replace(world.owner, entered_by=world.ids["tenant"], kin="child", grants=frozenset())


def cast(actor: Actor, vote: OwnersVote, choices: tuple[str, str], seen: int | None = None) -> None:
    voter = AtVoter(voter_of(vote, "101").id)
    cast_ballot(actor, voter, choices=choices, once=f"{actor.kin}-{choices}-{seen}", seen=seen)


def on_paper(
    world: World, vote: OwnersVote, key: str, choices: tuple[str, str], signer: int | None = 0
) -> None:
    """The voter's own paper, read in by two people."""
    batch = start_batch(world.worker, vote, once=f"batch-{key}", received_at=world.worker.now)
    ticket = str(voter_of(vote, key).number)
    enter_slip(world.worker, batch, ticket=ticket, choices=list(choices), signer=signer)
    hand_over_batch(world.worker, batch)
    check_slip(world.secretary, batch, ticket=ticket, choices=list(choices), signer=signer)


def ballot() -> OwnerBallot:
    db.session.expire_all()
    return db.session.scalars(sa.select(OwnerBallot)).one()


def test_it_is_her_own_act_with_both_names(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    bond(world)
    cast(for_her(world), vote, BOTH)
    given = ballot()
    assert (given.channel, given.kin, given.proxy_id) == (Channel.ONLINE, "child", 0)
    assert (given.entered_by_id, given.speaker_id) == (
        world.ids["tenant"],
        speaker_of(world, vote, "owner").id,
    )
    entry = db.session.scalars(sa.select(Entry).where(Entry.name == BallotGiven.name)).one()
    assert (entry.actor_id, entry.entered_by_id) == (world.ids["owner"], world.ids["tenant"])
    case = countfile.cases(vote, countfile.matters_of(vote))[0]
    assert [line["channel"] for line in case["ballots"]] == ["online"]
    assert "kin" not in str(case["ballots"])


def test_she_is_told_and_her_own_word_is_the_last(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    bond(world)
    cast(for_her(world), vote, BOTH)
    told = [w for w in waiting_for(world.owner) if w.kind == "given_by_family"]
    assert [w.subject_id for w in told] == [voter_of(vote, "101").id]
    cast(for_her(world), vote, OTHER, seen=0)
    see_given(world.owner, db.session.get_one(Voter, told[0].subject_id))
    assert not [w for w in waiting_for(world.owner) if w.kind == "given_by_family"]
    cast(world.owner, vote, BOTH, seen=1)
    assert (ballot().kin, ballot().entered_by_id, ballot().choices) == ("", None, "for,against")
    with pytest.raises(NotAllowed, match="家人不能改"):
        cast(for_her(world), vote, OTHER, seen=2)
    assert ballot().choices == "for,against"


def test_he_cannot_touch_what_she_gave_herself(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    bond(world)
    cast(world.owner, vote, BOTH)
    with pytest.raises(NotAllowed):
        cast(for_her(world), vote, OTHER, seen=0)


def test_who_is_no_longer_bound_gives_nothing(world: World, make_vote: MakeVote) -> None:
    """His page was open when it was taken back: the ballot looks again, in its own transaction."""
    vote, son = make_vote(), for_her(world)
    end_relative(world.owner, bond(world))
    with pytest.raises(NotAllowed, match="取消或者到期"):
        cast(son, vote, BOTH)


def test_after_her_own_paper_he_gives_nothing(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    relative = bond(world)
    on_paper(world, vote, "101", OTHER)
    with pytest.raises(NotAllowed, match="家人不能改"):
        cast(for_her(world), vote, BOTH)
    client.sign_in("tenant")
    client.submit(f"/relatives/{relative.id}/acting", {})
    assert "家人不能看，也不能改" in client.get(f"/owners-votes/{vote.id}").text


@pytest.mark.parametrize("last_counts", [True, False])
def test_her_own_paper_counts_and_not_what_he_gave_before(
    world: World, make_vote: MakeVote, last_counts: bool
) -> None:
    vote = make_vote(last_counts=last_counts)
    bond(world)
    cast(for_her(world), vote, BOTH)
    on_paper(world, vote, "101", OTHER)
    case = countfile.cases(vote, countfile.matters_of(vote))[0]
    assert [(line["channel"], line["choice"]) for line in case["ballots"]] == [("paper", "against")]


@pytest.mark.parametrize("last_counts", [True, False])
def test_her_own_paper_counts_and_not_what_the_desk_entered(
    world: World, make_vote: MakeVote, last_counts: bool
) -> None:
    vote = make_vote(last_counts=last_counts)
    cast(replace(world.owner, entered_by=world.ids["worker"]), vote, BOTH)
    on_paper(world, vote, "101", OTHER)
    case = countfile.cases(vote, countfile.matters_of(vote))[0]
    assert [(line["channel"], line["choice"]) for line in case["ballots"]] == [("paper", "against")]


def test_one_person_acts_for_no_more_than_the_rules_let_him(world: World, make_vote: MakeVote) -> None:
    """Family and letters together: 201 gave him a letter, so with a limit of one he gives nothing for 101."""
    vote = make_vote(proxy_cap=1)
    bond(world)
    accepted(world, vote, "chair", "201")
    with pytest.raises(NotAllowed, match="最多替 1 位业主"):
        cast(for_her(world), vote, BOTH)


def test_he_gives_no_letter_settles_nobody_and_reads_no_notice(world: World, make_vote: MakeVote) -> None:
    vote = make_vote(state=VoteState.NOTICE)
    bond(world)
    son, voter = for_her(world), voter_of(vote, "101")
    with pytest.raises(NotAllowed):
        submit_proxy(son, voter, agent_name="赵强", matters=[0], letter=[kept()], declared=True, once="x")
    with pytest.raises(NotAllowed):
        designate_speaker(son, voter, speaker_id=speaker_of(world, vote, "co_owner").id)
    with pytest.raises(NotAllowed):
        acknowledge(son, voter)
    with pytest.raises(NotAllowed):
        see_given(son, voter)


def test_from_the_page_of_the_vote_to_her_receipt(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    relative, voter = bond(world), voter_of(vote, "101").id
    client.sign_in("tenant")
    page = BeautifulSoup(client.get(f"/owners-votes/{vote.id}").text, "html.parser")
    form = page.select_one(f'form[action="/relatives/{relative.id}/acting"]')
    assert form is not None
    assert "替王秀兰投" in form.text
    sent = {"next": f"/owners-votes/{vote.id}"}
    assert client.submit(f"/relatives/{relative.id}/acting", sent).location == f"/owners-votes/{vote.id}"
    paper = client.get(f"/owners-votes/{vote.id}").text
    assert "您在替家人投票" in paper
    assert f'action="/voters/{voter}/review"' in paper
    marked: dict[str, Any] = {"choice": ["for", "against"], "once": "son"}
    assert client.submit(f"/voters/{voter}/ballot", marked).status_code == 303
    assert "家人代办" in client.get(f"/voters/{voter}/receipt").text
    client.sign_in("owner")
    assert "家人替您投了票" in client.get("/").text
    receipt = client.get(f"/voters/{voter}/receipt").text
    assert "您的家人（子女）替您投了这一票" in receipt
    assert client.submit(f"/voters/{voter}/seen", {}).status_code == 303
    assert f'action="/voters/{voter}/seen"' not in client.get(f"/voters/{voter}/receipt").text
    assert client.get(f"/voters/{voter}/change").text.count(" checked") == 2, (
        "she sees what was given for her"
    )


def test_nothing_is_offered_for_who_is_not_on_this_roll(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    bond(world)
    with transaction():
        db.session.execute(sa.update(Speaker).where(Speaker.vote_id == vote.id).values(user_id=None))
    client.sign_in("tenant")
    assert "/acting" not in client.get(f"/owners-votes/{vote.id}").text


def test_he_does_not_see_what_she_chose(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    relative = bond(world)
    cast(world.owner, vote, BOTH)
    client.sign_in("tenant")
    client.submit(f"/relatives/{relative.id}/acting", {})
    page = client.get(f"/owners-votes/{vote.id}").text
    assert "家人不能看，也不能改" in page
    assert "/change" not in page
    assert " checked" not in client.get(f"/voters/{voter_of(vote, '101').id}/change").text


def test_what_became_of_each_ballot_stands_beside_its_own_receipt(world: World, make_vote: MakeVote) -> None:
    """What the desk entered for 101 is not in the count file, since her own paper is; the others keep their numbers.
    Another vote that is over has no say in it."""
    other, vote = make_vote(), make_vote()
    cast(world.owner, other, BOTH)
    with transaction():
        over = (
            sa.update(OwnersVote).where(OwnersVote.id == other.id).values(closes_at=NOW - timedelta(days=1))
        )
        db.session.execute(over)
    cast(replace(world.owner, entered_by=world.ids["worker"]), vote, BOTH)
    on_paper(world, vote, "101", OTHER)
    on_paper(world, vote, "201", ("invalid", "invalid"), signer=None)
    with clock.frozen(AFTER):
        matters = [SimpleNamespace(position=m.position, result=result) for m, result in tallied(vote)]
    found = db.session.scalars(sa.select(OwnerBallot).where(OwnerBallot.vote_id == vote.id))
    receipts = {f"{ballot.voter_id}{ballot.channel}": ballot.receipt for ballot in found}
    hers, his = voter_of(vote, "101").id, voter_of(vote, "201").id
    assert uncounted(vote, matters) == {
        receipts[f"{hers}desk"]: dict.fromkeys((0, 1), Aside.BELOW),
        receipts[f"{his}paper"]: dict.fromkeys((0, 1), Reason.INVALID),
    }
    entries = {e.receipt: e.left_out for own in own_entries(world.owner, vote, matters) for e in own.entries}
    assert entries == {
        receipts[f"{hers}desk"]: dict.fromkeys((0, 1), Aside.BELOW),
        receipts[f"{hers}paper"]: {},
    }
