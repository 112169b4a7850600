"""Contact cards: choose a place and for whom, then a sheet that is shown once and printed."""

from typing import NamedTuple

from flask import request, url_for
from flask.typing import ResponseReturnValue

from ...core import clock, signs
from ...core.actor import Actor
from ...core.pages import page
from ...core.scanning import scan_of, site
from ...core.text import N_, _
from ...places.models import Place
from ..actions.cards import Card, issue_cards
from ..forms import CardsForm
from ..models import Relation
from ..policy import Can
from ..queries.claims import find_units
from ..queries.posts import places_to_give
from ..words import RELATIONS
from .room import desk, own_place, routes, secret

FOR_WHOM = (Relation.OWNER, Relation.FAMILY, Relation.TENANT)
DAYS = (("30", N_("30 天")), ("60", N_("60 天")), ("120", N_("120 天")))


class Printed(NamedTuple):
    """A card as drawn: `picture` is the QR of the claim's address as a data address."""

    estate: str
    label: str
    code: str
    picture: str


@routes.get("/cards", may=Can.ISSUE, of=desk)
def cards(actor: Actor, place: Place) -> ResponseReturnValue:
    typed = request.args.get("q", "")[:60]
    return page(
        "accounts/cards/index.html",
        places=places_to_give(actor, [place.place_path]),
        units=find_units(place.place_path, typed),
        typed=typed,
        nav="cards",
    )


@routes.get("/cards/<int:place_id>", may=Can.ISSUE, of=own_place)
def choose_cards(actor: Actor, place: Place) -> ResponseReturnValue:
    return _choose(place, CardsForm(formdata=None))


@routes.post("/cards/<int:place_id>", may=Can.ISSUE, of=own_place)
def print_cards(actor: Actor, place: Place) -> ResponseReturnValue:
    """The codes are on this one reply and nowhere else, so there is no redirect."""
    form = CardsForm()
    _offer(form)
    if form.validate_on_submit():
        with form.catching():
            return _sheet(place, Relation(form.relation.data), _issued(actor, place, form))
    return _choose(place, form, 422)


def _issued(actor: Actor, place: Place, form: CardsForm) -> list[Card]:
    return issue_cards(
        actor,
        place,
        relation=Relation(form.relation.data),
        copies=int(form.copies.data),
        days=int(form.days.data),
        secret=secret(),
    )


def _sheet(place: Place, relation: Relation, made: list[Card]) -> ResponseReturnValue:
    return page(
        "accounts/cards/sheet.html",
        cards=[_printed(card) for card in made],
        relation=_(RELATIONS[relation]),
        until=clock.local(made[0].expires_at).date(),
        address=site(),
        back=url_for("accounts.choose_cards", place_id=place.id),
    )


def _choose(place: Place, form: CardsForm, status: int = 200) -> ResponseReturnValue:
    _offer(form)
    return page("accounts/cards/new.html", status, block="cards_form", form=form, where=place, nav="cards")


def _offer(form: CardsForm) -> None:
    form.relation.choices = [(r.value, _(RELATIONS[r])) for r in FOR_WHOM]
    form.days.choices = [(value, _(words)) for value, words in DAYS]


def _printed(card: Card) -> Printed:
    scan = scan_of(url_for("accounts.scan_code", code=card.code))
    return Printed(card.estate, card.label, signs.grouped(card.code), scan.picture)
