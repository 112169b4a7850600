"""The people of a community, for its desk: list, file of one person, registering, correcting, unlocking."""

from datetime import date
from typing import Any

from flask import Response, flash, request
from flask.typing import ResponseReturnValue

from ...core import access, signs
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.exports import listed
from ...core.pages import go, page
from ...core.text import _, choices
from ...places.models import Owner, Place, Unit
from .. import names
from ..actions.belonging import confirm_owner, move_out
from ..actions.cards import issue_reset_code
from ..actions.door import unlock
from ..actions.people import correct, note_export, register
from ..forms import CorrectionForm, DayForm, RegisterForm
from ..lockout import is_locked
from ..models import Membership, Relation, User
from ..policy import Can
from ..queries import people as found
from ..queries.claims import find_units, owner_named
from ..queries.posts import posts_of
from ..queries.relatives import behalf_of
from ..words import KINSHIPS, RELATIONS, ROLES, WAYS
from .room import desk, own_place, routes, secret


@routes.get("/people", may=Can.LIST, of=desk)
def people(actor: Actor, place: Place) -> ResponseReturnValue:
    if request.args.get("format") in ("csv", "xlsx"):
        note_export(actor, place)
    return listed(
        found.PEOPLE,
        actor,
        request.args,
        "accounts/people/index.html",
        where=place,
        homes_said=found.homes_said,
        posts_said=found.posts_said,
        nav="people",
    )


@routes.get("/people/<int:user_id>", may=Can.SEE, of=User)
def person(actor: Actor, user: User) -> ResponseReturnValue:
    return _file(actor, user)


def _file(actor: Actor, user: User, code: str = "") -> ResponseReturnValue:
    """The page of one person; `code`: a reset code, shown this once."""
    actings, family = behalf_of(user.id)
    return page(
        "accounts/people/show.html",
        person=user,
        code=signs.grouped(code),
        locked=is_locked(user, actor.now),
        memberships=found.memberships(user.id),
        posts=posts_of(user.id),
        actings=actings,
        family=family,
        kinships={k: _(w) for k, w in KINSHIPS.items()},
        relations={k: _(w) for k, w in RELATIONS.items()},
        roles={k: _(w) for k, w in ROLES.items()},
        ways={k: _(w) for k, w in WAYS.items()},
        act_verdict=access.may(actor, Can.ACT_FOR, user),
        nav="people",
    )


@routes.get("/people/new", may=Can.REGISTER, of=desk)
def new_person(actor: Actor, place: Place) -> ResponseReturnValue:
    return _new(place, RegisterForm(formdata=None))


@routes.post("/people", may=Can.REGISTER, of=desk)
def register_person(actor: Actor, place: Place) -> ResponseReturnValue:
    form = RegisterForm()
    form.relation.choices = _relations()
    if form.validate_on_submit():
        with form.catching(Conflict, on="unit"):
            user = register(actor, _community(actor, place), **_registered(actor, form))
            flash(_("登记好了。没有密码也可以由您代办；要自己登录，请给一个重设码。"), "success")
            return go("accounts.person", user_id=user.id)
    return _new(place, form, 422)


def _registered(actor: Actor, form: RegisterForm) -> dict[str, Any]:
    """What the form says, read; raises Invalid on the field that is wrong."""
    name = names.person_name(form.name.data)
    unit, owner, relation = None, None, None
    if form.unit.data is not None:
        unit, relation = _unit(actor, form.unit.data), Relation(form.relation.data)
        owner = _owner(unit, name) if relation is Relation.OWNER else None
    return {
        "name": name,
        "phone": names.phone(form.phone.data),
        "sign_in_name": names.sign_in_name(form.sign_in_name.data),
        "unit": unit,
        "relation": relation,
        "owner": owner,
    }


def _unit(actor: Actor, unit_id: int) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None or not unit.place_path.startswith(actor.community):
        raise Invalid(_("请从找到的房屋里选一个。"), "unit")
    return unit


def _owner(unit: Unit, name: str) -> Owner | None:
    """The register's entry of that name. A unit whose register names others has no such owner."""
    owner, registered = owner_named(unit, name)
    if owner is None and registered:
        raise Invalid(
            _("业主名册里这套房没有叫这个名字的业主。请核对姓名，或者选「家人」「租户」。"), "relation"
        )
    return owner


def _community(actor: Actor, place: Place) -> Place:
    return own_place(actor, int(access.containing(place.place_path)[0].strip("/"))) or place


