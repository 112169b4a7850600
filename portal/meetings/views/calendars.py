"""Calendar feeds: the meetings of a council, and those one person is asked to."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from ...accounts.models import User
from ...core import diary, ical
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import NotVisible
from ...core.exports import attachment
from ...core.pages import page
from ...core.routing import PUBLIC, Routes
from ...core.scanning import public, scan_of
from ...core.text import _
from ...councils.models import Council
from ...councils.policy import Can as CouncilCan
from ...councils.queries import council_of
from .. import feeds
from ..words import MeetingState

routes = Routes("calendars")
SHOWN = 6
"""So many of the days that are no meetings are listed."""


@routes.get("/meetings/calendar", may=CouncilCan.SEE_COUNCIL, of=council_of)
def show(actor: Actor, council: Council) -> ResponseReturnValue:
    """Where to subscribe; the person's own address is shown to nobody who acts for him."""
    person = db.session.get(User, actor.id) if actor.id and actor.entered_by is None else None
    own = f"/calendar/{feeds.token(person, str(current_app.config['SECRET_KEY']))}.ics" if person else ""
    return page(
        "meetings/calendars/show.html",
        council=council,
        everybody=scan_of(f"/councils/{council.id}/meetings.ics"),
        own=own,
        mine=scan_of(own) if own else None,
        besides=diary.coming(council.place_path, actor.now)[:SHOWN],
    )


@routes.get("/councils/<int:council_id>/meetings.ics", may=CouncilCan.SEE_COUNCIL, of=Council)
def council(actor: Actor, council: Council) -> ResponseReturnValue:
    return _feed(
        council.name, feeds.of_council(actor, council), "council", diary.coming(council.place_path, actor.now)
    )


@routes.get("/calendar/<token>.ics", may=PUBLIC)
def person(actor: Actor, token: str) -> ResponseReturnValue:
    found = feeds.person_of(token, str(current_app.config["SECRET_KEY"]))
    if found is None:
        raise NotVisible()
    return _feed(_("我的会议"), feeds.of_person(found), "person")


def _feed(name: str, meetings: Iterable[Any], kind: str, besides: Sequence[ical.Entry] = ()) -> Response:
    """A program knows a meeting again by its number and the portal's own name, wherever it was fetched from."""
    address = public()
    host = feeds.host(str(current_app.config["SECRET_KEY"]), address)
    entries = [
        ical.Entry(
            uid=f"meeting-{m.id}@{host}",
            starts_at=m.starts_at,
            ends_at=m.ends_at,
            changed=m.moved_at,
            title=m.title,
            place=m.venue,
            text=m.intro,
            address=f"{address}meetings/{m.id}" if address else "",
            cancelled=m.state in feeds.OFF,
            tentative=m.state == MeetingState.PLANNED,
        )
        for m in meetings
    ]
    entries += diary.abroad(list(besides), host, address)
    return attachment(ical.calendar(name, entries), "text/calendar; charset=utf-8", f"{kind}.ics")
