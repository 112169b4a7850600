"""Family who act for a person: named, willing, ended; and acting, which leads into the vote."""

from datetime import date, timedelta
from typing import Any

from flask import Response, flash, request
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.files import keep_photos
from ...core.limits import limit
from ...core.pages import go, leave, own_address, page
from ...core.text import _, choices
from ..actions.relatives import agree, end_relative, name_relative, start_for_family
from ..forms import RelativeForm
from ..models import Kinship, Relative, User
from ..policy import Can
from ..queries.relatives import bond
from ..sessions import act_for
from ..words import KINSHIPS
from .room import routes

TRIES, HOUR = 10, 3600
"""Names and numbers that one person may try out in an hour."""


def found_bond(actor: Actor, relative_id: int) -> Any:
    """A bond as its page reads it. Shaped like the row that the rules ask about."""
    found = bond(actor, relative_id)
    if found is not None:
        for column in ("place_path", "user_id", "relative_id"):
            setattr(found, column, getattr(found.line, column))
    return found


@routes.get("/people/<int:user_id>/relatives/new", may=Can.NAME_RELATIVE, of=User)
def new_relative(actor: Actor, user: User) -> ResponseReturnValue:
    form = RelativeForm(formdata=None, ends=actor.today + timedelta(days=365))
    return _naming(actor, user, form)


@routes.post("/people/<int:user_id>/relatives/new", may=Can.NAME_RELATIVE, of=User)
def create_relative(actor: Actor, user: User) -> ResponseReturnValue:
    form = RelativeForm()
    form.kinship.choices = choices(KINSHIPS)
    if form.validate_on_submit():
        limit("relative", str(actor.entered_by or actor.id), TRIES, HOUR)
        with form.catching(Conflict, on="phone"):
            signed = keep_photos(request.files.getlist("signed"), _("同意书"), "signed")
            name_relative(
                actor,
                user,
                name=form.name.data,
                phone=form.phone.data,
                kinship=Kinship(form.kinship.data),
                ends=_day(form),
                signed=signed,
            )
            flash(_("登记好了，等这位家人在自己的手机上答应。"), "success")
            return _home(actor, user.id)
    return _naming(actor, user, form, 422)


@routes.get("/relatives/<int:relative_id>", may=Can.SEE_RELATIVE, of=found_bond)
def relative(actor: Actor, found: Any) -> ResponseReturnValue:
    kinships = {k: _(w) for k, w in KINSHIPS.items()}
    return page("accounts/people/bond.html", bond=found.line, files=found.files, kinships=kinships)


@routes.post("/relatives/<int:relative_id>/agreement", may=Can.AGREE, of=Relative, back="accounts.relative")
def agree_relative(actor: Actor, relative: Relative) -> ResponseReturnValue:
    agree(actor, relative)
    flash(_("答应了，现在可以替他投票。"), "success")
    return go("accounts.me", anchor="family")


@routes.post(
    "/relatives/<int:relative_id>/ending", may=Can.END_RELATIVE, of=Relative, back="accounts.relative"
)
def ending_relative(actor: Actor, relative: Relative) -> ResponseReturnValue:
    end_relative(actor, relative)
    flash(_("取消了，他不能再替您办。") if actor.id == relative.user_id else _("取消了。"), "success")
    return _home(actor, actor.id if actor.id == relative.relative_id else relative.user_id)


@routes.post(
    "/relatives/<int:relative_id>/acting", may=Can.ACT_AS_RELATIVE, of=Relative, back="accounts.relative"
)
def act_as_relative(actor: Actor, relative: Relative) -> ResponseReturnValue:
    start_for_family(actor, relative)
    act_for(relative.user_id, as_family=True)
    return leave(own_address(request.form.get("next")))


@routes.get("/relatives/<int:relative_id>/files/<int:file_id>/<size>", may=Can.SEE_RELATIVE, of=Relative)
def relative_file(actor: Actor, relative: Relative, file_id: int, size: str) -> Response:
    return files.send(relative, file_id, size)


def _day(form: RelativeForm) -> date:
    assert isinstance(form.ends.data, date)
    return form.ends.data


def _home(actor: Actor, user_id: int) -> Response:
    """The page the form was on: his own, or at the desk the file of the person."""
    if actor.id == user_id or not actor.grants:
        return go("accounts.me", anchor="family")
    return go("accounts.person", user_id=user_id, anchor="family")


def _naming(actor: Actor, user: User, form: RelativeForm, status: int = 200) -> ResponseReturnValue:
    form.kinship.choices = choices(KINSHIPS)
    return page(
        "accounts/people/relative.html",
        status,
        block="relative_form",
        form=form,
        person=user,
        own=actor.id == user.id,
    )
