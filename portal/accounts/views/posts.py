"""Giving a post at a place for a term, and ending it."""

from datetime import date

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.pages import go, page
from ...core.text import _
from ..actions.posts import end_role, give_role
from ..forms import DayForm, GrantForm
from ..models import Grant, Role, User
from ..policy import Can
from ..queries.posts import places_to_give
from ..words import ROLES
from .room import desk, own_place, routes

KEEPERS = (Role.ADMINISTRATOR, Role.SECRETARY)


@routes.get("/people/<int:user_id>/posts/new", may=Can.SEE, of=User)
def new_post(actor: Actor, user: User) -> ResponseReturnValue:
    form = GrantForm(formdata=None, starts=actor.today)
    _offer(actor, form)
    return page("accounts/posts/new.html", form=form, person=user, nav="people")


@routes.post("/people/<int:user_id>/posts", may=Can.SEE, of=User)
def give_post(actor: Actor, user: User) -> ResponseReturnValue:
    form = GrantForm()
    _offer(actor, form)
    if form.validate_on_submit():
        place = own_place(actor, form.place.data)
        with form.catching(Conflict, on="role"):
            if place is None:
                raise Invalid(_("请从给出的几项里选。"), "place")
            give_role(
                actor,
                place,
                user=user,
                role=Role(form.role.data),
                title=form.title.data,
                starts=form.starts.data,
                ends=form.ends.data,
            )
            flash(_("职务授好了，他下一次打开页面就有。"), "success")
            return go("accounts.person", user_id=user.id, anchor="posts")
    return page("accounts/posts/new.html", 422, block="grant_form", form=form, person=user, nav="people")


@routes.get("/people/<int:user_id>/posts", may=Can.SEE, of=User)
def see_posts(actor: Actor, user: User) -> ResponseReturnValue:
    return go("accounts.person", user_id=user.id, anchor="posts")


def _offer(actor: Actor, form: GrantForm) -> None:
    """Only what the action would take: places at or below the actor's own post, posts he may give there.

    Raises NotAllowed if there is none.
    """
    own = sorted({path for role, path in actor.grants if role in KEEPERS}, key=len)
    place = desk(actor)
    if not own or place is None:
        access.require(actor, Can.GIVE, place)
    chief = access.may(actor, Can.GIVE_ADMINISTRATOR, place)
    form.role.choices = [(r.value, _(w)) for r, w in ROLES.items() if chief or r is not Role.ADMINISTRATOR]
    form.place.choices = places_to_give(actor, own)


@routes.get("/posts/<int:grant_id>/end", may=Can.END_GRANT, of=Grant)
def ending(actor: Actor, grant: Grant) -> ResponseReturnValue:
    return _ending(grant, DayForm(formdata=None, on=actor.today))


@routes.post("/posts/<int:grant_id>/end", may=Can.END_GRANT, of=Grant)
def end_post(actor: Actor, grant: Grant) -> ResponseReturnValue:
    form = DayForm()
    if form.validate_on_submit():
        on = form.on.data
        assert isinstance(on, date)
        with form.catching():
            end_role(actor, grant, on=on)
            flash(_("记下了结束的日子。"), "success")
            return go("accounts.person", user_id=grant.user_id, anchor="posts")
    return _ending(grant, form, 422)


def _ending(grant: Grant, form: DayForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "accounts/posts/ending.html",
        status,
        block="day_form",
        form=form,
        grant=grant,
        role=_(ROLES[grant.role]),
        person=db.session.get_one(User, grant.user_id),
        nav="people",
    )
