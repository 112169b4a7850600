"""The wallet: what somebody has, where it came from, and how points are earned."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import NotAllowed
from ...core.exports import listed
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...places.models import Place
from ..actions.answering import join_board, leave_board
from ..actions.sampling import month_after
from ..forms import BoardForm
from ..listings import of_wallet
from ..models.programme import Programme
from ..policy import Can
from ..queries import accounts, books, table
from ..queries.places import community
from ..queries.wallet import purse
from .books import programme_here

routes = Routes("points")
WALLET = "points/wallet/show.html"


def _home(actor: Actor) -> Place:
    """The reader's community. Who has none yet is asked to sign in: the way here stands in everybody's bar."""
    place = community(actor)
    if place is None:
        raise NotAllowed(_("登录以后，可以看自己的积分。"))
    return place


@routes.get("/points", may=Can.SEE_PROGRAMME, of=_home)
def show(actor: Actor, place: Any) -> ResponseReturnValue:
    programme = accounts.programme_of(place.place_path)
    if programme is None:
        return page("points/wallet/closed.html", home=place)
    if actor.id is None:
        return page("points/wallet/about.html", programme=programme, rules=_rules(actor, programme))
    return listed(
        of_wallet(programme.place_path, actor.id),
        actor,
        request.args,
        WALLET,
        **_values(actor, programme, actor.id),
    )


def _values(
    actor: Actor, programme: Programme, user_id: int, form: BoardForm | None = None
) -> dict[str, Any]:
    """What the page of a wallet shows beside its movements."""
    seat = books.seat(programme, user_id)
    return {
        "programme": programme,
        "purse": purse(programme.place_path, user_id, actor.today),
        "rules": _rules(actor, programme),
        "board": _board(actor, programme),
        "seat": seat,
        "form": form or BoardForm(formdata=None, nickname=seat.nickname if seat else ""),
    }


@routes.get("/points/flowers", may=Can.SEE_PROGRAMME, of=programme_here)
def flowers(actor: Actor, programme: Programme) -> ResponseReturnValue:
    """The list of red flowers: who did something good this month and wants to be named, without figures."""
    return page(
        "points/wallet/flowers.html", names=_board(actor, programme), samples=books.sample_results(programme)
    )


@routes.post("/points/board", may=Can.JOIN_BOARD, of=programme_here, back="points.show")
def join(actor: Actor, programme: Programme) -> ResponseReturnValue:
    form = BoardForm()
    if form.validate_on_submit():
        with form.catching():
            join_board(actor, programme, nickname=form.nickname.data)
            flash(_("上榜了，只显示昵称，随时可以下来。"))
            return go("points.show", anchor="board")
    assert actor.id is not None
    movements = of_wallet(programme.place_path, actor.id).read(actor, {})
    return page(WALLET, 422, block="board_form", list=movements, **_values(actor, programme, actor.id, form))


@routes.post("/points/board/leaving", may=Can.LEAVE_BOARD, of=programme_here, back="points.show")
def leave(actor: Actor, programme: Programme) -> ResponseReturnValue:
    leave_board(actor, programme)
    return go("points.show", anchor="board")


def _board(actor: Actor, programme: Programme) -> list[Any]:
    first = actor.today.replace(day=1)
    return books.board(programme, first, month_after(first), actor.id)


def _rules(actor: Actor, programme: Programme) -> list[Any]:
    return [rule for rule in table.in_force(programme, actor.today) if rule.active]
