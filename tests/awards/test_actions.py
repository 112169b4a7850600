"""Who announces, nominates, reviews, opens, objects, answers; when, twice, and from elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.accounts.models import User
from portal.awards.actions.announcing import (
    Kind,
    announce_award,
    cancel_award,
    close_due_nominations,
    close_nominations,
    drop_category,
    extend_nominations,
)
from portal.awards.actions.certifying import finish_award, revoke_certificate
from portal.awards.actions.nominating import (
    be_named,
    consent,
    decline,
    nominate,
    nominate_for,
    record_consent,
)
from portal.awards.actions.posting import answer_name_objection, object_to_name, post_names
from portal.awards.actions.reviewing import admit_nominee, merge_nominee, refuse_nominee
from portal.awards.actions.voting import open_vote, vote_again
from portal.awards.models import Award, AwardCertificate, Nomination, Nominee
from portal.awards.words import AwardState, Days, NomineeState, Ties, Verdict, Whom
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible, Refusal
from portal.core.eventlog import Entry, Visibility
from portal.places.models import Place
from portal.voting.actions.closing import annul_poll, certify_poll, close_poll
from portal.voting.actions.ties import announce_lot, call_run_off, draw_lot
from portal.voting.box import titles
from portal.voting.draw import digits, drawn
from portal.voting.models import Poll
from portal.voting.words import Outcome, PollState
from tests.awards.conftest import (
    CLOSED,
    GROUPS,
    LATER,
    SAID,
    SEED,
    UNTIL,
    announced,
    categories,
    certified,
    council_of,
    counted,
    finished,
    nominee_named,
    on_ballot,
    posted,
    put,
    put_forward,
    vote,
)
from tests.world import NOW, World

S, N = AwardState, NomineeState

# ---- announcing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["owner", "chair", "manager", "auditor", "other_secretary", "visitor"])
def test_only_staff_announce(world: World, name: str) -> None:
    council_of(world)
    with pytest.raises((NotAllowed, NotVisible)):
        announce_award(world.actor(name), world.get(Place, "community"), said=SAID, once="a")


def test_the_same_form_twice_is_one_award(world: World) -> None:
    assert announced(world, "one").id == announced(world, "one").id


def test_without_a_council_nobody_holds_the_poll(world: World) -> None:
    with pytest.raises(Conflict) as refused:
        announce_award(world.secretary, world.get(Place, "community"), said=SAID, once="a")
    assert refused.value.unmet[0].cure


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"criteria": ""}, "criteria"),
        ({"order_source": " "}, "order_source"),
        ({"nominate_until": NOW}, "nominate_until"),
        ({"nominate_until": NOW + timedelta(days=91)}, "nominate_until"),
        ({"vote_days": 2}, "vote_days"),
        ({"posting_days": 4}, "posting_days"),
        ({"posting_days": 6, "posting_kind": Days.CALENDAR}, "posting_days"),
        ({"categories": ()}, "categories"),
        ({"categories": (Kind("个人", Whom.PERSON, 0),)}, "categories"),
        ({"categories": (Kind("个人", Whom.PERSON, 1), Kind("个人", Whom.GROUP, 1))}, "categories"),
    ],
)
def test_what_cannot_be_announced(world: World, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        announced(world, "award", **given)
    assert refused.value.field == field


# ---- nominating ----------------------------------------------------------------------------------


def test_whoever_lives_or_works_there_nominates(world: World, award: Award) -> None:
    for n, name in enumerate(("owner", "tenant", "merchant", "worker", "manager")):
        nominate(world.actor(name), award, put=put(award, f"候选{n}号"), once=name)


@pytest.mark.parametrize("name", ["neighbour", "other_secretary", "visitor"])
def test_strangers_do_not(world: World, award: Award, name: str) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        nominate(world.actor(name), award, put=put(award, "周大爷"), once=name)


def test_not_after_the_hour(world: World, award: Award) -> None:
    with clock.frozen(UNTIL), pytest.raises(NotAllowed):
        nominate(world.actor("owner"), award, put=put(award, "周大爷"), once="late")


def test_the_same_person_is_one_nominee_with_two_nominators(world: World, award: Award) -> None:
    first = nominate(world.owner, award, put=put(award, "周 大爷"), once="1")
    again = nominate(world.owner, award, put=put(award, "周大爷"), once="1")
    second = nominate(world.tenant, award, put=put(award, "周大爷", where="12 号楼"), once="2")
    assert first.id == again.id == second.id
    assert second.nominators == 2
    with pytest.raises(Conflict):
        nominate(world.owner, award, put=put(award, "周大爷"), once="3")


def test_namesakes_from_elsewhere_are_two(world: World, award: Award) -> None:
    first = nominate(world.owner, award, put=put(award, "周大爷"), once="1")
    assert nominate(world.tenant, award, put=put(award, "周大爷", where="3号楼"), once="2").id != first.id


def test_an_account_is_found_by_phone_and_name_together(world: World, award: Award) -> None:
    phone = world.get(User, "tenant").phone
    right = nominate(world.owner, award, put=put(award, "赵强", phone=phone), once="1")
    wrong = nominate(world.owner, award, put=put(award, "王五", phone=phone), once="2")
    assert (right.user_id, right.contact) == (world.ids["tenant"], "")
    assert (wrong.user_id, wrong.contact) == (None, phone)
    assert right.consent_at is None


def test_who_nominates_himself_has_said_so(world: World, award: Award) -> None:
    own = nominate(world.owner, award, put=put(award, "王秀兰", himself=True), once="1")
    assert own.user_id == world.ids["owner"]
    assert own.consent_at


def test_one_person_puts_three_forward(world: World, award: Award) -> None:
    for n in range(3):
        nominate(world.owner, award, put=put(award, f"候选{n}号"), once=str(n))
    with pytest.raises(Conflict):
        nominate(world.owner, award, put=put(award, "候选9号"), once="9")


def test_at_the_counter_for_somebody_without_an_account(world: World, award: Award) -> None:
    nominee = nominate_for(world.worker, award, put=put(award, "周大爷"), spoken_for="李阿姨", once="1")
    row = db.session.scalars(sa.select(Nomination).where(Nomination.nominee_id == nominee.id)).one()
    assert (row.by_id, row.spoken_for) == (None, "李阿姨")
    nominate_for(world.worker, award, put=put(award, "周大爷"), spoken_for="王伯伯", once="2")
    assert nominee.nominators == 2
    with pytest.raises(Conflict):
        nominate_for(world.secretary, award, put=put(award, "周大爷"), spoken_for="李 阿姨", once="3")
    with pytest.raises(NotAllowed):
        nominate_for(world.owner, award, put=put(award, "周大爷"), spoken_for="李阿姨", once="4")


def test_what_is_said_of_nominations_is_for_staff(world: World, award: Award) -> None:
    nominate(world.owner, award, put=put(award, "周大爷"), once="1")
    seen = db.session.scalars(sa.select(Entry.visibility).where(Entry.name == "nominee.nominated")).all()
    assert seen == [Visibility.STAFF]


# ---- consent -------------------------------------------------------------------------------------


def linked(world: World, award: Award) -> Nominee:
    phone = world.get(User, "tenant").phone
    return nominate(world.owner, award, put=put(award, "赵强", phone=phone), once="linked")


def test_the_nominee_himself_consents_or_declines(world: World, award: Award) -> None:
    nominee = linked(world, award)
    for name in ("owner", "worker", "secretary"):
        with pytest.raises((NotAllowed, NotVisible)):
            consent(world.actor(name), nominee, named=True)
    with pytest.raises(NotAllowed):
        record_consent(world.worker, nominee, how="电话", agreed=True)
    consent(world.tenant, nominee, named=True)
    assert nominee.consent_at
    assert nominee.named
    decline(world.tenant, nominee)
    assert nominee.state is N.DECLINED


def test_staff_write_down_how_somebody_without_an_account_said_it(world: World, award: Award) -> None:
    nominee = nominate(world.owner, award, put=put(award, "周大爷"), once="1")
    with pytest.raises(Invalid):
        record_consent(world.worker, nominee, how=" ", agreed=True)
    record_consent(world.worker, nominee, how="当面说的", agreed=True, named=False)
    assert nominee.consent_how
    other = nominate(world.owner, award, put=put(award, "钱奶奶"), once="2")
    record_consent(world.worker, other, how="电话里说不参加", agreed=False)
    assert other.state is N.DECLINED


def test_naming_is_his_own_word_at_any_time(world: World, award: Award) -> None:
    nominee = linked(world, award)
    be_named(world.tenant, nominee, named=True)
    assert nominee.named
    with pytest.raises(NotAllowed):
        be_named(world.worker, nominee, named=False)
    be_named(world.tenant, nominee, named=False)
    assert not nominee.named


# ---- review --------------------------------------------------------------------------------------


def test_nobody_is_admitted_without_his_word(world: World, award: Award) -> None:
    nominee = linked(world, award)
    with pytest.raises(Conflict) as refused:
        admit_nominee(world.worker, nominee, about="热心人")
    assert refused.value.unmet[0].cure == f"/nominees/{nominee.id}"


def test_nobody_reviews_himself_or_whom_he_nominated(world: World, award: Award) -> None:
    himself = nominate(world.worker, award, put=put(award, "沈佳慧", himself=True), once="1")
    his = nominate(world.worker, award, put=put(award, "周大爷"), once="2")
    for nominee in (himself, his):
        with pytest.raises(NotAllowed):
            refuse_nominee(world.worker, nominee, reason="不合条件")
    admit_nominee(world.secretary, himself, about="热心人")
    refuse_nominee(world.secretary, his, reason="去年评过，今年让别人。")
    assert his.state is N.REFUSED


def test_at_the_counter_staff_only_hold_the_pen(world: World, award: Award) -> None:
    nominee = nominate_for(world.worker, award, put=put(award, "周大爷"), spoken_for="李阿姨", once="1")
    record_consent(world.worker, nominee, how="当面", agreed=True)
    admit_nominee(world.worker, nominee, about="热心人")


def test_a_refusal_has_its_reason(world: World, award: Award) -> None:
    nominee = linked(world, award)
    with pytest.raises(Invalid):
        refuse_nominee(world.worker, nominee, reason="")
    with pytest.raises(NotAllowed):
        refuse_nominee(world.tenant, nominee, reason="不想")
    refuse_nominee(world.worker, nominee, reason="不住在本社区了。")
    with pytest.raises(Conflict):
        nominate(world.merchant, award, put=put(award, "赵强"), once="again")


def test_two_entries_of_one_person_are_put_together(world: World, award: Award) -> None:
    first = nominate(world.owner, award, put=put(award, "周大爷"), once="1")
    second = nominate(world.tenant, award, put=put(award, "周德生"), once="2")
    nominate(world.owner, award, put=put(award, "周德生"), once="3")
    record_consent(world.worker, second, how="当面", agreed=True, named=True)
    merge_nominee(world.worker, second, into_id=first.id)
    assert second.state is N.MERGED
    assert first.nominators == 2  # the owner put both forward and counts once
    assert first.consent_at


def test_nothing_of_another_category_is_put_together(world: World, award: Award) -> None:
    first = nominate(world.owner, award, put=put(award, "周大爷"), once="1")
    group = nominate(world.owner, award, put=put(award, "护绿队", 1), once="2")
    with pytest.raises(NotVisible):
        merge_nominee(world.worker, first, into_id=group.id)
    with pytest.raises(Invalid):
        merge_nominee(world.worker, first, into_id=first.id)


# ---- the vote ------------------------------------------------------------------------------------


def test_the_clock_closes_nominations(world: World, award: Award) -> None:
    with pytest.raises(Refusal):
        close_nominations(world.secretary, award)
    with clock.frozen(LATER):
        assert close_due_nominations(system()) == 1
        assert close_due_nominations(system()) == 0
    assert award.state is S.REVIEWING


def test_the_ballot_waits_for_review_and_for_a_choice(world: World, award: Award) -> None:
    nominees = put_forward(world, award)
    with clock.frozen(LATER):
        close_nominations(world.secretary, award)
        with pytest.raises(Conflict) as refused:
            open_vote(world.secretary, award, seed=SEED)
    assert all(unmet.cure for unmet in refused.value.unmet)
    for nominee in nominees[:4]:
        admit_nominee(world.worker, nominee, about="热心人")
    refuse_nominee(world.worker, nominees[4], reason="不合条件")
    with clock.frozen(LATER):
        with pytest.raises(Conflict) as refused:
            open_vote(world.secretary, award, seed=SEED)
        assert len(refused.value.unmet) == 1  # one group for one place
        drop_category(world.worker, award, category_id=categories(award)[1].id, reason="只有一个集体")
        open_vote(world.secretary, award, seed=SEED)
    assert award.state is S.VOTING
    assert categories(award)[1].poll_id is None


def test_the_paper_follows_the_public_number(world: World, award: Award) -> None:
    polls = on_ballot(world, award)
    assert award.order_seed == digits(SEED)
    assert titles(polls[0].id) == drawn(award.order_seed, ["王秀兰", "赵强", "周大爷"])
    assert [p.state for p in polls] == [PollState.OPEN] * 2
    assert polls[0].topic_id is None
    assert polls[0].story == award.story


def test_only_staff_open_and_with_the_number(world: World, award: Award) -> None:
    put_forward(world, award)
    with clock.frozen(LATER):
        close_nominations(world.secretary, award)
        with pytest.raises(NotAllowed):
            open_vote(world.chair, award, seed=SEED)
        with pytest.raises(Invalid):
            open_vote(world.secretary, award, seed=" ")


def test_nobody_comes_or_goes_once_papers_are_out(world: World, award: Award) -> None:
    on_ballot(world, award)
    nominee = nominee_named(award, "赵强")
    with pytest.raises(Conflict):
        decline(world.tenant, nominee)
    with pytest.raises(NotAllowed):
        extend_nominations(world.secretary, award, until=CLOSED, reason="再等等")


def test_the_count_becomes_the_ranking(world: World, award: Award) -> None:
    counted(world, award)
    assert award.state is S.COUNTED
    found = sa.select(Nominee.name, Nominee.votes, Nominee.rank, Nominee.honoured)
    people = found.where(Nominee.category_id == categories(award)[0].id).order_by(Nominee.rank)
    assert [tuple(row) for row in db.session.execute(people)] == [
        ("王秀兰", 3, 1, True),
        ("周大爷", 2, 2, False),
        ("赵强", 0, 3, False),
    ]


def test_who_is_level_is_drawn_in_public(world: World) -> None:
    award = announced(world)
    polls = on_ballot(world, award)
    vote(world, polls[0], owner="赵强", tenant="周大爷")
    vote(world, polls[1], owner=GROUPS[1])
    with clock.frozen(CLOSED):
        for poll in polls:
            close_poll(world.secretary, poll)
        certify_poll(world.secretary, polls[1], outcome=Outcome.SETTLED)
        with pytest.raises(Invalid):
            certify_poll(world.secretary, polls[0], outcome=Outcome.SETTLED)
        with pytest.raises(Conflict):
            call_run_off(world.secretary, polls[0])
        draws_at = CLOSED + timedelta(days=1)
        announce_lot(
            world.secretary,
            polls[0],
            source="双色球第 2026074 期",
            digits=4,
            draws_at=draws_at,
            first_witness="张桂兰",
            second_witness="刘大明",
        )
    with clock.frozen(draws_at):
        draw_lot(world.secretary, polls[0], seed="01 02")
        certify_poll(world.secretary, polls[0], outcome=Outcome.SETTLED)
    honoured = sa.select(Nominee.rank).where(Nominee.category_id == categories(award)[0].id, Nominee.honoured)
    assert db.session.scalars(honoured).all() == [1]
    assert award.state is S.COUNTED


def test_or_all_who_are_level_are_honoured_where_that_was_said(world: World) -> None:
    award = announced(world, ties=Ties.ALL)
    polls = on_ballot(world, award)
    vote(world, polls[0], owner="赵强", tenant="周大爷")
    vote(world, polls[1], owner=GROUPS[1])
    certified(world, polls)
    assert nominee_named(award, "赵强").honoured
    assert nominee_named(award, "周大爷").honoured


def test_a_void_poll_is_held_again_or_left_out(world: World, award: Award) -> None:
    polls = on_ballot(world, award)
    with clock.frozen(LATER):
        with pytest.raises(Conflict) as refused:
            cancel_award(world.secretary, award, reason="不办了")
        assert len(refused.value.unmet) == 2
        annul_poll(world.secretary, polls[0], reason="名字印错了")
        vote_again(world.secretary, award, category_id=categories(award)[0].id)
        with pytest.raises(Conflict):
            vote_again(world.secretary, award, category_id=categories(award)[0].id)
        again = db.session.get_one(Poll, categories(award)[0].poll_id)
        assert titles(again.id) == titles(polls[0].id)
        annul_poll(world.secretary, again, reason="又错了")
        drop_category(world.worker, award, category_id=categories(award)[0].id, reason="今年不评个人")
    vote(world, polls[1], owner=GROUPS[0])
    certified(world, polls[1:])
    assert award.state is S.COUNTED


def test_a_count_that_is_not_taken_is_voted_on_again(world: World, award: Award) -> None:
    polls = on_ballot(world, award)
    with clock.frozen(CLOSED):
        close_poll(world.secretary, polls[0])
        certify_poll(world.secretary, polls[0], outcome=Outcome.RETURNED, reason="没有人投票")
        assert categories(award)[0].poll_id is None
        vote_again(world.secretary, award, category_id=categories(award)[0].id)
    assert award.state is S.VOTING


def test_leaving_the_last_open_category_out_counts_the_award(world: World, award: Award) -> None:
    polls = on_ballot(world, award)
    vote(world, polls[1], owner=GROUPS[0])
    certified(world, polls[1:])
    with clock.frozen(CLOSED):
        annul_poll(world.secretary, polls[0], reason="名字印错了")
        drop_category(world.worker, award, category_id=categories(award)[0].id, reason="今年不评个人")
    assert award.state is S.COUNTED


def test_an_award_is_called_off_with_the_reason(world: World, award: Award) -> None:
    with pytest.raises(Invalid):
        cancel_award(world.secretary, award, reason="")
    with pytest.raises(NotAllowed):
        cancel_award(world.worker, award, reason="没有人提名")
    cancel_award(world.secretary, award, reason="没有人提名")
    assert award.state is S.CANCELLED


def test_nominations_are_given_longer(world: World, award: Award) -> None:
    with pytest.raises(Invalid):
        extend_nominations(world.worker, award, until=UNTIL, reason="提的人少")
    with clock.frozen(LATER):
        close_nominations(world.secretary, award)
        extend_nominations(world.actor("worker"), award, until=CLOSED, reason="提的人少")
        nominate(world.actor("owner"), award, put=put(award, "周大爷"), once="late")
    assert award.state is S.NOMINATING


# ---- posting -------------------------------------------------------------------------------------


def test_who_stands_does_not_post_or_finish(world: World) -> None:
    award = announced(world)
    nominate(world.worker, award, put=put(award, "沈佳慧", himself=True), once="own")
    refuse_nominee(world.secretary, nominee_named(award, "沈佳慧"), reason="工作人员不参评")
    counted(world, award)
    with clock.frozen(CLOSED):
        with pytest.raises(NotAllowed):
            post_names(world.worker, award)
        post_names(world.secretary, award)
    assert award.posted_until


def test_objections_are_answered_and_then_it_stands(world: World, award: Award) -> None:
    posted(world, award)
    winner = nominee_named(award, "王秀兰")
    with clock.frozen(CLOSED):
        objection = object_to_name(
            world.actor("tenant"), award, nominee_id=winner.id, reason="去年的事算不算？", once="1"
        )
        with pytest.raises(Conflict):
            object_to_name(world.actor("tenant"), award, nominee_id=winner.id, reason="再说", once="2")
        with pytest.raises(Invalid):
            loser = nominee_named(award, "赵强")
            object_to_name(world.actor("tenant"), award, nominee_id=loser.id, reason="他也不行", once="3")
    assert award.posted_until
    with clock.frozen(award.posted_until):
        with pytest.raises(Conflict):
            finish_award(world.worker, award)
        with pytest.raises(NotAllowed):
            answer_name_objection(world.actor("tenant"), objection, verdict=Verdict.REJECTED, answer="不算")
        answer_name_objection(
            world.actor("worker"), objection, verdict=Verdict.REJECTED, answer="是今年三月的事。"
        )
        with pytest.raises(NotAllowed, match="已经有人答复"):
            answer_name_objection(world.actor("worker"), objection, verdict=Verdict.UPHELD, answer="再说")
        with pytest.raises(NotAllowed):
            object_to_name(world.actor("tenant"), award, nominee_id=winner.id, reason="迟了", once="4")
        finish_award(world.worker, award)
    assert award.state is S.HONOURED


def test_nobody_answers_about_himself(world: World, award: Award) -> None:
    posted(world, award)
    winner = nominee_named(award, "王秀兰")
    with transaction():
        winner.user_id = world.ids["worker"]
    with clock.frozen(CLOSED):
        objection = object_to_name(
            world.actor("tenant"), award, nominee_id=winner.id, reason="不是他办的", once="1"
        )
        with pytest.raises(NotAllowed):
            answer_name_objection(world.actor("worker"), objection, verdict=Verdict.REJECTED, answer="是我")


def test_an_objection_that_is_right_moves_the_next_up_and_hangs_out_anew(world: World, award: Award) -> None:
    posted(world, award)
    winner, before = nominee_named(award, "王秀兰"), award.posted_until
    with clock.frozen(CLOSED):
        objection = object_to_name(
            world.actor("tenant"), award, nominee_id=winner.id, reason="不是他办的", once="1"
        )
    with clock.frozen(CLOSED + timedelta(days=2)):
        answer_name_objection(
            world.actor("worker"), objection, verdict=Verdict.UPHELD, answer="查了，是别人办的。"
        )
    assert not winner.honoured
    assert winner.removed_because
    assert nominee_named(award, "周大爷").honoured
    assert award.posted_until
    assert before
    assert award.posted_until > before


# ---- certificates --------------------------------------------------------------------------------


def papers(award: Award) -> list[AwardCertificate]:
    found = sa.select(AwardCertificate).where(AwardCertificate.award_id == award.id)
    return list(db.session.scalars(found.order_by(AwardCertificate.serial)))


def test_not_before_the_end_of_the_posting(world: World, award: Award) -> None:
    posted(world, award)
    with clock.frozen(CLOSED), pytest.raises(NotAllowed, match="公示期还没满"):
        finish_award(world.worker, award)


def test_certificates_are_numbered_and_reachability_is_wiped(world: World) -> None:
    award = announced(world)
    nominate(world.owner, award, put=put(award, "钱奶奶", phone="19900009999"), once="q")
    refuse_nominee(world.worker, nominee_named(award, "钱奶奶"), reason="搬走了")
    finished(world, award)
    assert [p.number for p in papers(award)] == ["荣〔2026〕001号", "荣〔2026〕002号"]
    assert len({p.code for p in papers(award)}) == 2
    assert papers(award)[0].user_id == world.ids["owner"]
    assert nominee_named(award, "钱奶奶").contact == ""
    second = announced(world, "second")
    finished(world, second)
    assert papers(second)[0].number == "荣〔2026〕003号"


def test_a_certificate_is_revoked_once_with_the_reason(world: World, award: Award) -> None:
    finished(world, award)
    paper = papers(award)[0]
    with pytest.raises(NotAllowed):
        revoke_certificate(world.worker, paper, reason="查出来不是他办的")
    with pytest.raises(Invalid):
        revoke_certificate(world.secretary, paper, reason=" ")
    revoke_certificate(world.secretary, paper, reason="查出来不是他办的")
    with pytest.raises(NotAllowed, match="已经撤销"):
        revoke_certificate(world.secretary, paper, reason="再撤一次")


def test_limits_of_places_are_those_of_the_paper(world: World) -> None:
    said = replace(SAID, categories=(Kind("个人", Whom.PERSON, 11),))
    council_of(world)
    with pytest.raises(Invalid):
        announce_award(world.secretary, world.get(Place, "community"), said=said, once="a")
