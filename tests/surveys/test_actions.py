"""Who asks, who answers, when, twice, and from elsewhere."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import access, clock, ticks
from portal.core.access import holders
from portal.core.actor import system
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry, Visibility
from portal.core.waiting import waiting_for
from portal.places.models import Place
from portal.surveys import box
from portal.surveys.actions.answering import put_in
from portal.surveys.actions.closing import close_due, close_questionnaire, cut_short, withdraw_questionnaire
from portal.surveys.actions.drafting import amend_questionnaire, draft_questionnaire, open_questionnaire
from portal.surveys.models import Questionnaire, SurveyParticipation, SurveySheet
from portal.surveys.policy import Can
from portal.surveys.queries.reach import questions_of
from portal.surveys.results import ELSEWHERE, FEWEST
from portal.surveys.rules import Asked, Sheet
from portal.surveys.words import Channel, Kind, Per, SurveyState
from tests.surveys.conftest import AFTER, CLOSES, WORDING, Draft, reply
from tests.world import NOW, World


def contents(survey: Questionnaire) -> list[str]:
    found = sa.select(SurveySheet.content).where(SurveySheet.questionnaire_id == survey.id)
    return list(db.session.scalars(found))


def came(survey: Questionnaire) -> list[SurveyParticipation]:
    found = sa.select(SurveyParticipation).where(SurveyParticipation.questionnaire_id == survey.id)
    return list(db.session.scalars(found.order_by(SurveyParticipation.id)))


def waits(world: World, name: str) -> list[str]:
    return [w.kind for w in waiting_for(world.actor(name)) if "survey" in w.kind]


# ---- drafting and opening ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["secretary", "worker", "chair"])
def test_staff_and_the_committee_ask(world: World, drafted: Draft, name: str) -> None:
    assert drafted(by=name).state is SurveyState.DRAFT


@pytest.mark.parametrize("name", ["owner", "tenant", "manager", "auditor", "neighbour", "other_secretary"])
def test_others_do_not(world: World, drafted: Draft, name: str) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        drafted(by=name)


def test_the_committee_does_not_ask_the_whole_community(drafted: Draft) -> None:
    with pytest.raises(NotAllowed):
        drafted(by="chair", place="community")


def test_the_same_form_twice_is_one_questionnaire(world: World) -> None:
    place = world.get(Place, "estate")
    first = draft_questionnaire(world.secretary, place, wording=WORDING, once="one")
    assert draft_questionnaire(world.secretary, place, wording=WORDING, once="one").id == first.id


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"questions": ()}, "questions"),
        ({"questions": (Asked(Kind.ONE, "要不要", False, ("要",)),)}, "questions"),
        ({"closes_at": NOW}, "closes_at"),
        ({"closes_at": NOW + timedelta(days=61)}, "closes_at"),
    ],
)
def test_what_cannot_be_asked_is_refused(drafted: Draft, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        drafted(**given)
    assert refused.value.field == field


def test_one_home_is_not_asked_by_itself(drafted: Draft) -> None:
    with pytest.raises(Invalid):
        drafted(place="101")


def test_a_draft_is_for_those_who_ask_alone(world: World, drafted: Draft) -> None:
    survey = drafted()
    with pytest.raises(NotVisible):
        reply(world, survey, "owner", "101")


def test_nothing_changes_once_it_is_open(world: World, survey: Questionnaire) -> None:
    with pytest.raises(NotAllowed):
        amend_questionnaire(world.secretary, survey, wording=WORDING, version=0)
    with pytest.raises(NotAllowed):
        open_questionnaire(world.secretary, survey)


def test_amending_a_draft_prints_it_anew(world: World, drafted: Draft) -> None:
    survey = drafted()
    only = (Asked(Kind.TEXT, "说说看"),)
    amend_questionnaire(
        world.worker, survey, wording=replace(WORDING, title="改过", questions=only), version=0
    )
    assert survey.title == "改过"
    assert questions_of(survey.id) == list(only)


def test_whoever_did_not_see_the_last_change_loses_nothing_and_overwrites_nothing(
    world: World, drafted: Draft
) -> None:
    survey = drafted()
    amend_questionnaire(world.worker, survey, wording=replace(WORDING, title="我先改"), version=0)
    with pytest.raises(Conflict):
        amend_questionnaire(world.secretary, survey, wording=replace(WORDING, title="我后改"), version=0)
    assert survey.title == "我先改"
    amend_questionnaire(world.secretary, survey, wording=replace(WORDING, title="我后改"), version=1)
    assert survey.title == "我后改"


def test_opening_counts_whom_it_asks(opened: Draft) -> None:
    assert opened().asked == 5
    assert opened(place="building").asked == 4
    assert opened(place="building", per=Per.PERSON).asked == 4


def test_not_opened_after_its_hour(world: World, drafted: Draft) -> None:
    survey = drafted()
    with clock.frozen(AFTER), pytest.raises(Conflict):
        open_questionnaire(world.secretary, survey)


# ---- answering -----------------------------------------------------------------------------------


def test_a_household_answers_once_whoever_it_is(world: World, survey: Questionnaire) -> None:
    reply(world, survey, "owner", "101", q0="1", q1="0,2", q4="晚一点关门")
    with pytest.raises(Conflict):
        reply(world, survey, "co_owner", "101")
    with pytest.raises(Conflict):
        reply(world, survey, "owner", "101", once="another")
    (row,) = came(survey)
    assert (row.unit_id, row.person_id, row.channel) == (world.ids["101"], None, Channel.ONLINE)
    assert row.building_id == world.ids["building"]
    assert len(contents(survey)) == 1


def test_the_same_form_twice_is_one_sheet(world: World, survey: Questionnaire) -> None:
    for _again in range(2):
        reply(world, survey, "owner", "101", once="double")
    assert len(contents(survey)) == len(came(survey)) == 1


def test_a_person_answers_once_for_himself(world: World, opened: Draft) -> None:
    survey = opened(per=Per.PERSON)
    for name in ("owner", "co_owner", "manager"):
        reply(world, survey, name)
    with pytest.raises(Conflict):
        reply(world, survey, "owner", once="another")
    assert {row.person_id for row in came(survey)} == {world.ids[n] for n in ("owner", "co_owner", "manager")}


@pytest.mark.parametrize(
    ("name", "home"), [("owner", "102"), ("owner", ""), ("manager", "101"), ("owner", "other_unit")]
)
def test_nobody_answers_for_another_home(world: World, survey: Questionnaire, name: str, home: str) -> None:
    with pytest.raises(NotAllowed):
        reply(world, survey, name, home)


@pytest.mark.parametrize("name", ["visitor", "neighbour", "other_secretary", "auditor"])
def test_who_does_not_live_or_work_there_does_not_answer(world: World, opened: Draft, name: str) -> None:
    survey = opened(per=Per.PERSON)
    with pytest.raises((NotAllowed, NotVisible)):
        reply(world, survey, name)


def test_a_shop_outside_the_building_is_not_asked_about_it(world: World, opened: Draft) -> None:
    with pytest.raises(NotAllowed):
        reply(world, opened(place="building"), "merchant", "shop")
    reply(world, opened(), "merchant", "shop")


@pytest.mark.parametrize(
    ("marked", "field"),
    [
        ({"q1": "0"}, "q0"),
        ({"q0": "5"}, "q0"),
        ({"q0": "0,1"}, "q0"),
        ({"q0": "0", "q1": "0,1,2"}, "q1"),
        ({"q0": "0", "q2": "6"}, "q2"),
        ({"q0": "0", "q3": "两个"}, "q3"),
        ({"q0": "0", "q4": "多" * 301}, "q4"),
    ],
)
def test_what_the_sheet_does_not_allow(
    world: World, survey: Questionnaire, marked: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        reply(world, survey, "owner", "101", **marked)
    assert refused.value.field == field
    assert came(survey) == []


def test_an_empty_sheet_is_none(world: World, opened: Draft) -> None:
    survey = opened(questions=(Asked(Kind.TEXT, "说说看"),))
    with pytest.raises(Invalid):
        reply(world, survey, "owner", "101", q0=" ")


def test_after_the_hour_nothing_is_taken(world: World, survey: Questionnaire) -> None:
    with clock.frozen(CLOSES), pytest.raises(NotAllowed):
        reply(world, survey, "owner", "101")


def test_who_may_is_who_is_told(world: World, opened: Draft) -> None:
    from portal.accounts.models import User

    survey = opened(place="building", per=Per.PERSON)
    told = set(db.session.scalars(sa.select(User.id).where(holders(Can.ANSWER, survey))))
    assert told == {world.ids[n] for n in ("owner", "co_owner", "tenant", "chair")}


# ---- nobody joins them ---------------------------------------------------------------------------


def test_sheets_are_sealed_and_of_one_length(world: World, survey: Questionnaire) -> None:
    reply(world, survey, "owner", "101")
    reply(world, survey, "tenant", "102", q0="1", q1="0,1", q4="多" * 300)
    kept = contents(survey)
    assert len({len(text) for text in kept}) == 1
    assert not any("多" in text or '"a"' in text for text in kept)


def test_a_sheet_has_no_column_that_could_lead_to_anybody() -> None:
    assert {c.name for c in SurveySheet.__table__.columns} == {"id", "questionnaire_id", "content"}


def test_at_the_close_sheets_are_unsealed_and_numbered_anew(world: World, survey: Questionnaire) -> None:
    reply(world, survey, "owner", "101", q0="1", q4="晚一点关门")
    reply(world, survey, "tenant", "102", q0="0")
    before = set(db.session.scalars(sa.select(SurveySheet.id)))
    with clock.frozen(AFTER):
        close_questionnaire(system(), survey)
    assert before.isdisjoint(db.session.scalars(sa.select(SurveySheet.id)))
    assert {sheet.answers[0] for sheet in box.sheets(survey.id)} == {0, 1}
    assert {(sheet.building, sheet.relation) for sheet in box.sheets(survey.id)} == {(ELSEWHERE, "")}


def test_three_who_are_alike_are_told_by_building_and_relation(world: World, survey: Questionnaire) -> None:
    for _n in range(3):
        with transaction():
            put_in(survey, questions_of(survey.id), Sheet({0: 1}, world.ids["building"], "owner"))
    with clock.frozen(AFTER):
        close_questionnaire(system(), survey)
    assert {(s.building, s.relation) for s in box.sheets(survey.id)} == {(world.ids["building"], "owner")}


# ---- closing and taking back ---------------------------------------------------------------------


def test_the_clock_closes(world: World, survey: Questionnaire) -> None:
    assert close_due(system()) == 0
    with clock.frozen(AFTER):
        assert {ran.name for ran in ticks.run() if ran.moved} == {"close_questionnaires"}
    assert db.session.get_one(Questionnaire, survey.id, populate_existing=True).state is SurveyState.CLOSED


def test_before_the_hour_it_takes_a_reason(world: World, survey: Questionnaire) -> None:
    with pytest.raises(NotAllowed):
        close_questionnaire(world.secretary, survey)
    with pytest.raises(Invalid):
        cut_short(world.secretary, survey, reason=" ")
    cut_short(world.worker, survey, reason="该问的都问到了。")
    assert (survey.state, survey.because) == (SurveyState.CLOSED, "该问的都问到了。")
    with pytest.raises(NotAllowed):
        reply(world, survey, "owner", "101")


def test_after_the_hour_nobody_says_it_was_closed_before(world: World, survey: Questionnaire) -> None:
    with clock.frozen(CLOSES), pytest.raises(NotAllowed):
        cut_short(world.actor("secretary"), survey, reason="该问的都问到了。")
    assert survey.state is SurveyState.OPEN


def test_a_draft_that_is_put_away_stays_with_those_who_ask(world: World, drafted: Draft) -> None:
    survey = drafted()
    withdraw_questionnaire(world.secretary, survey, reason="先不问了。")
    assert survey.state is SurveyState.WITHDRAWN
    for name, sees in (("worker", True), ("owner", False), ("visitor", False)):
        seen = sa.select(Questionnaire.id).where(access.rows(world.actor(name), Questionnaire))
        assert bool(access.may(world.actor(name), Can.SEE, survey)) is sees
        assert (survey.id in db.session.scalars(seen).all()) is sees
    told = sa.select(Entry.visibility).where(Entry.subject == f"questionnaire:{survey.id}")
    assert set(db.session.scalars(told)) == {Visibility.STAFF}


def test_what_was_open_is_taken_back_in_public(world: World, survey: Questionnaire) -> None:
    withdraw_questionnaire(world.secretary, survey, reason="题目问错了。")
    seen = sa.select(Questionnaire.id).where(access.rows(world.owner, Questionnaire))
    assert survey.id in db.session.scalars(seen).all()
    assert access.may(world.owner, Can.SEE, survey)
    last = sa.select(Entry.visibility).where(Entry.name == "questionnaire.withdrawn")
    assert db.session.scalars(last).one() is Visibility.PUBLIC


def test_taken_back_sheets_stay_sealed(world: World, survey: Questionnaire) -> None:
    reply(world, survey, "owner", "101", q0="1", q4="晚一点关门")
    with pytest.raises(NotAllowed):
        withdraw_questionnaire(world.owner, survey, reason="不想要了")
    withdraw_questionnaire(world.secretary, survey, reason="题目问错了。")
    assert survey.state is SurveyState.WITHDRAWN
    assert '"a"' not in contents(survey)[0]
    with pytest.raises(NotAllowed):
        cut_short(world.secretary, survey, reason="再来")


# ---- what waits ----------------------------------------------------------------------------------


def test_it_waits_for_a_household_until_one_of_it_answers(world: World, survey: Questionnaire) -> None:
    assert waits(world, "owner") == waits(world, "co_owner") == ["answer_survey"]
    reply(world, survey, "owner", "101")
    assert waits(world, "owner") == waits(world, "co_owner") == []
    assert waits(world, "tenant") == ["answer_survey"]
    assert waits(world, "manager") == waits(world, "neighbour") == []


def test_it_waits_for_a_person_until_he_answers(world: World, opened: Draft) -> None:
    survey = opened(per=Per.PERSON)
    reply(world, survey, "owner")
    assert waits(world, "owner") == []
    assert waits(world, "co_owner") == waits(world, "manager") == ["answer_survey"]


def test_what_is_over_waits_for_those_who_asked(world: World, survey: Questionnaire) -> None:
    with clock.frozen(AFTER):
        assert waits(world, "secretary") == ["close_survey"]
        assert waits(world, "owner") == []


def test_with_all_tables_in_hand_no_sheet_leads_to_who_answered(world: World, survey: Questionnaire) -> None:
    """Who answered online belongs to his home as an owner, a tenant …, in that building; a sheet says no such thing of
    one alone."""
    for name, home in (("owner", "101"), ("tenant", "102"), ("chair", "201"), ("merchant", "shop")):
        reply(world, survey, name, home, q0="0")
    with clock.frozen(AFTER):
        close_questionnaire(system(), survey)
    alike = Counter((sheet.building, sheet.relation) for sheet in box.sheets(survey.id))
    assert sum(alike.values()) == 4
    assert min(alike.values()) >= FEWEST


def test_open_ones_that_lack_their_key_are_counted(
    world: World, survey: Questionnaire, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply(world, survey, "owner", "101")
    assert box.locked_questionnaires() == 0
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key of the portal")
    assert box.locked_questionnaires() == 1
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", ["tests"])
    assert box.locked_questionnaires() == 0
