"""Signing in and out, and a new password with a code from the counter."""

from urllib.parse import urlencode

from flask import Response, flash, g, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Invalid, NotAllowed, Refusal, TooMany, Unmet
from ...core.failures import refused
from ...core.pages import current_page, go, leave, own_address, page
from ...core.routing import PUBLIC
from ...core.text import _
from .. import codes, devices, passwords
from ..actions import door as acts
from ..actions.acting import end_acting
from ..door import enter
from ..forms import ResetForm, SignInForm
from ..models import CodePurpose
from ..queries.claims import by_digest
from ..queries.people import open_acting
from ..sessions import close_session, open_session
from .room import cost, limit_codes, limit_sign_ins, routes, secret


def sign_in_first(refusal: NotAllowed) -> ResponseReturnValue:
    """A visitor who may not, but might once he is known, goes to the door and comes back. What he was writing
    stays before him: then he gets the sentence with the way to the door."""
    if g.actor.id is not None:
        return refused(refusal)
    door = "/sign-in?" + urlencode({"next": current_page()})
    if request.method in ("GET", "HEAD"):
        return leave(door)
    return refused(NotAllowed(*(Unmet(u.sentence, u.cure or door) for u in refusal.unmet)))


@routes.get("/sign-in", may=PUBLIC)
def sign_in(actor: Actor) -> ResponseReturnValue:
    back = own_address(request.args.get("next"))
    if actor.id is not None:
        return leave(back)
    form = SignInForm(next=back)
    return page("accounts/door/sign_in.html", form=form)


@routes.post("/sign-in", may=PUBLIC)
def open_door(actor: Actor) -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return page("accounts/door/sign_in.html", 422, block="sign_in_form", form=form)
    limit_sign_ins()
    try:
        user = enter(form.name.data, form.password.data, cost(), request.remote_addr or "", devices.present())
    except TooMany as refusal:
        return _shown_with(form, refusal)
    except Invalid as refusal:
        form.refuse(refusal)
        return page("accounts/door/sign_in.html", 422, block="sign_in_form", form=form)
    _stop_acting(actor)
    open_session(user)
    return leave(own_address(form.next.data))


def _shown_with(form: SignInForm, refusal: TooMany) -> ResponseReturnValue:
    form.refuse(Invalid(str(refusal)))
    html, status, head = page("accounts/door/sign_in.html", refusal.status, block="sign_in_form", form=form)
    return html, status, head | {"Retry-After": str(refusal.retry_after)}


@routes.post("/sign-out", may=PUBLIC)
def sign_out(actor: Actor) -> ResponseReturnValue:
    _stop_acting(actor)
    close_session(actor.community)
    return leave("/")


@routes.get("/sign-out", may=PUBLIC)
def signed_out(actor: Actor) -> Response:
    return go("accounts.me") if actor.id is not None else go("accounts.sign_in")


def _stop_acting(actor: Actor) -> None:
    if actor.id is None or actor.entered_by is None:
        return
    acting = open_acting(actor.entered_by, actor.id)
    if acting is not None:
        end_acting(actor, acting)


@routes.get("/reset", may=PUBLIC)
def reset(actor: Actor) -> ResponseReturnValue:
    return page("accounts/door/reset.html", form=ResetForm())


@routes.post("/reset", may=PUBLIC)
def set_by_code(actor: Actor) -> ResponseReturnValue:
    form = ResetForm()
    if form.validate_on_submit():
        limit_codes()
        with form.catching(Refusal, on="code"):
            _reset(actor, form)
            flash(_("新密码设好了，请用它登录。"), "success")
            return leave("/sign-in")
    return page("accounts/door/reset.html", 422, block="reset_form", form=form)


def _reset(actor: Actor, form: ResetForm) -> None:
    bare = codes.normal(form.code.data)
    code = by_digest(codes.digest(bare, secret()), CodePurpose.PASSWORD) if bare else None
    if code is None:
        raise Invalid(_("没有这个重设码，请对照纸上再写一遍。"), "code")
    passwords.check(form.password.data)
    visitor = Actor(lang=actor.lang, now=actor.now)
    acts.reset_password(visitor, code, password_hash=passwords.hashed(form.password.data, cost()))
