"""The verbs in the room: coming and going, going through the agenda, speaking, motions and hands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock, door
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, Refusal
from portal.core.eventlog import Entry
from portal.councils.words import Category, TopicState
from portal.meetings import tally
from portal.meetings.actions import arriving, motions, parking, running, turns
from portal.meetings.models import Invitation, Meeting
from portal.meetings.presence import attendance_of, hands_on, voters_on
from portal.meetings.room import Hand, Motion, ParkedNote, Turn
from portal.meetings.sides import Side
from portal.meetings.speaking import Stance
from portal.meetings.tally import Choice
from portal.meetings.words import Arrival, MeetingState, MotionState, Reply
from portal.places.models import Place
from tests.meetings.conftest import THURSDAY, come, invitation_of, items_of, moved
from tests.world import World

SECRET = "secret"
M = MotionState


def refused(act: Callable[[], Any], kind: type[Refusal] = Conflict) -> Refusal:
    with pytest.raises(kind) as caught:
        act()
    return caught.value


def of(meeting: Meeting, world: World, name: str) -> int:
    return invitation_of(meeting, world.ids[name]).id


# ---- the door


def test_by_name_at_the_door(world: World, evening: Meeting) -> None:
    asked = invitation_of(evening, world.ids["owner"])
    arriving.check_in(world.worker, evening, invitation_id=asked.id)
    first = (asked.arrived_at, evening.version)
    with clock.frozen(THURSDAY):
        arriving.check_in(world.worker, evening, invitation_id=asked.id)
    assert (asked.arrived_at, evening.version) == first, "again changes nothing"
    assert asked.arrival is Arrival.NAME
    assert attendance_of(evening).sides[Side.RESIDENT].present == 1


def test_who_comes_himself_takes_his_seat_back(world: World, evening: Meeting) -> None:
    """By the code on the wall, by his card, by name at the door: one seat, one voice, and the right name on it."""
    asked = invitation_of(evening, world.ids["manager"])
    here = partial(arriving.check_in, world.worker, evening, invitation_id=asked.id)
    here(substitute="小周")
    code = door.code(SECRET, f"meeting:{evening.id}", clock.now())
    arriving.come(world.manager, evening, code=code, secret=SECRET)
    assert (asked.substitute, asked.reply, asked.present) == ("", Reply.YES, True)
    arriving.check_out(world.worker, evening, invitation_id=asked.id)
    here(substitute="小周")
    here()
    assert asked.substitute == "小周", "pressed once more nothing changes"
    seen = evening.version
    here(himself=True)
    assert (asked.substitute, asked.reply, evening.version) == ("", Reply.YES, seen + 1)


def test_whose_substitute_is_there_does_not_act_beside_him(world: World, put: Motion, open_: Meeting) -> None:
    asked = invitation_of(open_, world.ids["manager"])
    arriving.check_out(world.worker, open_, invitation_id=asked.id)
    arriving.check_in(world.worker, open_, invitation_id=asked.id, substitute="小周")
    for act in (
        partial(turns.declare_stake, world.manager, open_, what=""),
        partial(turns.ask_to_speak, world.manager, open_, stance=Stance.FOR),
        partial(motions.show_hand, world.manager, put, choice=Choice.FOR),
    ):
        assert "小周替您" in refused(act).reasons[0]
    motions.enter_hand(world.worker, put, invitation_id=asked.id, choice=Choice.FOR)


def test_a_substitute_sits_on_the_members_place(world: World, evening: Meeting) -> None:
    asked = invitation_of(evening, world.ids["manager"])
    arriving.check_in(world.worker, evening, invitation_id=asked.id, substitute="小周")
    assert (asked.substitute, asked.reply, asked.present) == ("小周", Reply.SUBSTITUTE, True)


def attended(meeting: Meeting) -> list[list[int]]:
    found = sa.select(Entry.payload).where(
        Entry.name == "meeting.attended", Entry.subject == f"meeting:{meeting.id}"
    )
    return [sorted(said["user_ids"]) for said in db.session.scalars(found.order_by(Entry.id))]


def test_who_was_there_is_said_once_it_was_held(world: World, evening: Meeting) -> None:
    """Not when they come: it may still be called off. Whoever sent somebody was not there himself."""
    come(world, evening, "owner", "chair", "secretary")
    arriving.check_in(world.worker, evening, invitation_id=of(evening, world, "manager"), substitute="小周")
    running.open_meeting(world.secretary, evening)
    assert attended(evening) == []
    running.close_meeting(world.secretary, evening)
    assert attended(evening) == [sorted(world.ids[name] for name in ("owner", "chair"))]


def test_nobody_says_of_himself_that_he_was_there(world: World, evening: Meeting) -> None:
    """The recorder keeps the door, and the code on the wall is on his own screen too: somebody else has to see him."""
    with transaction():
        evening.recorder_id = world.ids["owner"]
    own = of(evening, world, "owner")
    arriving.check_in(world.owner, evening, invitation_id=own)
    arriving.come(
        world.owner, evening, code=door.code(SECRET, f"meeting:{evening.id}", clock.now()), secret=SECRET
    )
    come(world, evening, "chair", "manager")
    arriving.check_in(world.worker, evening, invitation_id=of(evening, world, "secretary"))
    running.open_meeting(world.worker, evening)
    running.close_meeting(world.worker, evening)
    arriving.enter_arrival(world.owner, evening, invitation_id=own)
    there = [sorted(world.ids[name] for name in ("chair", "manager", "secretary"))]
    assert attended(evening) == there
    arriving.enter_arrival(world.worker, evening, invitation_id=own)
    assert attended(evening) == [*there, [world.ids["owner"]]]


def test_by_the_code_on_the_wall(world: World, evening: Meeting) -> None:
    shown = door.code(SECRET, f"meeting:{evening.id}", clock.now())
    arriving.come(world.owner, evening, code=shown, secret=SECRET)
    assert invitation_of(evening, world.ids["owner"]).arrival is Arrival.CODE
    guest = arriving.come(world.merchant, evening, code=shown, secret=SECRET)
    assert (guest.member, guest.uninvited, guest.side) == (False, True, Side.MERCHANT)
    with clock.frozen(clock.now() + timedelta(minutes=3)):
        late = refused(lambda: arriving.come(world.tenant, evening, code=shown, secret=SECRET), Invalid)
    assert "现在的码" in str(late)


def test_by_the_card_somebody_brings(world: World, evening: Meeting) -> None:
    card = door.card(SECRET, world.ids["owner"], "stamp-4")
    asked = arriving.check_in_card(world.worker, evening, card=card, secret=SECRET)
    assert (asked.user_id, asked.arrival) == (world.ids["owner"], Arrival.CARD)
    theirs = door.card(SECRET, world.ids["neighbour"], "stamp-10")
    for wrong in ("", "1-000000", card[:-1] + "x", theirs):
        refused(partial(arriving.check_in_card, world.worker, evening, card=wrong, secret=SECRET), Invalid)


def test_whom_nobody_asked_comes_all_the_same(world: World, evening: Meeting) -> None:
    guest = arriving.admit(world.worker, evening, who="路过的老李", side=Side.OTHER)
    assert (guest.uninvited, guest.member, guest.present) == (True, False, True)
    assert arriving.admit(world.worker, evening, who="路过的老李", side=Side.OTHER).id == guest.id
    known = arriving.admit(world.worker, evening, who="王秀兰", side=Side.OTHER)
    assert (known.member, known.side) == (True, Side.RESIDENT), "he was asked; only the clerk did not know"


def test_who_leaves_and_comes_back(world: World, put: Motion, open_: Meeting) -> None:
    turns.enter_speaker(world.secretary, open_, invitation_id=of(open_, world, "owner"), stance=Stance.FOR)
    motions.enter_hand(world.secretary, put, invitation_id=of(open_, world, "owner"), choice=Choice.FOR)
    arriving.check_out(world.secretary, open_, invitation_id=of(open_, world, "owner"))
    assert tally.named(hands_on(put), voters_on(put)) == (0, 0, 0), "who is away shows no hand"
    assert db.session.scalars(sa.select(Turn)).all() == []
    come(world, open_, "owner")
    assert tally.named(hands_on(put), voters_on(put)) == (1, 0, 0), "it was only a slip at the door"
    arriving.check_out(world.secretary, open_, invitation_id=of(open_, world, "owner"))
    arriving.check_in(world.secretary, open_, invitation_id=of(open_, world, "owner"), substitute="小王")
    assert tally.named(hands_on(put), voters_on(put)) == (0, 0, 0), "it was not the hand of whom he sent"
    assert invitation_of(open_, world.ids["owner"]).present


@pytest.mark.parametrize("name", ["tenant", "owner", "auditor", "manager"])
def test_who_does_not_keep_the_door(world: World, evening: Meeting, name: str) -> None:
    asked = of(evening, world, "owner")
    refused(lambda: arriving.check_in(world.actor(name), evening, invitation_id=asked), NotAllowed)


def test_nobody_is_checked_in_before_the_notice(world: World, meeting: Meeting) -> None:
    asked = of(meeting, world, "owner")
    refused(lambda: arriving.check_in(world.secretary, meeting, invitation_id=asked), NotAllowed)


# ---- opening, closing, the agenda


def test_it_is_not_opened_before_enough_are_there(world: World, evening: Meeting) -> None:
    come(world, evening, "owner")
    unmet = refused(lambda: running.open_meeting(world.secretary, evening)).unmet
    assert len(unmet) == 4, "the total and three sides"
    assert {u.cure for u in unmet} == {f"/meetings/{evening.id}/door"}
    come(world, evening, "chair", "manager", "secretary")
    running.open_meeting(world.secretary, evening)
    assert (evening.state, evening.opened_at) == (MeetingState.OPEN, clock.now())
    assert items_of(evening)[0].taken_up_at == clock.now()


def test_it_is_not_opened_days_before(world: World, called: Meeting) -> None:
    unmet = refused(lambda: running.open_meeting(world.secretary, called)).unmet
    assert unmet[0].cure == f"/meetings/{called.id}/moving"


def test_it_is_not_opened_before_those_come_who_read_the_notice(world: World, evening: Meeting) -> None:
    come(world, evening, "owner", "chair", "manager", "secretary")
    with clock.frozen(THURSDAY - timedelta(minutes=16)):
        unmet = refused(lambda: running.open_meeting(world.secretary, evening)).unmet
    assert unmet[0].cure == f"/meetings/{evening.id}/moving"
    running.open_meeting(world.secretary, evening)


def test_the_chair_and_the_recorder_run_the_room(world: World, evening: Meeting) -> None:
    come(world, evening, "chair", "manager", "secretary", "owner")
    with transaction():
        evening.chair_id = world.ids["owner"]
    running.open_meeting(world.owner, evening)
    refused(lambda: running.close_meeting(world.tenant, evening), NotAllowed)
    running.close_meeting(world.worker, evening)
    assert (evening.state, evening.closed_at) == (MeetingState.CLOSED, clock.now())


def test_one_item_after_the_other(world: World, open_: Meeting) -> None:
    first, second = items_of(open_)
    assert (first.done_at, second.done_at) == (clock.now(), None)
    running.take_up(world.secretary, open_, item_id=first.id)
    assert (first.done_at, second.done_at) == (None, clock.now())
    version = open_.version
    running.take_up(world.secretary, open_, item_id=first.id)
    assert open_.version == version


def test_nobody_goes_home_in_the_middle_of_a_show_of_hands(world: World, put: Motion, open_: Meeting) -> None:
    assert refused(lambda: running.close_meeting(world.secretary, open_)).unmet[0].cure
    refused(lambda: running.take_up(world.secretary, open_, item_id=items_of(open_)[0].id))


# ---- speaking


def test_a_stake_is_told_before_one_speaks(world: World, open_: Meeting) -> None:
    assert "利害" in str(refused(lambda: turns.ask_to_speak(world.owner, open_, stance=Stance.FOR)))
    turns.declare_stake(world.owner, open_, what="")
    turn = turns.ask_to_speak(world.owner, open_, stance=Stance.FOR)
    again = turns.ask_to_speak(world.owner, open_, stance=Stance.QUESTION)
    assert (again.id, again.stance) == (turn.id, Stance.QUESTION)
    turns.ask_no_more(world.owner, open_)
    assert db.session.scalars(sa.select(Turn)).all() == []


def test_two_turns_on_an_item(world: World, open_: Meeting) -> None:
    who = of(open_, world, "owner")
    for _ in range(2):
        turn = turns.enter_speaker(world.secretary, open_, invitation_id=who, stance=Stance.FOR)
        turns.give_turn(world.secretary, open_, turn_id=turn.id)
        version = open_.version
        turns.give_turn(world.secretary, open_, turn_id=turn.id)
        assert open_.version == version, "a second press calls nobody else"
        turns.end_turn(world.secretary, open_, turn_id=turn.id)
    refused(lambda: turns.enter_speaker(world.secretary, open_, invitation_id=who, stance=Stance.FOR))
    running.take_up(world.secretary, open_, item_id=items_of(open_)[0].id)
    assert turns.enter_speaker(world.secretary, open_, invitation_id=who, stance=Stance.FOR)


def test_the_next_speaker_ends_the_one_before(world: World, open_: Meeting) -> None:
    both = [
        turns.enter_speaker(world.secretary, open_, invitation_id=of(open_, world, n), stance=Stance.FOR)
        for n in ("owner", "chair")
    ]
    for turn in both:
        turns.give_turn(world.secretary, open_, turn_id=turn.id)
    assert [t.ended_at for t in both] == [clock.now(), None]
    strike = turns.enter_speaker(
        world.secretary, open_, invitation_id=of(open_, world, "manager"), stance=Stance.AGAINST
    )
    turns.strike_speaker(world.secretary, open_, turn_id=strike.id)
    assert db.session.get(Turn, strike.id) is None


def test_who_is_not_there_does_not_speak(world: World, open_: Meeting) -> None:
    refused(lambda: turns.declare_stake(world.tenant, open_, what=""))
    refused(lambda: turns.ask_to_speak(world.tenant, open_, stance=Stance.FOR))


# ---- motions


def test_from_the_motion_to_the_result(world: World, open_: Meeting) -> None:
    motion = moved(world, open_)
    assert moved(world, open_).id == motion.id, "the same key gives the same motion"
    refused(lambda: motions.second_motion(world.owner, motion))
    refused(lambda: motions.put_motion(world.secretary, motion))
    motions.second_motion(world.chair, motion)
    motions.put_motion(world.secretary, motion)
    for name, choice in (("owner", Choice.FOR), ("chair", Choice.AGAINST)):
        turns.declare_stake(world.actor(name), open_, what="")
        motions.show_hand(world.actor(name), motion, choice=choice)
    motions.show_hand(world.chair, motion, choice=Choice.FOR)
    motions.count_hands(world.secretary, motion, n_for=0, n_against=1, n_abstain=0)
    motions.decide_motion(world.secretary, motion)
    assert (motion.state, motion.n_for, motion.n_against, motion.n_abstain) == (M.CARRIED, 2, 1, 1)
    assert (motion.n_members, motion.n_present) == (4, 4)
    version = open_.version
    motions.decide_motion(world.secretary, motion)
    assert open_.version == version
    payload = db.session.scalars(sa.select(Entry).where(Entry.name == "motion.carried")).one().payload
    assert payload == {"motion_id": motion.id, "n_for": 2, "n_against": 1, "n_abstain": 1}


def test_a_member_moves_on_his_own_phone(world: World, open_: Meeting) -> None:
    move = partial(motions.move_motion, world.owner, open_)
    assert "利害" in str(refused(lambda: move(text="先修三处", once="a")))
    turns.declare_stake(world.owner, open_, what="")
    motion = move(text="先修三处", once="a")
    assert move(text="先修三处", once="a").id == motion.id, "the same key gives the same motion"
    assert (motion.moved_by_id, motion.entered_by_id) == (of(open_, world, "owner"), world.ids["owner"])
    change = move(text="先修五处", once="b", amends_id=motion.id)
    assert change.amends_id == motion.id
    assert "等结果" in str(refused(lambda: move(text="再来一个", once="c")))
    refused(lambda: motions.move_motion(world.tenant, open_, text="x", once="t"))
    acting = replace(world.chair, entered_by=world.ids["worker"])
    turns.declare_stake(world.chair, open_, what="")
    refused(lambda: motions.move_motion(acting, open_, text="x", once="acting"), NotAllowed)
    guest = arriving.admit(world.secretary, open_, who="孙朝晖", side=Side.MERCHANT)
    assert not guest.member
    turns.declare_stake(world.merchant, open_, what="")
    refused(lambda: motions.move_motion(world.merchant, open_, text="x", once="m"), Invalid)


def test_a_tie_does_not_carry(world: World, put: Motion) -> None:
    motions.count_hands(world.secretary, put, n_for=2, n_against=2, n_abstain=0)
    motions.decide_motion(world.secretary, put)
    assert put.state is M.LOST


def test_nothing_carries_without_a_side_that_must_be_there(world: World, put: Motion, open_: Meeting) -> None:
    """It went home in the middle of the show of hands: the hands are counted, and the reason is kept."""
    arriving.check_out(world.secretary, open_, invitation_id=of(open_, world, "manager"))
    motions.count_hands(world.secretary, put, n_for=3, n_against=0, n_abstain=0)
    motions.decide_motion(world.secretary, put)
    assert (put.state, put.n_for, put.lacking) == (M.LOST, 3, ["property"])


def test_one_tally_of_phones_and_hands(world: World, put: Motion, open_: Meeting) -> None:
    turns.declare_stake(world.owner, open_, what="")
    motions.show_hand(world.owner, put, choice=Choice.FOR)
    over = refused(
        lambda: motions.count_hands(world.secretary, put, n_for=4, n_against=0, n_abstain=0), Invalid
    )
    assert "3 人" in str(over)
    motions.count_hands(world.secretary, put, n_for=3, n_against=0, n_abstain=0)
    motions.count_hands(world.secretary, put, n_for=3, n_against=0, n_abstain=0)
    turns.declare_stake(world.chair, open_, what="")
    assert "两次" in str(refused(lambda: motions.show_hand(world.chair, put, choice=Choice.FOR)))
    motions.count_hands(world.secretary, put, n_for=0, n_against=0, n_abstain=0)
    motions.show_hand(world.chair, put, choice=Choice.FOR)
    motions.decide_motion(world.secretary, put)
    assert (put.n_for, put.n_abstain) == (2, 2)


def test_whoever_has_a_stake_shows_no_hand(world: World, put: Motion, open_: Meeting) -> None:
    refused(lambda: motions.show_hand(world.owner, put, choice=Choice.FOR))
    turns.declare_stake(world.owner, open_, what="")
    motions.show_hand(world.owner, put, choice=Choice.FOR)
    turns.declare_stake(world.owner, open_, what="施工队是我弟弟开的")
    assert db.session.scalars(sa.select(Hand)).all() == []
    assert "回避" in str(refused(lambda: motions.show_hand(world.owner, put, choice=Choice.FOR)))
    who = of(open_, world, "owner")
    refused(lambda: motions.enter_hand(world.secretary, put, invitation_id=who, choice=Choice.FOR))
    refused(lambda: motions.count_hands(world.secretary, put, n_for=4, n_against=0, n_abstain=0), Invalid)
    motions.decide_motion(world.secretary, put)
    assert (put.n_present, put.n_abstain) == (3, 3)


def test_amendments_first(world: World, open_: Meeting) -> None:
    motion = moved(world, open_)
    motions.second_motion(world.chair, motion)
    amendment = moved(world, open_, "十月底前换成塑木板", amends_id=motion.id)
    motions.enter_second(world.secretary, amendment, invitation_id=of(open_, world, "manager"))
    unmet = refused(lambda: motions.put_motion(world.secretary, motion)).unmet
    assert unmet[0].cure == f"/meetings/{open_.id}/motions"
    motions.put_motion(world.secretary, amendment)
    motions.count_hands(world.secretary, amendment, n_for=4, n_against=0, n_abstain=0)
    motions.decide_motion(world.secretary, amendment)
    assert motion.text == amendment.text
    motions.put_motion(world.secretary, motion)
    late = refused(lambda: moved(world, open_, "再改", amends_id=motion.id), Invalid)
    assert late.field == "amends_id"  # type: ignore[attr-defined]


def test_a_motion_is_taken_back_with_its_amendments(world: World, open_: Meeting) -> None:
    motion = moved(world, open_)
    amendment = moved(world, open_, "十月底前", amends_id=motion.id)
    motions.withdraw_motion(world.secretary, motion)
    assert (motion.state, amendment.state) == (M.WITHDRAWN, M.WITHDRAWN)


def test_one_motion_at_a_time_and_enough_there(world: World, put: Motion, open_: Meeting) -> None:
    other = moved(world, open_, "先修三处")
    motions.second_motion(world.chair, other)
    arriving.check_out(world.secretary, open_, invitation_id=of(open_, world, "manager"))
    unmet = refused(lambda: motions.put_motion(world.secretary, other)).unmet
    assert [u.cure.rpartition("/")[2] for u in unmet] == ["motions", "door"]


def test_a_guest_speaks_and_does_not_decide(world: World, open_: Meeting) -> None:
    guest = arriving.admit(world.secretary, open_, who="孙朝晖", side=Side.MERCHANT)
    assert turns.enter_speaker(world.secretary, open_, invitation_id=guest.id, stance=Stance.FOR)
    refused(lambda: moved(world, open_, moved_by_id=guest.id), Invalid)
    motion = moved(world, open_)
    refused(lambda: motions.second_motion(world.merchant, motion), Invalid)
    motions.second_motion(world.chair, motion)
    motions.put_motion(world.secretary, motion)
    turns.declare_stake(world.merchant, open_, what="")
    refused(lambda: motions.show_hand(world.merchant, motion, choice=Choice.FOR), Invalid)


# ---- the parking lot


def test_a_note_becomes_a_topic(world: World, open_: Meeting) -> None:
    note = parking.park_note(world.secretary, open_, text="东门的路灯也该换了", once="n")
    assert parking.park_note(world.secretary, open_, text="东门的路灯也该换了", once="n").id == note.id
    parking.leave_note(world.owner, open_, text="快递柜太少", once="n")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ParkedNote)) == 2
    refused(lambda: parking.leave_note(world.tenant, open_, text="x", once="t"))
    given = {"title": "东门换路灯", "category": Category.REPAIR, "place": world.get(Place, "estate")}
    topic = parking.raise_note(world.secretary, open_, note_id=note.id, **given)
    assert (topic.state, note.topic_id) == (TopicState.GATHERING, topic.id)
    assert parking.raise_note(world.secretary, open_, note_id=note.id, **given).id == topic.id


def test_rows_of_another_meeting_are_none_here(world: World, open_: Meeting) -> None:
    for act in (
        lambda: running.take_up(world.secretary, open_, item_id=0),
        lambda: turns.give_turn(world.secretary, open_, turn_id=0),
        lambda: arriving.check_in(world.secretary, open_, invitation_id=0),
        lambda: moved(world, open_, amends_id=0),
    ):
        refused(act, Invalid)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 4
