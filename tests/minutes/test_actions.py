"""Drafting, writing, reading and sealing minutes: who, when, twice, and from elsewhere."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock, ticks
from portal.core.actor import system
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.councils.models import Screening, Topic
from portal.councils.words import Party, TopicState
from portal.meetings.actions.arriving import enter_arrival
from portal.meetings.models import Invitation, Meeting
from portal.meetings.presence import end_of_day
from portal.minutes.actions.confirming import (
    answer_mark,
    confirm_line,
    confirm_rest,
    object_to_line,
    send_minutes,
)
from portal.minutes.actions.sealing import seal_minutes
from portal.minutes.actions.writing import add_addendum, state_outcome, write_section
from portal.minutes.events import MinutesSent
from portal.minutes.lifecycle import MINUTES
from portal.minutes.models import Addendum, Minutes, MinutesLine, MinutesMark
from portal.minutes.words import Heading, MinutesState, Outcome, Stance
from tests.meetings.conftest import THURSDAY, items_of
from tests.minutes.conftest import (
    UNTIL,
    core_item,
    lines,
    outcome,
    section,
    texts,
    tick,
    write,
    written,
)
from tests.world import World


def nobody_came(change: sa.Update) -> None:
    """The door was forgotten."""
    with transaction():
        db.session.execute(change)
    db.session.expire_all()


def test_closing_a_meeting_begins_its_minutes(world: World, draft: Minutes) -> None:
    item = core_item(draft)
    assert draft.recorder_id == world.ids["worker"]
    assert texts(draft, Heading.PRESENT) == [
        "居民：应到 1 人，到会 1 人。",
        "业委会：应到 1 人，到会 1 人。",
        "物业：应到 1 人，到会 1 人。",
        "社区：应到 1 人，到会 1 人。",
    ]
    assert texts(draft, Heading.SAID, item.id) == ["物业（赞成）："]
    assert "赞成 3，反对 1，弃权 0" in texts(draft, Heading.MOTIONS, item.id)[0]
    assert texts(draft, Heading.AGREED, item.id) == ["九月底前换成塑木板"]
    assert texts(draft, Heading.PARKED) == ["东门的路灯也该换了"]
    assert clock.local(draft.due_at).date() > THURSDAY.date()


def test_all_that_is_missing_is_said_at_once(world: World, draft: Minutes) -> None:
    unmet = MINUTES.unmet(world.worker, draft, MinutesSent)
    assert [u.cure for u in unmet] == [
        *(
            f"/minutes/{draft.id}/items/{i.id}/outcome"
            for i in items_of(db.session.get_one(Meeting, draft.meeting_id))
        ),
        f"/minutes/{draft.id}/sections/{section(draft, Heading.SAID, core_item(draft).id).id}",
    ]
    with pytest.raises(Conflict) as refused:
        send_minutes(world.worker, draft, until=UNTIL)
    assert len(refused.value.unmet) == 3
    assert draft.state is MinutesState.DRAFT


def test_minutes_without_anybody_are_not_sent(world: World, complete: Minutes) -> None:
    nobody_came(
        sa.update(Invitation).where(Invitation.meeting_id == complete.meeting_id).values(arrived_at=None)
    )
    with pytest.raises(Conflict) as refused:
        send_minutes(world.worker, complete, until=UNTIL)
    assert [u.cure for u in refused.value.unmet] == [f"/minutes/{complete.id}/attendance"]


def test_who_was_not_checked_in_is_entered_afterwards(world: World, draft: Minutes) -> None:
    meeting = db.session.get_one(Meeting, draft.meeting_id)
    nobody_came(sa.update(Invitation).where(Invitation.meeting_id == meeting.id).values(arrived_at=None))
    asked = db.session.scalars(sa.select(Invitation).where(Invitation.user_id == world.ids["chair"])).one()
    for _ in range(2):
        enter_arrival(world.worker, meeting, invitation_id=asked.id)
    assert "业委会：应到 1 人，到会 1 人。" in texts(draft, Heading.PRESENT)
    assert "物业：应到 1 人，到会 0 人。" in texts(draft, Heading.PRESENT)


def test_nobody_is_entered_once_they_are_out(world: World, sent: Minutes) -> None:
    meeting = db.session.get_one(Meeting, sent.meeting_id)
    asked = db.session.scalars(sa.select(Invitation).where(Invitation.user_id == world.ids["chair"])).one()
    nobody_came(sa.update(Invitation).where(Invitation.id == asked.id).values(arrived_at=None))
    with pytest.raises(Conflict, match="已经发出去"):
        enter_arrival(world.worker, meeting, invitation_id=asked.id)


def test_two_pens_do_not_cross(world: World, draft: Minutes) -> None:
    of = section(draft, Heading.MORE)
    write_section(world.worker, draft, section_id=of.id, version=0, text="先写的")
    with pytest.raises(Conflict, match="别人改过"):
        write_section(world.secretary, draft, section_id=of.id, version=0, text="后写的")
    assert texts(draft, Heading.MORE) == ["先写的"]
    write_section(world.worker, draft, section_id=of.id, version=1, text="先写的")
    assert of.version == 1, "the same words are no new version"


def test_what_the_meeting_recorded_is_not_written_by_hand(world: World, draft: Minutes) -> None:
    of = section(draft, Heading.MOTIONS, core_item(draft).id)
    with pytest.raises(Conflict):
        write_section(world.worker, draft, section_id=of.id, version=of.version, text="四比零")


@pytest.mark.parametrize("text", ["一" * 1001, "\n".join("行" for _ in range(31))])
def test_too_much_is_refused(world: World, draft: Minutes, text: str) -> None:
    with pytest.raises(Invalid):
        write(world, draft, Heading.MORE, text)


def test_a_resolution_needs_a_motion_that_carried(world: World, draft: Minutes) -> None:
    other = next(i for i in items_of(db.session.get_one(Meeting, draft.meeting_id)) if not i.topic_id)
    with pytest.raises(Invalid):
        outcome(world, draft, other, Outcome.RESOLVED)
    with pytest.raises(Invalid):
        outcome(world, draft, core_item(draft), Outcome.PASSED_ON)
    with pytest.raises(Invalid):
        outcome(world, draft, core_item(draft), Outcome.HEARD)
    outcome(world, draft, core_item(draft), Outcome.AGAIN)
    outcome(world, draft, core_item(draft), Outcome.RESOLVED)
    assert texts(draft, Heading.OUTCOME, core_item(draft).id) == ["表决通过：会议议定：九月底前换成塑木板。"]


def test_an_outcome_is_not_overwritten_unseen(world: World, complete: Minutes) -> None:
    with pytest.raises(Conflict):
        state_outcome(
            world.secretary,
            complete,
            item_id=core_item(complete).id,
            version=0,
            kind=Outcome.NONE,
            said="没有",
        )


@pytest.mark.parametrize("hours", [23, 24 * 15])
def test_there_is_time_to_read_and_not_too_much(world: World, complete: Minutes, hours: int) -> None:
    with pytest.raises(Invalid):
        send_minutes(world.worker, complete, until=clock.now() + timedelta(hours=hours))


def test_sent_out_once(world: World, sent: Minutes) -> None:
    assert sent.confirm_until == UNTIL
    with pytest.raises(NotAllowed):
        send_minutes(world.worker, sent, until=UNTIL)


def test_who_reads_what_when(world: World, draft: Minutes) -> None:
    def see(name: str) -> bool:
        try:
            confirm_rest(world.actor(name), draft)
        except NotVisible:
            return False
        except NotAllowed:
            pass
        return True

    assert [n for n in ("owner", "tenant", "chair", "worker", "visitor", "neighbour") if see(n)] == ["worker"]
    written(world, draft)
    send_minutes(world.worker, draft, until=UNTIL)
    assert [n for n in ("owner", "tenant", "chair", "visitor", "neighbour") if see(n)] == ["owner", "chair"]


def test_those_who_were_there_say_it_is_right(world: World, sent: Minutes) -> None:
    for _ in range(2):
        confirm_rest(world.owner, sent)
    marks = db.session.scalars(sa.select(MinutesMark)).all()
    assert {m.stance for m in marks} == {Stance.RIGHT}
    assert len(marks) == len(db.session.scalars(sa.select(MinutesLine)).all())
    with pytest.raises(NotAllowed):
        confirm_rest(world.worker, sent)
    with pytest.raises(NotVisible):
        confirm_rest(world.tenant, sent)
    with pytest.raises(NotVisible):
        confirm_rest(world.neighbour, sent)


def test_objecting_and_changing_ones_mind(world: World, sent: Minutes) -> None:
    line = lines(sent, Heading.SAID, core_item(sent).id)[0]
    for reason in ("我说的是下个月", "我说的是下个月", "是八月"):
        object_to_line(world.manager, sent, line_id=line.id, reason=reason)
    mark = db.session.scalars(sa.select(MinutesMark)).one()
    assert (mark.stance, mark.reason) == (Stance.WRONG, "是八月")
    with pytest.raises(Invalid):
        object_to_line(world.manager, sent, line_id=line.id, reason="")
    confirm_line(world.manager, sent, line_id=line.id)
    assert mark.stance is Stance.RIGHT
    confirm_rest(world.manager, sent)
    assert mark.stance is Stance.RIGHT


def test_nobody_confirms_or_takes_back_for_somebody_else(world: World, sent: Minutes) -> None:
    """The recorder at the counter would take back what was said against his own draft."""
    line = lines(sent, Heading.SAID, core_item(sent).id)[0]
    object_to_line(world.owner, sent, line_id=line.id, reason="不是这么说的")
    acting = replace(world.owner, entered_by=world.ids["worker"])
    for say in (
        lambda: confirm_line(acting, sent, line_id=line.id),
        lambda: confirm_rest(acting, sent),
        lambda: object_to_line(acting, sent, line_id=line.id, reason="没事了"),
    ):
        with pytest.raises(NotAllowed, match="本人"):
            say()
    mark = db.session.scalars(sa.select(MinutesMark)).one()
    assert (mark.stance, mark.reason) == (Stance.WRONG, "不是这么说的")


def test_confirming_the_rest_leaves_an_objection(world: World, sent: Minutes) -> None:
    line = lines(sent, Heading.SAID, core_item(sent).id)[0]
    object_to_line(world.owner, sent, line_id=line.id, reason="不是这么说的")
    confirm_rest(world.owner, sent)
    wrong = db.session.scalars(sa.select(MinutesMark).where(MinutesMark.stance == Stance.WRONG)).all()
    assert [m.line_id for m in wrong] == [line.id]


def test_an_objection_is_answered_by_somebody_else_once(world: World, sent: Minutes) -> None:
    line = lines(sent, Heading.SAID, core_item(sent).id)[0]
    object_to_line(world.secretary, sent, line_id=line.id, reason="漏了我的话")
    mark = db.session.scalars(sa.select(MinutesMark)).one()
    with pytest.raises(Conflict, match="自己提的"):
        answer_mark(world.secretary, sent, mark_id=mark.id, answer="没有漏")
    with pytest.raises(Invalid):
        answer_mark(world.worker, sent, mark_id=mark.id, answer="")
    answer_mark(world.worker, sent, mark_id=mark.id, answer="录音里没有这句")
    with pytest.raises(Conflict, match="已经答复"):
        answer_mark(world.worker, sent, mark_id=mark.id, answer="再答一次")
    object_to_line(world.secretary, sent, line_id=line.id, reason="录音没开")
    assert mark.answered_at is None, "a new reason asks for another answer"


def test_a_correction_is_read_again(world: World, sent: Minutes) -> None:
    confirm_rest(world.owner, sent)
    line = lines(sent, Heading.SAID, core_item(sent).id)[0]
    object_to_line(world.manager, sent, line_id=line.id, reason="是八月")
    with clock.frozen(UNTIL - timedelta(hours=2)):
        write(
            world,
            sent,
            Heading.SAID,
            "物业（赞成）：样品八月送到。\n居民（提问）：防不防滑？",
            core_item(sent).id,
        )
        assert sent.confirm_until == UNTIL + timedelta(hours=22)
        assert (line.text, line.version) == ("物业（赞成）：样品八月送到。", 3)
        mark = db.session.scalars(sa.select(MinutesMark).where(MinutesMark.stance == Stance.WRONG)).one()
        with pytest.raises(Conflict, match="已经改过"):
            answer_mark(world.worker, sent, mark_id=mark.id, answer="改了")
        before = len(db.session.scalars(sa.select(MinutesMark)).all())
        confirm_rest(world.owner, sent)
        assert len(db.session.scalars(sa.select(MinutesMark)).all()) == before + 2, "the changed and the new"
    with clock.frozen(UNTIL + timedelta(hours=1)):
        confirm_line(world.manager, sent, line_id=line.id)


def test_a_line_that_is_struck_stays_in_the_file(world: World, sent: Minutes) -> None:
    line = lines(sent, Heading.PARKED)[0]
    object_to_line(world.owner, sent, line_id=line.id, reason="没人说过")
    write(world, sent, Heading.PARKED, "")
    assert line.struck_at is not None
    with pytest.raises(Conflict, match="划去"):
        confirm_line(world.owner, sent, line_id=line.id)
    with clock.frozen(UNTIL):
        tick()
    assert sent.state is MinutesState.SEALED, "what it was about is gone"


def test_nothing_is_said_after_the_hour(world: World, sent: Minutes) -> None:
    with clock.frozen(UNTIL):
        with pytest.raises(NotAllowed, match="时间过了"):
            confirm_rest(world.owner, sent)
        with pytest.raises(NotAllowed):
            object_to_line(world.owner, sent, line_id=lines(sent, Heading.PARKED)[0].id, reason="晚了")


def test_not_sealed_before_the_hour_nor_over_an_objection(world: World, sent: Minutes) -> None:
    with pytest.raises(Conflict, match="还没到"):
        seal_minutes(world.worker, sent)
    line = lines(sent, Heading.PARKED)[0]
    object_to_line(world.owner, sent, line_id=line.id, reason="没人说过")
    with clock.frozen(UNTIL):
        tick()
        assert str(sent.state) == "sent"
        with pytest.raises(Conflict) as refused:
            seal_minutes(world.worker, sent)
        assert refused.value.unmet[0].cure == f"/minutes/{sent.id}#objections"
        mark = db.session.scalars(sa.select(MinutesMark)).one()
        answer_mark(world.worker, sent, mark_id=mark.id, answer="记录人听见的")
        tick()
        assert sent.state is MinutesState.SEALED


def test_sealed_minutes_are_numbered_hashed_and_masked(world: World, sealed: Minutes) -> None:
    assert sealed.number == "纪〔2026〕001号"
    assert sealed.digest == digest(sealed.text)
    assert sealed.public_digest == digest(sealed.public_text)
    full, public = json.loads(sealed.text), json.loads(sealed.public_text)
    assert full["number"] == sealed.number
    assert "王秀兰" in sealed.text
    assert "王秀兰" not in sealed.public_text
    assert "王**" in sealed.public_text
    assert public["masked"]
    assert not full["masked"]
    assert full["read"] == {"present": 4, "asked": 4, "all": 0, "on_paper": 0}
    tick()
    assert db.session.scalars(sa.select(Minutes.serial)).all() == [1]


def test_nothing_changes_afterwards(world: World, sealed: Minutes) -> None:
    of = section(sealed, Heading.MORE)
    with pytest.raises(NotAllowed, match="定稿"):
        write_section(world.worker, sealed, section_id=of.id, version=of.version, text="再加一句")
    with pytest.raises(NotAllowed):
        outcome(world, sealed, core_item(sealed), Outcome.NONE)
    with pytest.raises(NotAllowed):
        confirm_rest(world.owner, sealed)
    with pytest.raises(NotAllowed):
        seal_minutes(world.secretary, sealed)


def test_what_was_forgotten_is_added(world: World, sealed: Minutes) -> None:
    for _ in range(2):
        first = add_addendum(world.worker, sealed, text="王秀兰补充：要防滑。", once="one")
    second = add_addendum(world.secretary, sealed, text="样品已到。", once="two")
    assert [a.position for a in db.session.scalars(sa.select(Addendum).order_by(Addendum.id))] == [1, 2]
    assert first.public_text == "王**补充：要防滑。"
    assert len({sealed.digest, first.digest, second.digest}) == 3
    with pytest.raises(NotAllowed):
        add_addendum(world.owner, sealed, text="我也补", once="three")
    with pytest.raises(NotVisible):
        add_addendum(world.other_secretary, sealed, text="别的社区", once="four")


def test_nothing_is_added_before(world: World, sent: Minutes) -> None:
    with pytest.raises(NotAllowed, match="直接改"):
        add_addendum(world.worker, sent, text="补", once="one")


@pytest.mark.parametrize(
    ("kind", "said", "to", "state", "holder"),
    [
        (Outcome.CONSENSUS, "agreed", "", TopicState.DECIDED, Party.COMMUNITY),
        (Outcome.RESOLVED, "carried", "", TopicState.DECIDED, Party.COMMUNITY),
        (Outcome.AGAIN, "deferred", "", TopicState.DELIBERATING, Party.COMMUNITY),
        (Outcome.STATUTORY, "left_to_owners", "", TopicState.DELIBERATING, Party.COMMITTEE),
        (Outcome.PASSED_ON, "passed_on", "街道办", TopicState.REFERRED, Party.COMMUNITY),
        (Outcome.NONE, "left_open", "", TopicState.DELIBERATING, Party.COMMUNITY),
    ],
)
def test_the_topic_goes_where_the_outcome_says(
    world: World,
    draft: Minutes,
    deliberating: Topic,
    kind: Outcome,
    said: str,
    to: str,
    state: TopicState,
    holder: Party,
) -> None:
    written(world, draft, kind, to)
    send_minutes(world.worker, draft, until=UNTIL)
    assert deliberating.state is TopicState.DELIBERATING, "not before those who were there have read it"
    with clock.frozen(UNTIL):
        tick()
    assert (deliberating.state, deliberating.held_by) == (state, holder)
    entry = db.session.scalars(sa.select(Entry).where(Entry.name == f"minutes.{said}")).one()
    assert entry.story == f"topic:{deliberating.id}"
    if to:
        told = db.session.scalars(sa.select(Screening).order_by(Screening.id.desc())).first()
        assert told
        assert (told.referred_to, told.reason) == (to, "会议议定：九月底前换成塑木板。")


def test_a_meeting_that_nobody_closed_has_its_draft_and_no_outcome(world: World, open_: Meeting) -> None:
    with clock.frozen(end_of_day(open_.ends_at)):
        ticks.JOBS["meetings_lapse"](system())
        draft = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == open_.id)).one()
        assert "没有人宣布散会" in texts(draft, Heading.PRESENT)[-1]
        unmet = MINUTES.unmet(world.worker, draft, MinutesSent)
        assert len([u for u in unmet if u.cure.endswith("/outcome")]) == len(items_of(open_))
