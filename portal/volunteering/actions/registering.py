"""Becoming a volunteer: once, with a number; a minor with the consent of a guardian."""

from datetime import date

import sqlalchemy as sa

from ...accounts.family import family, pairs
from ...accounts.models import User
from ...accounts.names import person_name
from ...core import ticks
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.alike import known_as
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.hours import born_by
from ...core.text import _
from ...places.models import Place
from .. import rules
from ..events import (
    BornCorrected,
    ConsentLapsed,
    GuardianAgreed,
    GuardianAsked,
    GuardianDeclined,
    VolunteerAmended,
    VolunteerRegistered,
)
from ..models.people import Volunteer
from ..people import volunteer_of
from ..policy import Can

OLDEST, YOUNGEST = 110, 6
AT_ONCE = 200


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
def amend(actor: Actor, volunteer: Volunteer, *, skills: str, offers: bool) -> None:
    """Change one's entry; the day of birth only staff do, upon papers."""
    volunteer.skills, volunteer.offers = skills, offers
    record(actor, volunteer, VolunteerAmended(volunteer.user_id))


@action(Can.CORRECT_BORN)
def correct_born(actor: Actor, volunteer: Volunteer, *, born: date) -> None:
    """Staff saw his papers. Another day of birth asks a minor's guardian anew. Raises Invalid."""
    _checked(born, actor.today)
    if born == volunteer.born:
        raise Invalid(_("和现在登记的一样，不用更正。"), "born")
    volunteer.born = born
    _ask_anew(volunteer)
    record(actor, volunteer, BornCorrected(volunteer.user_id))


@action(Can.ASK_GUARDIAN)
def ask_guardian(actor: Actor, volunteer: Volunteer, *, guardian_id: int) -> None:
    """Name the account of one's guardian: of one's home or family, and no minor's. Raises Invalid."""
    if rules.age(volunteer.born, actor.today) >= rules.ADULT:
        raise Invalid(_("成年了，不用监护人同意。"), "guardian_id")
    if guardian_id not in dict(guardians(volunteer.user_id, actor.today)):
        raise Invalid(_("请选和您住在一起或者登记过的成年家人。"), "guardian_id")
    if guardian_id == volunteer.guardian_id:
        return
    _ask_anew(volunteer)
    volunteer.guardian_id = guardian_id
    record(actor, volunteer, GuardianAsked(volunteer.user_id, guardian_id))


@action(Can.ANSWER_AS_GUARDIAN)
def answer_as_guardian(actor: Actor, volunteer: Volunteer, *, yes: bool) -> None:
    """The guardian agrees with his own account; or does not, or not any more: then nobody is asked."""
    if not yes:
        _ask_anew(volunteer)
        record(actor, volunteer, GuardianDeclined(volunteer.user_id))
    elif volunteer.guardian_agreed_on is None:
        person = db.session.get_one(User, actor.id)
        volunteer.guardian_name, volunteer.guardian_agreed_on = person.name[:40], actor.today
        record(actor, volunteer, GuardianAgreed(volunteer.user_id))


@action(Can.ENTER_CONSENT)
def enter_consent(actor: Actor, volunteer: Volunteer, *, guardian: str, agreed_on: date) -> None:
    """The guardian of a minor signed on paper; whoever saw it enters it. Raises Invalid."""
    if rules.age(volunteer.born, actor.today) >= rules.ADULT:
        raise Invalid(_("他已经成年，不用监护人同意。"), "guardian")
    name = person_name(guardian, "guardian")
    if known_as(name) == known_as(db.session.get_one(User, volunteer.user_id).name):
        raise Invalid(_("这是孩子自己的姓名，请写监护人的。"), "guardian")
    if agreed_on > actor.today:
        raise Invalid(_("签字的日子还没到。"), "agreed_on")
    if agreed_on < volunteer.born:
        raise Invalid(_("签字的日子不对。"), "agreed_on")
    _ask_anew(volunteer)
    volunteer.guardian_name, volunteer.guardian_agreed_on = name[:40], agreed_on
    volunteer.guardian_seen_by_id = actor.id
    record(actor, volunteer, GuardianAgreed(volunteer.user_id))


@action(Can.LAPSE_CONSENT)
def lapse_consent(actor: Actor, volunteer: Volunteer) -> None:
    """Whoever agreed, or was asked, is neither of his home nor of his family any more: he asks anew."""
    _ask_anew(volunteer)
    record(actor, volunteer, ConsentLapsed(volunteer.user_id))


def lapse_due(actor: Actor) -> int:
    """The clock: homes and families that ended on a day."""
    return ticks.each(unguarded(actor.today), lambda volunteer: lapse_consent(actor, volunteer))


def unguarded(today: date, of: int | None = None) -> list[Volunteer]:
    """Minors whose guardian's account no longer belongs together with them, or is closed; `of`: only those that this
    person is, or is the guardian of."""
    together = pairs().subquery()
    theirs = (
        sa.exists()
        .where(
            together.c.one == Volunteer.user_id,
            together.c.other == Volunteer.guardian_id,
            User.closed_at.is_(None),
        )
        .where(User.id == Volunteer.guardian_id)
    )
    due = sa.select(Volunteer).where(
        Volunteer.guardian_id.is_not(None), Volunteer.born > born_by(today, rules.ADULT), ~theirs
    )
    if of is not None:
        due = due.where(sa.or_(Volunteer.user_id == of, Volunteer.guardian_id == of))
    return list(db.session.scalars(due.order_by(Volunteer.id).limit(AT_ONCE)))


def guardians(user_id: int, today: date) -> list[tuple[int, str]]:
    """Whom a minor may name: family and people of his home, without those who are minors by their own entry."""
    people = family(user_id)
    born = sa.select(Volunteer.user_id, Volunteer.born).where(
        Volunteer.user_id.in_([one for one, _n in people])
    )
    minors = {row.user_id for row in db.session.execute(born) if rules.age(row.born, today) < rules.ADULT}
    return [(one, name) for one, name in people if one not in minors]


def _ask_anew(volunteer: Volunteer) -> None:
    volunteer.guardian_id = volunteer.guardian_agreed_on = volunteer.guardian_seen_by_id = None
    volunteer.guardian_name = ""


def _checked(born: date, today: date) -> None:
    if born > today or rules.age(born, today) > OLDEST:
        raise Invalid(_("请写出生的年月日。"), "born")
    if rules.age(born, today) < YOUNGEST:
        raise Invalid(_("%(n)d 岁以下的孩子还不能登记。", n=YOUNGEST), "born")
