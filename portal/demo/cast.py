"""The people of the demo come to the counter: those the stories name, then the neighbours of their crowds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from ..accounts import codes
from ..accounts.actions.cards import issue_cards
from ..accounts.actions.claims import claim_unit
from ..accounts.actions.people import adjust, register
from ..accounts.actions.posts import give_role
from ..accounts.models import Code, Relation, User
from ..core import clock
from ..core.db import db
from ..core.text import LANGUAGES
from ..councils.actions.table import give_seat
from ..councils.words import Party
from ..places.models import Owner, Place, Unit, Use
from ..places.naming import name_of
from .ground import Ground, present
from .neighbours import households
from .plan import Neighbour, Person
from .sources import Fields, people
from .words import POSTS, RELATIONS

OPENS = 9
APART, A_DAY = timedelta(minutes=7), 60
"""Between two people at the counter, and how many are served on a day."""


@dataclass
class Counter:
    """Where people are registered, and by whom: at first the administrator, then a social worker."""

    ground: Ground
    password_hash: str
    clerk: User

    def named(self, told: Fields) -> User:
        """A person of people.yaml: his account, his unit, his posts."""
        unit = db.session.get_one(Unit, unit_of(self.ground, told["unit"])) if "unit" in told else None
        owner = _entry(unit, told["name"]) if unit else None
        user = register(
            present(self.clerk),
            self.ground.community,
            name=told["name"],
            nickname=told["nickname"],
            phone=told["phone"],
            password_hash=self.password_hash,
            unit=unit,
            relation=_relation(told, owner),
            owner=owner,
            lang=told["language"] if told["language"] in LANGUAGES else "en",
        )
        if told.get("large_text"):
            adjust(present(user), user, large_text=True)
        if "shop" in told:
            self.claim_shop(user, unit_of(self.ground, told["shop"]))
        for post in told["roles"]:
            if post["role"] in POSTS:
                role, title = POSTS[post["role"]]
                place = self.ground.places.get((post["at"], ""), self.ground.community)
                give_role(present(self.ground.administrator), place, user=user, role=role, title=title)
        return user

    def claim_shop(self, user: User, shop_id: int) -> None:
        """His shop beside his home: with the one-time code of a contact card."""
        secret, shop = str(current_app.config["SECRET_KEY"]), db.session.get_one(Place, shop_id)
        card, *_ = issue_cards(present(self.clerk), shop, relation=Relation.TENANT, secret=secret)
        printed = sa.select(Code).where(Code.digest == codes.digest(card.code, secret))
        claim_unit(present(user), db.session.scalars(printed).one())

    def neighbour(self, owner_id: int, unit_id: int) -> User:
        """Somebody without a part: kept by his name in the register, without phone or password."""
        owner, unit = db.session.get_one(Owner, owner_id), db.session.get_one(Unit, unit_id)
        clerk, community = present(self.clerk), self.ground.community
        return register(clerk, community, name=owner.name, unit=unit, relation=Relation.OWNER, owner=owner)


def enrol(
    ground: Ground, crowds: dict[tuple[str, str], int], password_hash: str, opened: date
) -> dict[Person, int]:
    """Register everybody from the day after the opening, and seat the council. Returns the account numbers."""
    counter = Counter(ground, password_hash, ground.administrator)
    hours = _office_hours(opened + timedelta(days=1))
    made: dict[Person, User] = {}
    for key, told in people().items():
        with clock.frozen(next(hours)):
            made[key] = counter.named(told)
    counter.clerk = made[_holder("social_worker")]
    taken = {unit_of(ground, told[w]) for told in people().values() for w in ("unit", "shop") if w in told}
    found: list[tuple[Neighbour, int, int]] = households(ground, crowds, taken)
    for neighbour, owner_id, unit_id in found:
        with clock.frozen(next(hours)):
            made[neighbour] = counter.neighbour(owner_id, unit_id)
    with clock.frozen(next(hours)):
        _seat(ground, made)
    return {who: user.id for who, user in made.items()}


def unit_of(ground: Ground, where: Fields) -> int:
    """The unit of an address of people.yaml. Raises KeyError if the register has none."""
    use = Use.SHOP if where["room"].startswith("商") else Use.HOME
    name = name_of(where["estate"], where["building"], where["entrance"], where["room"], use)
    return ground.register.units[name].id


def _seat(ground: Ground, made: dict[Person, User]) -> None:
    secretary = present(made[_holder("secretary")])
    for key, told in people().items():
        if told.get("seat"):
            give_seat(secretary, ground.council, user_id=made[key].id, party=Party(told["party"]))


def _holder(role: str) -> str:
    return next(key for key, told in people().items() if told["roles"][0]["role"] == role)


def _relation(told: Fields, owner: Owner | None) -> Relation:
    """An owner whom the register does not name is kept as family until it is mended."""
    said = {RELATIONS[post["role"]] for post in told["roles"] if post["role"] in RELATIONS}
    if Relation.OWNER in said:
        return Relation.OWNER if owner else Relation.FAMILY
    return Relation.TENANT


def _entry(unit: Unit, name: str) -> Owner | None:
    """The entry of the register that is this person."""
    named = sa.select(Owner).where(Owner.owner_set_id == unit.owner_set_id, Owner.name == name)
    return db.session.scalar(named)


def _office_hours(first: date) -> Iterator[datetime]:
    day = first
    while True:
        yield from (clock.at(day, OPENS) + n * APART for n in range(A_DAY))
        day += timedelta(days=1)
