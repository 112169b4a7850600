"""Acting for a person: begin with a reason, a strip on every page, an end."""

from flask import Response, flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import go, leave, page
from ...core.routing import PUBLIC
from ...core.text import _, choices
from ..actions.acting import end_acting, start_acting
from ..forms import ActForm
from ..models import ASKED_STAFF, User, Way
from ..policy import Can
from ..queries.people import open_acting
from ..sessions import act_for, act_for_oneself
from ..words import WAYS
from .room import routes


@routes.get("/people/<int:user_id>/behalf", may=Can.ACT_FOR, of=User)
def behalf(actor: Actor, user: User) -> ResponseReturnValue:
    return _page(user, ActForm(formdata=None))


@routes.post("/people/<int:user_id>/behalf", may=Can.ACT_FOR, of=User)
def start_behalf(actor: Actor, user: User) -> ResponseReturnValue:
    form = ActForm()
    form.way.choices = _ways()
    if not form.validate_on_submit():
        return _page(user, form, 422)
    start_acting(actor, user, way=Way(form.way.data), reason=form.reason.data)
    act_for(user.id)
    return leave("/")


def _page(user: User, form: ActForm, status: int = 200) -> ResponseReturnValue:
    form.way.choices = _ways()
    return page("accounts/people/behalf.html", status, block="act_form", form=form, person=user, nav="people")


def _ways() -> list[tuple[str, str]]:
    return choices({way: WAYS[way] for way in ASKED_STAFF})


@routes.post("/behalf/end", may=PUBLIC)
def end_behalf(actor: Actor) -> ResponseReturnValue:
    """Staff are themselves again, on the file of the person; family on their own page."""
    if actor.id is None or actor.entered_by is None:
        act_for_oneself()
        return leave("/")
    acting = open_acting(actor.entered_by, actor.id)
    if acting is not None:
        end_acting(actor, acting)
    act_for_oneself()
    flash(_("代办结束，现在您又是您自己了。"), "success")
    return leave("/me" if actor.kin else f"/people/{actor.id}")


@routes.get("/behalf/end", may=PUBLIC)
def see_behalf(actor: Actor) -> Response:
    return go("accounts.me") if actor.id is not None else go("accounts.sign_in")
