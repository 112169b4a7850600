"""From the printed card to the unit: the code leaves the address at once, its digest waits in the session."""

from dataclasses import replace

from flask import Response, flash, make_response, session
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Invalid, Refusal
from ...core.pages import go, leave, page
from ...core.routing import PUBLIC
from ...core.text import _
from .. import codes, names, passwords
from ..actions.claims import claim_unit, join_by_card, refusal_of
from ..forms import ClaimForm, CodeForm, JoinForm
from ..models import Code, CodePurpose, User
from ..queries.claims import ShownCard, by_digest, is_doubted, shown
from ..sessions import CARD, open_session
from ..words import RELATIONS
from .room import cost, limit_codes, routes, secret

HIDDEN = {"X-Robots-Tag": "noindex, nofollow"}


@routes.get("/claim", may=PUBLIC)
def claim(actor: Actor) -> ResponseReturnValue:
    return page("accounts/claims/code.html", form=CodeForm())


@routes.post("/claim", may=PUBLIC)
def read_code(actor: Actor) -> ResponseReturnValue:
    form = CodeForm()
    if not form.validate_on_submit():
        return page("accounts/claims/code.html", 422, block="code_form", form=form)
    return _take_up(form)


@routes.get("/claim/<code>", may=PUBLIC)
def scan_code(actor: Actor, code: str) -> ResponseReturnValue:
    """The card's QR leads here. The next page no longer has the code in its address."""
    form = CodeForm(formdata=None, code=code[:40])
    reply = make_response(_take_up(form))
    reply.headers.update(HIDDEN)
    return reply


def _take_up(form: CodeForm) -> ResponseReturnValue:
    """Remember the card if there is one with this code; else say what is wrong with it."""
    limit_codes()
    bare = codes.normal(form.code.data)
    if not bare:
        form.refuse(Invalid(_("码是 12 位字母和数字，没有字母 I、L、O、U。请对照卡上再写一遍。"), "code"))
    else:
        digest = codes.digest(bare, secret())
        code = by_digest(digest, CodePurpose.CLAIM)
        if code is not None:
            session[CARD] = digest
            return go("accounts.card")
        form.refuse(Invalid(_("没有这张卡。请对照卡上再写一遍，还不行就打电话给社区。"), "code"))
    return page("accounts/claims/code.html", 422, block="code_form", form=form)


@routes.get("/claim/unit", may=PUBLIC)
def card(actor: Actor) -> ResponseReturnValue:
    code = _in_hand()
    if code is None:
        return go("accounts.claim")
    form = ClaimForm() if actor.id is not None else JoinForm()
    return _card_page(actor, code, form)


@routes.post("/claim/unit", may=PUBLIC)
def take(actor: Actor) -> ResponseReturnValue:
    """A signed-in person claims."""
    code = _in_hand()
    if code is None or actor.id is None:
        return go("accounts.claim")
    form = ClaimForm()
    with form.catching(Refusal):
        if not code.place_path.startswith(actor.community):
            raise Invalid(_("这张卡是别的社区的。您的账号不在那里，请拿着卡到那个社区的窗口办。"))
        return _done(claim_unit(actor, code, owner_id=form.owner.data).doubted)
    return _card_page(actor, code, form, 422)


@routes.post("/claim/join", may=PUBLIC)
def join(actor: Actor) -> ResponseReturnValue:
    """A visitor makes his account and claims in one step."""
    code = _in_hand()
    if code is None or actor.id is not None:
        return go("accounts.card")
    form = JoinForm()
    if form.validate_on_submit():
        limit_codes()  # the answer tells whether a phone has an account: a card is no licence to ask of thousands
        with form.catching(Refusal):
            user = _join(actor, code, form)
            open_session(user)
            return _done(is_doubted(user.id))
    return _card_page(actor, code, form, 422)


def _join(actor: Actor, code: Code, form: JoinForm) -> User:
    phone = names.phone(form.phone.data)
    assert phone is not None
    name = names.person_name(form.name.data)
    passwords.check(form.password.data, phone)
    if not code.usable(actor.now):
        raise Invalid(refusal_of(code))
    kept = passwords.hashed(form.password.data, cost())
    # The card in hand decides the community, not the one the visitor was reading about.
    bearer = replace(actor, community="/")
    return join_by_card(bearer, code, name=name, phone=phone, password_hash=kept, owner_id=form.owner.data)


@routes.get("/claim/join", may=PUBLIC)
def joining(actor: Actor) -> Response:
    return go("accounts.card")


def _in_hand() -> Code | None:
    digest = session.get(CARD)
    return by_digest(digest, CodePurpose.CLAIM) if digest else None


def _done(doubted: bool) -> Response:
    session.pop(CARD, None)
    if doubted:
        flash(_("认领好了。业主身份还要到窗口核对，核对以后才能在业主大会投票。"))
    else:
        flash(_("认领好了，这里的事您都可以参加。"), "success")
    return leave("/me")


def _card_page(actor: Actor, code: Code, form: ClaimForm, status: int = 200) -> ResponseReturnValue:
    seen: ShownCard | None = shown(code) if code.usable(actor.now) else None
    if seen:
        form.owner.choices = [(id, name) for id, name, taken in seen.owners if not taken]
        form.owner.flags.required = True
    html, status, head = page(
        "accounts/claims/card.html",
        status if seen else 409,
        block="claim_form" if status != 200 else None,
        form=form,
        card=seen,
        relation=_(RELATIONS[seen.relation]) if seen else "",
        refusal="" if seen else refusal_of(code),
    )
    return html, status, head | HIDDEN
