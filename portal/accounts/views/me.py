"""My page: what I set, where I belong, my posts, my sessions, my data; and the two switches every page has."""

import json
from typing import Any

from flask import Response, flash, redirect, request, session
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import TooMany
from ...core.exports import JSON, attachment
from ...core.pages import go, leave, own_address, page
from ...core.routing import PUBLIC
from ...core.text import LANGUAGES, _
from .. import passwords
from ..actions import door as door_acts
from ..actions.people import adjust
from ..door import prove
from ..forms import PasswordForm, ProfileForm
from ..identity import LANG, LARGE
from ..models import User
from ..policy import Can
from ..queries import people, posts
from ..queries.export import everything
from ..queries.relatives import behalf_of
from ..sessions import close_session, open_session
from ..words import KINSHIPS, RELATIONS, ROLES
from .room import cost, limit_sign_ins, routes


def own(actor: Actor, **_address: object) -> User | None:
    """The account of the actor."""
    return db.session.get(User, actor.id) if actor.id is not None else None


def own_or_door(actor: Actor, **_address: object) -> User:
    """The account of the actor; a visitor is sent to the door."""
    user = own(actor)
    if user is None:
        access.require(actor, Can.CLAIM)
    assert user is not None
    return user


@routes.get("/me", may=Can.ADJUST, of=own_or_door)
def me(actor: Actor, user: User) -> ResponseReturnValue:
    return _my_page(user, ProfileForm(nickname=user.nickname, lang=actor.lang, large_text=actor.large_text))


@routes.post("/me", may=Can.ADJUST, of=own_or_door)
def change_me(actor: Actor, user: User) -> ResponseReturnValue:
    form = ProfileForm()
    if not form.validate_on_submit():
        return _my_page(user, form, 422)
    adjust(actor, user, nickname=form.nickname.data, **_shown(actor, form.lang.data, form.large_text.data))
    flash(_("改好了。"), "success")
    return leave("/me")


def _my_page(user: User, form: ProfileForm, status: int = 200) -> ResponseReturnValue:
    actings, family = behalf_of(user.id)
    return page(
        "accounts/me/show.html",
        status,
        block="profile_form",
        form=form,
        person=user,
        memberships=people.memberships(user.id),
        posts=posts.posts_of(user.id),
        actings=actings,
        family=family,
        kinships={k: _(w) for k, w in KINSHIPS.items()},
        relations={k: _(w) for k, w in RELATIONS.items()},
        roles={k: _(w) for k, w in ROLES.items()},
        nav="me",
    )


def _shown(actor: Actor, lang: str | None, large_text: bool | None) -> dict[str, Any]:
    """What to store of how pages look. Staff who act for somebody keep their own eyes: only the session changes."""
    if actor.entered_by is None:
        session.pop(LANG, None)
        session.pop(LARGE, None)
        return {"lang": lang, "large_text": large_text}
    if lang in LANGUAGES:
        session[LANG] = lang
    if large_text is not None:
        session[LARGE] = large_text
    return {}


@routes.post("/prefs", may=PUBLIC)
def prefs(actor: Actor) -> ResponseReturnValue:
    large = request.form.get("text") == "large"
    return _look(actor, None, large)


@routes.post("/language", may=PUBLIC)
def language(actor: Actor) -> ResponseReturnValue:
    asked = request.form.get("lang")
    return _look(actor, asked if asked in LANGUAGES else None, None)


def _look(actor: Actor, lang: str | None, large: bool | None) -> ResponseReturnValue:
    user = own(actor)
    if user is not None and actor.entered_by is None:
        adjust(actor, user, lang=lang, large_text=large)
        session.pop(LANG if lang else LARGE, None)
    else:
        session.update({k: v for k, v in ((LANG, lang), (LARGE, large)) if v is not None})
    return leave(own_address(request.form.get("next")))


@routes.get("/prefs", may=PUBLIC)
def see_prefs(actor: Actor) -> ResponseReturnValue:
    return redirect("/", 303)


@routes.get("/language", may=PUBLIC)
def see_language(actor: Actor) -> ResponseReturnValue:
    return redirect("/", 303)


@routes.get("/me/password", may=Can.SET_PASSWORD, of=own_or_door)
def password(actor: Actor, user: User) -> ResponseReturnValue:
    return page("accounts/me/password.html", form=PasswordForm(), person=user)


@routes.post("/me/password", may=Can.SET_PASSWORD, of=own_or_door)
def change_password(actor: Actor, user: User) -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit():
        limit_sign_ins()
        with form.catching(TooMany, on="current"):
            _change(actor, user, form)
            flash(_("新密码设好了，别的设备都已退出。"), "success")
            return leave("/me")
    return page("accounts/me/password.html", 422, block="password_form", form=form, person=user)


def _change(actor: Actor, user: User, form: PasswordForm) -> None:
    prove(user, form.current.data, cost())
    passwords.check(form.password.data, user.phone, user.sign_in_name)
    kept = passwords.hashed(form.password.data, cost())
    open_session(door_acts.set_password(actor, user, password_hash=kept))


@routes.post("/me/sessions/end", may=Can.SIGN_OUT_EVERYWHERE, of=own_or_door)
def end_sessions(actor: Actor, user: User) -> ResponseReturnValue:
    door_acts.sign_out_everywhere(actor, user)
    close_session(actor.community)
    flash(_("所有设备都退出登录了。"), "success")
    return leave("/sign-in")


@routes.get("/me/sessions/end", may=PUBLIC)
def see_sessions(actor: Actor) -> Response:
    return go("accounts.me", anchor="sessions")


@routes.get("/me/data.json", may=Can.EXPORT, of=own_or_door)
def data(actor: Actor, user: User) -> Response:
    body = json.dumps(everything(user), ensure_ascii=False, indent=2)
    return attachment(body, JSON, "me.json")
