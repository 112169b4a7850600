"""Becoming a volunteer: once, with a number; a minor with the consent of a guardian."""

from datetime import date

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from .. import rules
from ..events import GuardianAgreed, VolunteerAmended, VolunteerRegistered
from ..models.people import Volunteer
from ..people import volunteer_of
from ..policy import Can

OLDEST, YOUNGEST = 110, 6


@action(Can.REGISTER)
def register(
    actor: Actor, community: Place, *, born: date, skills: str = "", offers: bool = False
) -> Volunteer:
    """Enter oneself as a volunteer of a community. A second time finds the first entry."""
    if known := volunteer_of(actor.id):
        return known
    _checked(born, actor.today)
    latest = sa.select(sa.func.max(Volunteer.serial)).where(Volunteer.place_path == community.place_path)
    volunteer = Volunteer(
        user_id=actor.id,
        place_path=community.place_path,
        serial=(db.session.scalar(latest) or 0) + 1,
        born=born,
        skills=skills,
        offers=offers,
        registered_at=actor.now,
    )
    store(volunteer)
    record(actor, volunteer, VolunteerRegistered(volunteer.user_id))
    return volunteer


@action(Can.AMEND_VOLUNTEER)
def amend(actor: Actor, volunteer: Volunteer, *, born: date, skills: str, offers: bool) -> None:
    """Change one's entry. Another day of birth asks a minor's guardian anew."""
    _checked(born, actor.today)
    if born != volunteer.born:
        volunteer.guardian_agreed_on = None
    volunteer.born, volunteer.skills, volunteer.offers = born, skills, offers
    record(actor, volunteer, VolunteerAmended(volunteer.user_id))


@action(Can.ENTER_CONSENT)
def enter_consent(actor: Actor, volunteer: Volunteer, *, guardian: str, agreed_on: date) -> None:
    """The guardian of a minor signed on paper; whoever saw it enters it. Raises Invalid."""
    if rules.age(volunteer.born, actor.today) >= rules.ADULT:
        raise Invalid(_("他已经成年，不用监护人同意。"), "guardian")
    if agreed_on > actor.today:
        raise Invalid(_("签字的日子还没到。"), "agreed_on")
    volunteer.guardian_name, volunteer.guardian_agreed_on = guardian, agreed_on
    volunteer.guardian_seen_by_id = actor.id
    record(actor, volunteer, GuardianAgreed(volunteer.user_id))


def _checked(born: date, today: date) -> None:
    if born > today or rules.age(born, today) > OLDEST:
        raise Invalid(_("请写出生的年月日。"), "born")
    if rules.age(born, today) < YOUNGEST:
        raise Invalid(_("%(n)d 岁以下的孩子还不能登记。", n=YOUNGEST), "born")