def _new(place: Place, form: RegisterForm, status: int = 200) -> ResponseReturnValue:
    typed = (request.args.get("q") or request.form.get("q") or "")[:60]
    units = find_units(place.place_path, typed)
    form.relation.choices = _relations()
    form.unit.choices = [(u.id, f"{u.estate} {u.label}") for u in units]
    return page(
        "accounts/people/new.html", status, block="register_form", form=form, typed=typed, nav="people"
    )


def _relations() -> list[tuple[str, str]]:
    return choices(RELATIONS)


@routes.get("/people/<int:user_id>/edit", may=Can.CORRECT, of=User)
def edit_person(actor: Actor, user: User) -> ResponseReturnValue:
    form = CorrectionForm(formdata=None, name=user.name, phone=user.phone, sign_in_name=user.sign_in_name)
    return page("accounts/people/edit.html", form=form, person=user, nav="people")


@routes.post("/people/<int:user_id>/edit", may=Can.CORRECT, of=User)
def correct_person(actor: Actor, user: User) -> ResponseReturnValue:
    form = CorrectionForm()
    if form.validate_on_submit():
        with form.catching():
            correct(
                actor,
                user,
                name=names.person_name(form.name.data),
                phone=names.phone(form.phone.data),
                sign_in_name=names.sign_in_name(form.sign_in_name.data),
            )
            return go("accounts.person", user_id=user.id)
    return page(
        "accounts/people/edit.html", 422, block="correction_form", form=form, person=user, nav="people"
    )


@routes.post("/people/<int:user_id>/unlock", may=Can.UNLOCK, of=User)
def unlock_person(actor: Actor, user: User) -> Response:
    unlock(actor, user)
    flash(_("解锁了，可以再登录。"), "success")
    return go("accounts.person", user_id=user.id)


@routes.post("/people/<int:user_id>/reset-code", may=Can.ISSUE_RESET, of=User)
def give_reset_code(actor: Actor, user: User) -> ResponseReturnValue:
    """The code is on this one reply and nowhere else, so there is no redirect."""
    return _file(actor, user, issue_reset_code(actor, user, secret=secret()))


@routes.get("/people/<int:user_id>/unlock", may=Can.SEE, of=User)
def see_unlock(actor: Actor, user: User) -> Response:
    return go("accounts.person", user_id=user.id)


@routes.get("/people/<int:user_id>/reset-code", may=Can.SEE, of=User)
def see_reset_code(actor: Actor, user: User) -> Response:
    return go("accounts.person", user_id=user.id)


@routes.get("/memberships/<int:membership_id>/end", may=Can.END_MEMBERSHIP, of=Membership)
def leaving(actor: Actor, membership: Membership) -> ResponseReturnValue:
    return _leaving(actor, membership, DayForm(formdata=None, on=actor.today))


@routes.post("/memberships/<int:membership_id>/end", may=Can.END_MEMBERSHIP, of=Membership)
def record_leaving(actor: Actor, membership: Membership) -> ResponseReturnValue:
    form = DayForm()
    if form.validate_on_submit():
        with form.catching():
            move_out(actor, membership, on=_day(form))
            return go("accounts.person", user_id=membership.user_id)
    return _leaving(actor, membership, form, 422)


@routes.post("/memberships/<int:membership_id>/confirmation", may=Can.CONFIRM_OWNER, of=Membership)
def confirm(actor: Actor, membership: Membership) -> ResponseReturnValue:
    confirm_owner(actor, membership)
    flash(_("业主身份核对好了，他能在业主大会投票了。"), "success")
    return go("accounts.person", user_id=membership.user_id)


@routes.get("/memberships/<int:membership_id>/confirmation", may=Can.SEE_MEMBERSHIP, of=Membership)
def see_confirmation(actor: Actor, membership: Membership) -> ResponseReturnValue:
    own = membership.user_id == actor.id
    return go("accounts.me") if own else go("accounts.person", user_id=membership.user_id)


def _day(form: DayForm) -> date:
    assert isinstance(form.on.data, date)
    return form.on.data


def _leaving(actor: Actor, membership: Membership, form: DayForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "accounts/people/leaving.html",
        status,
        block="day_form",
        form=form,
        person=db.session.get_one(User, membership.user_id),
        unit=db.session.get_one(Place, membership.unit_id),
        membership=membership,
        nav="people",
    )
