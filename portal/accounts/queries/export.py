"""Everything the portal keeps of a person's account, as he may take it away."""

from typing import Any

import sqlalchemy as sa

from ...core import clock
from ...core.db import db
from ...core.eventlog import Entry
from ...core.text import _
from ..models import Relation, Role, User
from ..words import KINSHIPS, RELATIONS, ROLES
from .people import actings, memberships
from .posts import posts_of
from .relatives import relatives_of

EVENTS = 5000


def everything(user: User) -> dict[str, Any]:
    """Plain values only: texts, numbers, days, instants on the community's clock."""
    return {
        "account": {
            "name": user.name,
            "nickname": user.nickname,
            "phone": user.phone,
            "sign_in_name": user.sign_in_name,
            "language": user.lang,
            "large_text": user.large_text,
            "since": _at(user.created_at),
            "signed_in": _at(user.signed_in_at),
        },
        "units": [
            {
                "unit": m.label,
                "as": _(RELATIONS[Relation(m.relation)]),
                "from": _at(m.starts),
                "until": _at(m.ends),
            }
            for m in memberships(user.id)
        ],
        "posts": [
            {
                "post": _(ROLES[Role(p.role)]),
                "place": p.place_name,
                "from": _at(p.starts),
                "until": _at(p.ends),
            }
            for p in posts_of(user.id)
        ],
        "acted_for_me": [
            {"by": a.by_name, "why": a.reason, "from": _at(a.started_at), "until": _at(a.ended_at)}
            for a in actings(user.id, limit=EVENTS)
        ],
        "family_who_may_act": [
            {
                "for": r.person,
                "by": r.relative,
                "as": _(KINSHIPS[r.kinship]),
                "agreed": _at(r.agreed_at),
                "until": _at(r.ends),
                "ended": _at(r.ended_at),
            }
            for r in relatives_of(user.id)
        ],
        "what_i_did": _entries(user.id),
    }


def _entries(user_id: int) -> list[dict[str, Any]]:
    found = (
        sa.select(Entry.at, Entry.name, Entry.subject, Entry.entered_by_id, Entry.payload)
        .where(Entry.actor_id == user_id)
        .order_by(Entry.id.desc())
        .limit(EVENTS)
    )
    return [
        {
            "at": _at(e.at),
            "what": e.name,
            "about": e.subject,
            "entered_for_me": bool(e.entered_by_id),
            "details": e.payload,
        }
        for e in db.session.execute(found)
    ]


def _at(moment: Any) -> str | None:
    if moment is None:
        return None
    return clock.local(moment).isoformat(timespec="minutes") if hasattr(moment, "hour") else str(moment)
