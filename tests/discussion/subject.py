"""A subject of the tests' own: a poster that people speak on. Its table is in no migration and its rules are entered
only while these tests run, so the rest of the suite does not see it."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.core.access import Permission
from portal.core.actor import Actor
from portal.core.atoms import anyone, during, member, role
from portal.core.columns import Id, PlacePath, word
from portal.core.db import db, transaction
from portal.core.pages import page
from portal.core.routing import Routes
from portal.discussion import subjects
from portal.discussion.forums import Forum


class PosterState(StrEnum):
    UP = "up"
    DOWN = "down"


class Board(DeclarativeBase):
    """Apart from the portal's own tables."""


class Poster(Board):
    __tablename__ = "poster"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    state: Mapped[PosterState] = mapped_column(word(PosterState))
    comments_count: Mapped[int]


class Can(Permission):
    SEE = "poster:see"
    COMMENT = "poster:comment"
    MODERATE = "poster:moderate"


RULES = {
    Can.SEE: anyone,
    Can.COMMENT: member & during(PosterState.UP, reason="这件事已经结束。"),
    Can.MODERATE: role("secretary", "social_worker", reason="这一步由社区来办。"),
}


def build_routes() -> tuple[Routes, Forum]:
    """The pages of posters with their discussion."""
    routes = Routes("posters")

    @routes.get("/posters/<int:poster_id>", may=Can.SEE, of=Poster)
    def show(actor: Actor, poster: Poster) -> Any:
        return page("poster.html", talk=subjects.talk(actor, Poster, poster))

    forum = subjects.open_on(
        Poster, routes=routes, speak=Can.COMMENT, moderate=Can.MODERATE, page=lambda p: f"/posters/{p.id}"
    )
    return routes, forum


def put_up(path: str, state: PosterState = PosterState.UP) -> Poster:
    """A poster at a place, written inside the test's transaction."""
    poster = Poster(place_path=path, state=state, comments_count=0)
    with transaction():
        db.session.add(poster)
    return poster


def set_state(poster: Poster, state: PosterState) -> None:
    with transaction():
        db.session.execute(sa.update(Poster).where(Poster.id == poster.id).values(state=state))
