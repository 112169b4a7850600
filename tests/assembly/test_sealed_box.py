"""The box at the close: two people count what nobody has read in, and no more than that is read in afterwards."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.assembly import sealing
from portal.assembly.actions.batching import enter_slip, remove_slip, start_batch
from portal.assembly.actions.counting import begin_count, name_scrutineer
from portal.assembly.actions.sealing import AtSeal, confirm_seal, seal_box, seal_of
from portal.assembly.models.papers import Batch, BoxCount, BoxSeal
from portal.assembly.models.votes import OwnersVote, Posting
from portal.assembly.words import Counter, PostingKind, Standing, VoteState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.files import stored
from portal.core.waiting import waiting_for
from tests.assembly.conftest import AFTER, CLOSES, MakeVote, voter_of
from tests.assembly.letters import kept, phone_of
from tests.assembly.test_actions_pictures import in_state
from tests.conftest import Client
from tests.world import NOW, World

FOR = ["for", "for"]
WHERE = "东门公告栏"
ROUNDS = sa.select(BoxCount).order_by(BoxCount.round, BoxCount.nth)


class Stated(NamedTuple):
    papers: int
    standing: Standing = Standing.STANDS


@pytest.mark.parametrize(
    ("seal", "read_after", "taken"),
    [
        (None, 0, False),
        (Stated(3, standing=Standing.ENTERED), 0, False),
        (Stated(0), 0, False),
        (Stated(3), 2, True),
        (Stated(3), 3, False),
    ],
)
def test_after_the_close_no_more_are_read_in_than_there_were(
    app: Flask, seal: Stated | None, read_after: int, taken: bool
) -> None:
    assert (sealing.unreadable(NOW, seal, read_after, AFTER) == "") is taken


def test_a_number_that_one_person_stated_is_none_when_the_hours_are_over() -> None:
    alone, over = Stated(3, standing=Standing.ENTERED), sealing.last_hour(NOW)
    assert "不计入" in sealing.unreadable(NOW, alone, 0, over)
    assert sealing.unreadable(NOW, Stated(3), 0, over) == ""


@pytest.mark.parametrize(
    ("seal", "hours", "stated"),
    [
        (None, 0, True),
        (None, sealing.HOURS - 1, True),
        (None, sealing.HOURS, False),
        (Stated(3, standing=Standing.ENTERED), 1, True),
        (Stated(3), 1, False),
    ],
)
def test_the_number_is_stated_soon_and_put_right_until_two_agree(
    app: Flask, seal: Stated | None, hours: int, stated: bool
) -> None:
    assert (sealing.unstatable(CLOSES, seal, CLOSES + timedelta(hours=hours)) == "") is stated


def closed(make_vote: MakeVote) -> OwnersVote:
    """An hour ago."""
    return make_vote(VoteState.CLOSED)


def sealed(world: World, vote: OwnersVote, papers: int) -> BoxSeal:
    seal = seal_box(world.secretary, vote, papers=papers, where=WHERE)
    confirm_seal(world.worker, AtSeal(seal.id), papers=papers)
    return seal


def batch_of(world: World, vote: OwnersVote, once: str = "batch", **given: object) -> Batch:
    received = {"received_at": vote.closes_at - timedelta(minutes=5), **given}
    return start_batch(world.worker, vote, once=once, **received)  # type: ignore[arg-type]


def test_nothing_is_read_in_before_two_people_have_counted_the_box(world: World, make_vote: MakeVote) -> None:
    vote = closed(make_vote)
    with pytest.raises(Conflict, match="封箱"):
        batch_of(world, vote)
    seal = seal_box(world.secretary, vote, papers=1, where=WHERE)
    with pytest.raises(Conflict, match="另一个人"):
        batch_of(world, vote)
    with pytest.raises(NotAllowed, match="另一个人"):
        confirm_seal(world.secretary, AtSeal(seal.id), papers=1)
    assert confirm_seal(world.worker, AtSeal(seal.id), papers=1)
    batch = batch_of(world, vote)
    enter_slip(world.worker, batch, ticket="2", choices=FOR, once="2")
    with pytest.raises(Conflict, match="多出来的"):
        enter_slip(world.worker, batch, ticket="4", choices=FOR, once="4")
    with pytest.raises(Conflict, match="多出来的"):
        batch_of(world, vote, "another")


def test_a_batch_begun_in_time_is_no_way_around(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = batch_of(world, vote, received_at=NOW)
    enter_slip(world.worker, batch, ticket="2", choices=FOR, once="2")
    in_state(vote, VoteState.CLOSED)
    with clock.frozen(AFTER), pytest.raises(Conflict):
        enter_slip(world.worker, batch, ticket="4", choices=FOR, once="4")


def test_a_place_kept_free_before_the_close_makes_no_room_after_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = batch_of(world, vote, received_at=NOW)
    enter_slip(world.worker, batch, ticket="2", choices=FOR, once="2")
    in_state(vote, VoteState.CLOSED)
    with clock.frozen(AFTER):
        sealed(world, vote, 1)
        remove_slip(world.worker, batch, voter_id=voter_of(vote, "102").id)
        last = enter_slip(world.worker, batch, ticket="4", choices=FOR, once="4")
        with pytest.raises(Conflict, match="多出来的"):
            enter_slip(world.worker, batch, ticket="2", choices=FOR, once="again")
        remove_slip(world.worker, batch, voter_id=last.voter_id)
        assert enter_slip(world.worker, batch, ticket="2", choices=FOR, once="again")


def test_late_papers_are_kept_whatever_was_in_the_box(world: World, make_vote: MakeVote) -> None:
    vote = closed(make_vote)
    late = batch_of(world, vote, received_at=vote.closes_at)
    assert enter_slip(world.worker, late, ticket="2", choices=FOR, once="2").at == NOW


def hung(vote: OwnersVote) -> list[Posting]:
    found = sa.select(Posting).where(Posting.vote_id == vote.id, Posting.kind == PostingKind.SEALED)
    return list(db.session.scalars(found))


def test_it_hangs_out_once_two_have_counted_and_is_put_right_until_then(
    world: World, make_vote: MakeVote
) -> None:
    vote = closed(make_vote)
    seal_box(world.secretary, vote, papers=5, where=WHERE)
    seal = seal_box(world.chair, vote, papers=6, where=WHERE, photos=(kept(),))
    assert (seal.papers, seal.first, seal.stated_by_id, hung(vote)) == (None, 6, world.ids["chair"], [])
    confirm_seal(world.secretary, AtSeal(seal.id), papers=6)
    with pytest.raises(Conflict, match="不能再改"):
        seal_box(world.secretary, vote, papers=5, where=WHERE)
    (posting,) = hung(vote)
    assert (seal.papers, posting.where, len(stored(posting))) == (6, WHERE, 2)  # the picture and its words


def test_the_same_form_twice_is_stated_once(world: World, make_vote: MakeVote) -> None:
    vote = closed(make_vote)
    seal = seal_box(world.secretary, vote, papers=1, where=WHERE, photos=(kept(),), once="once")
    assert seal_box(world.secretary, vote, papers=1, where=WHERE, photos=(kept(),), once="once") is seal
    assert len(stored(seal)) == 1
    confirm_seal(world.worker, AtSeal(seal.id), papers=1)
    assert seal_box(world.secretary, vote, papers=1, where=WHERE, once="once") is seal
    assert len(hung(vote)) == 1


@pytest.mark.parametrize(("second", "third", "stands"), [(3, 2, 2), (3, 3, 3), (3, 4, None), (2, None, 2)])
def test_where_two_differ_a_third_counts(
    world: World, make_vote: MakeVote, second: int, third: int | None, stands: int | None
) -> None:
    vote = closed(make_vote)
    seal = seal_box(world.secretary, vote, papers=2, where=WHERE)
    assert confirm_seal(world.worker, AtSeal(seal.id), papers=second) is (second == 2)
    if third is not None:
        assert any(w.kind == "confirm_seal" for w in waiting_for(world.chair))
        for again in (world.secretary, world.worker):
            with pytest.raises(NotAllowed, match="另一个人"):
                confirm_seal(again, AtSeal(seal.id), papers=second)
        with pytest.raises(Conflict, match="不能再改"):
            seal_box(world.secretary, vote, papers=second, where=WHERE)
        assert confirm_seal(world.chair, AtSeal(seal.id), papers=third) is (stands is not None)
    there = seal_of(vote.id)
    assert (there.papers if there else None) == stands
    assert len(hung(vote)) == (stands is not None)


def watching(world: World, vote: OwnersVote) -> None:
    """An owner who was named in time."""
    with clock.frozen(vote.closes_at - timedelta(hours=1)):
        name_scrutineer(world.secretary, vote, role=Counter.SCRUTINEER, name="何明", phone=phone_of("owner"))


def three_numbers(world: World, vote: OwnersVote, *numbers: int) -> BoxSeal:
    first, second, third = numbers
    seal = seal_box(world.secretary, vote, papers=first, where=WHERE, photos=(kept(),), once="first")
    confirm_seal(world.worker, AtSeal(seal.id), papers=second)
    confirm_seal(world.chair, AtSeal(seal.id), papers=third)
    return seal


def someone_else(world: World) -> Actor:
    """A grid worker, who has not counted."""
    return replace(world.administrator, grants=frozenset({("grid_worker", world.paths["estate"])}))


def test_three_numbers_are_kept_and_somebody_who_has_not_counted_agrees_on_the_next(
    world: World, make_vote: MakeVote
) -> None:
    vote = closed(make_vote)
    watching(world, vote)
    seal = three_numbers(world, vote, 2, 3, 4)
    found = [(line.round, line.nth, line.papers, line.by_id) for line in db.session.scalars(ROUNDS)]
    three = [world.ids[name] for name in ("secretary", "worker", "chair")]
    assert found == [(1, n, n + 1, who) for n, who in enumerate(three, 1)]
    assert not any(w.kind == "seal_box" for w in waiting_for(world.secretary))
    with pytest.raises(NotAllowed, match="没有数过的人"):
        seal_box(world.chair, vote, papers=3, where=WHERE, once="mine")
    assert not any(w.kind == "confirm_seal" for w in waiting_for(world.owner))
    with pytest.raises(NotAllowed, match="两个人都数过了"):
        confirm_seal(world.owner, AtSeal(seal.id), papers=3)  # nobody has stated one yet
    seal_box(someone_else(world), vote, papers=3, where=WHERE, once="second")
    for name in ("secretary", "worker"):
        with pytest.raises(NotAllowed, match="没有数过的人"):
            confirm_seal(world.actor(name), AtSeal(seal.id), papers=3)
    assert [any(w.kind == "confirm_seal" for w in waiting_for(a)) for a in (world.owner, world.worker)] == [
        True,
        False,
    ]
    assert confirm_seal(world.owner, AtSeal(seal.id), papers=3)
    (posting,) = hung(vote)
    assert (seal.papers, len(stored(posting))) == (3, 2)  # the picture of the first round too
    assert len(list(db.session.scalars(ROUNDS))) == 3


def test_the_count_waits_for_the_next_round_and_nothing_is_read_in(world: World, make_vote: MakeVote) -> None:
    vote = closed(make_vote)
    three_numbers(world, vote, 2, 3, 4)
    with pytest.raises(Conflict, match="再数一遍"):
        begin_count(world.secretary, vote)
    with pytest.raises(Conflict, match="封箱"):
        batch_of(world, vote)
    with clock.frozen(sealing.last_hour(vote.closes_at)), pytest.raises(Conflict, match="不计入"):
        seal_box(someone_else(world), vote, papers=3, where=WHERE)


def test_the_page_shows_the_three_numbers_who_found_them_and_what_is_to_be_done(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = closed(make_vote)
    address = f"/owners-votes/{vote.id}/seal"
    three_numbers(world, vote, 2, 3, 4)
    page = client.sign_in("secretary").get(address).text
    for words in ("冯小霞", "沈佳慧", "顾建平", "2 张", "3 张", "4 张", "没有数过的人"):
        assert words in page, words
    assert "重新记下张数" not in page
    assert "三个人数的都不一样" in client.sign_in("owner").get(address).text


def test_nobody_reads_a_number_before_two_agree(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = closed(make_vote)
    address = f"/owners-votes/{vote.id}"
    client.sign_in("secretary")
    client.submit(f"{address}/seal", {"papers": "4", "where": WHERE, "once": "once"})
    seal = seal_of(vote.id)
    assert seal
    assert seal.first == 4
    for name in ("worker", "owner", "secretary"):
        client.sign_in(name)
        for page in ("", "/seal", "/postings", "/count", "/checklist"):
            assert not re.search(r"4(</[a-z]+>)?\s*张", client.get(f"{address}{page}").text), (name, page)
    client.sign_in("worker")
    client.submit(f"/box-seals/{seal.id}/confirmation", {"counted": "3"})
    assert "第三个人" in client.get(f"{address}/seal").text
    client.sign_in("chair").submit(f"/box-seals/{seal.id}/confirmation", {"counted": "4"})
    assert "截止时还没录的纸质票 4 张" in client.sign_in("owner").get(address).text


def test_a_scrutineer_named_after_the_close_is_nobody_to_count_the_box(
    world: World, make_vote: MakeVote
) -> None:
    vote = closed(make_vote)
    seal = seal_box(world.secretary, vote, papers=1, where=WHERE)
    name_scrutineer(world.secretary, vote, role=Counter.SCRUTINEER, name="何明", phone=phone_of("owner"))
    assert not any(w.kind == "confirm_seal" for w in waiting_for(world.owner))
    with pytest.raises(NotAllowed, match="截止以前登记"):
        confirm_seal(world.owner, AtSeal(seal.id), papers=1)


def test_nobody_states_a_number_when_the_hours_are_over(world: World, make_vote: MakeVote) -> None:
    vote = closed(make_vote)
    with clock.frozen(sealing.last_hour(vote.closes_at)), pytest.raises(Conflict, match="不计入"):
        seal_box(world.secretary, vote, papers=7, where=WHERE)
    assert seal_of(vote.id) is None


@pytest.mark.parametrize("name", ["owner", "manager"])
def test_neighbours_do_not_state_it(world: World, make_vote: MakeVote, name: str) -> None:
    vote = closed(make_vote)
    with pytest.raises(NotAllowed):
        seal_box(world.actor(name), vote, papers=1, where=WHERE)


def test_a_scrutineer_counts_the_box_too(world: World, make_vote: MakeVote) -> None:
    vote = closed(make_vote)
    seal = seal_box(world.secretary, vote, papers=1, where=WHERE)
    with pytest.raises(NotAllowed):
        confirm_seal(world.owner, AtSeal(seal.id), papers=1)
    with clock.frozen(vote.closes_at - timedelta(hours=1)):
        name_scrutineer(world.secretary, vote, role=Counter.SCRUTINEER, name="何明", phone=phone_of("owner"))
    assert any(w.kind == "confirm_seal" for w in waiting_for(world.owner))
    confirm_seal(world.owner, AtSeal(seal.id), papers=1)
    assert not any(w.kind == "confirm_seal" for w in waiting_for(world.worker))


def test_the_count_waits_for_the_second_person(world: World, make_vote: MakeVote) -> None:
    vote = closed(make_vote)
    seal_box(world.secretary, vote, papers=1, where=WHERE)
    with pytest.raises(Conflict, match="再数一遍"):
        begin_count(world.secretary, vote)


def test_one_wrong_number_does_not_hold_the_count_for_ever(world: World, make_vote: MakeVote) -> None:
    """Nobody found as many in time: the number is none, and what was not read in is not counted."""
    vote = closed(make_vote)
    seal = seal_box(world.secretary, vote, papers=2, where=WHERE)
    with clock.frozen(sealing.last_hour(vote.closes_at)):
        with pytest.raises(Conflict, match="不计入"):
            confirm_seal(world.worker, AtSeal(seal.id), papers=2)
        with pytest.raises(Conflict, match="不计入"):
            batch_of(world, vote)
        with pytest.raises(Conflict) as refusal:
            begin_count(world.secretary, vote)
    assert not any("再数一遍" in why for why in refusal.value.reasons)


def test_the_box_holds_no_more_than_there_are_owners(world: World, make_vote: MakeVote) -> None:
    vote = closed(make_vote)
    with pytest.raises(Invalid, match="不会有这么多"):
        seal_box(world.secretary, vote, papers=1_000_000, where=WHERE)
