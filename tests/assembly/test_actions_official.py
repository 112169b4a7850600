"""Taking an official result: once, in one go, against the box as it is; nothing counts twice."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.assembly.actions.importing import take_official
from portal.assembly.models.box import OfficialImport, OwnerBallot, Turnout
from portal.assembly.models.votes import OwnersVote
from portal.assembly.official.reading import Row
from portal.assembly.words import Channel, Medium, VoteState
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.voting import receipts
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.paperwork import ballot
from tests.world import World

DIGEST = "d" * 64


def rows_for(world: World, vote: OwnersVote, *units: str, version: str = "1") -> list[Row]:
    """Two matters of each unit: for, against."""
    at = clock.local(vote.opens_at + timedelta(hours=1)).isoformat()
    return [
        Row(
            2 + 2 * n + item,
            version,
            str(world.ids[u]),
            str(item + 1),
            choice,
            "online",
            at,
            f"S{u}",
            "0" * 64,
        )
        for n, u in enumerate(units)
        for item, choice in enumerate(("for", "against"))
    ]


@pytest.fixture
def vote(make_vote: MakeVote) -> OwnersVote:
    return make_vote(state=VoteState.OPEN, official_evote=True)


def ballots(vote: OwnersVote) -> list[OwnerBallot]:
    found = sa.select(OwnerBallot).where(OwnerBallot.vote_id == vote.id).order_by(OwnerBallot.voter_id)
    return list(db.session.scalars(found))


def test_each_voter_of_the_file_has_one_ballot_by_the_official_channel(
    world: World, vote: OwnersVote
) -> None:
    taken = take_official(
        world.secretary, vote, digest=DIGEST, rows=rows_for(world, vote, "101", "201", "shop")
    )
    assert (taken.rows, taken.ballots, taken.refused) == (6, 3, [])
    assert [(b.voter_id, b.choices, b.channel, b.medium, b.speaker_id) for b in ballots(vote)] == [
        (voter_of(vote, u).id, "for,against", Channel.OFFICIAL, Medium.ONLINE, 0)
        for u in ("101", "201", "shop")
    ]
    assert all(receipts.read(b.receipt) == b.receipt for b in ballots(vote))
    turnout = {t.building: (t.heads, t.area) for t in db.session.scalars(sa.select(Turnout))}
    assert turnout == {"12号楼": (2, 8932 + 12050), "东门底商": (1, 4500)}
    said = db.session.scalars(sa.select(Entry).where(Entry.name == "owners_vote.imported")).one()
    assert said.payload == {"vote_id": vote.id, "taken": 6, "refused": 0}


def test_who_has_voted_here_is_refused_and_kept_with_the_reason(world: World, vote: OwnersVote) -> None:
    ballot(vote, "101", "against,against")
    taken = take_official(world.secretary, vote, digest=DIGEST, rows=rows_for(world, vote, "101", "201"))
    assert taken.refused == [[2, "already"], [3, "already"]]
    assert [b.choices for b in ballots(vote)] == ["against,against", "for,against"]


def test_a_second_file_adds_to_the_turnout_and_repeats_nobody(world: World, vote: OwnersVote) -> None:
    take_official(world.secretary, vote, digest=DIGEST, rows=rows_for(world, vote, "101"))
    second = take_official(world.secretary, vote, digest="e" * 64, rows=rows_for(world, vote, "101", "201"))
    assert (second.ballots, len(second.refused)) == (1, 2)
    line = db.session.get_one(Turnout, (vote.id, "12号楼", Channel.OFFICIAL), populate_existing=True)
    assert line.heads == 2


def test_the_same_file_is_taken_once(world: World, vote: OwnersVote) -> None:
    rows = rows_for(world, vote, "101")
    take_official(world.secretary, vote, digest=DIGEST, rows=rows)
    with pytest.raises(Conflict):
        take_official(world.secretary, vote, digest=DIGEST, rows=rows)
    assert len(ballots(vote)) == 1


def test_a_file_of_another_roll_writes_nothing(world: World, vote: OwnersVote) -> None:
    with pytest.raises(Conflict):
        take_official(world.secretary, vote, digest=DIGEST, rows=rows_for(world, vote, "101", version="2"))
    assert ballots(vote) == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OfficialImport)) == 0


@pytest.mark.parametrize("who", ["worker", "owner", "manager", "visitor", "auditor"])
def test_only_those_who_close_and_count_take_results(who: str, world: World, vote: OwnersVote) -> None:
    with pytest.raises(NotAllowed):
        take_official(world.actor(who), vote, digest=DIGEST, rows=rows_for(world, vote, "101"))


def test_a_stranger_sees_no_vote(world: World, vote: OwnersVote) -> None:
    with pytest.raises(NotVisible):
        take_official(world.other_secretary, vote, digest=DIGEST, rows=rows_for(world, vote, "101"))


@pytest.mark.parametrize("state", [s for s in VoteState if s not in (VoteState.OPEN, VoteState.CLOSED)])
def test_out_of_time_nothing_is_taken(state: VoteState, world: World, make_vote: MakeVote) -> None:
    vote = make_vote(state=state, official_evote=True)
    with pytest.raises(NotAllowed):
        take_official(world.secretary, vote, digest=DIGEST, rows=rows_for(world, vote, "101"))


def test_where_the_portal_takes_the_votes_itself_nothing_is_taken(world: World, make_vote: MakeVote) -> None:
    vote = make_vote(state=VoteState.OPEN)
    with pytest.raises(NotAllowed):
        take_official(world.secretary, vote, digest=DIGEST, rows=rows_for(world, vote, "101"))


def test_what_was_taken_is_counted_like_any_ballot(world: World, make_vote: MakeVote) -> None:
    from portal.assembly.countfile import cases, counted, matters_of

    vote = make_vote(state=VoteState.CLOSED, official_evote=True)
    take_official(
        world.secretary, vote, digest=DIGEST, rows=rows_for(world, vote, "101", "102", "201", "202", "shop")
    )
    first, second = counted(cases(vote, matters_of(vote)))
    assert (first["verdict"], second["verdict"]) == ("passed", "rejected")
    assert first["agree"] == ["464.64", 5]
