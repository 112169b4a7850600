"""Questionnaires for the tests of the house: a draft, one for households, one for people, one that is closed."""

from dataclasses import replace
from typing import Any

from portal.accounts.models import User
from portal.core import clock
from portal.places.models import Place
from portal.surveys.actions.closing import close_questionnaire
from portal.surveys.actions.drafting import draft_questionnaire, open_questionnaire
from portal.surveys.actions.publishing import act_on, choose_remark, publish_questionnaire
from portal.surveys.actions.visiting import knock, name_visitor
from portal.surveys.models import Questionnaire
from portal.surveys.words import Knock, Per
from tests.surveys.conftest import AFTER, WORDING, reply


def of_surveys(rows: Any) -> None:
    asked(rows, "draft", Per.HOUSEHOLD)
    homes = opened(rows, "homes", Per.HOUSEHOLD)
    reply(rows.world, homes, "chair", "201")
    phone = rows.world.get(User, "tenant").phone
    name_visitor(rows.world.secretary, homes, phone=phone)
    knock(rows.world.tenant, homes, unit_id=rows.world.ids["202"], came=Knock.NOT_HOME)
    rows.addresses.append({"questionnaire_id": homes.id, "unit_id": rows.world.ids["101"]})
    rows.addresses.append({"questionnaire_id": homes.id, "user_id": rows.world.ids["tenant"]})
    opened(rows, "people", Per.PERSON)
    answered(rows, opened(rows, "closed", Per.HOUSEHOLD))
    published = opened(rows, "published", Per.HOUSEHOLD)
    answered(rows, published)
    remark = choose_remark(rows.world.worker, published, position=4, text="晚一点关门", once="remark")
    rows.addresses.append({"questionnaire_id": published.id, "remark_id": remark.id})
    publish_questionnaire(rows.world.secretary, published)
    address = f"/topics/{rows.named['deliberating'].id}"
    act_on(rows.world.secretary, published, text="开了两个班。", address=address, once="acted")


def answered(rows: Any, survey: Questionnaire) -> None:
    """Everybody answers, and its hour comes."""
    for name, home in (("owner", "101"), ("tenant", "102"), ("chair", "201"), ("merchant", "shop")):
        reply(rows.world, survey, name, home, q0="0", q2="4", q4="晚一点关门")
    with clock.frozen(AFTER):
        close_questionnaire(rows.world.secretary, survey)


def asked(rows: Any, name: str, per: Per) -> Questionnaire:
    world = rows.world
    survey = draft_questionnaire(
        world.secretary,
        world.get(Place, "estate"),
        wording=replace(WORDING, per=per),
        once=f"survey-{name}",
        topic=rows.named["deliberating"],
    )
    return rows.add(survey, f"survey_{name}")  # type: ignore[no-any-return]


def opened(rows: Any, name: str, per: Per) -> Questionnaire:
    survey = asked(rows, name, per)
    open_questionnaire(rows.world.secretary, survey)
    return survey
