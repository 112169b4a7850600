"""The page of minutes: one query, whatever their state."""

import json
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ...core import access
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import read
from ...core.prepared import prepared
from ...core.terms import in_term
from ...councils.models import Seat
from ...meetings.models import Invitation
from ...meetings.naming import names_within
from .. import document, masking
from ..material import TextLine, material
from ..models import Minutes
from ..policy import Can
from ..words import BY_HAND, MinutesState, Stance

_me = sa.bindparam("me", type_=sa.Integer)


@prepared
def _page(visible: access.Condition) -> Rows:
    """The material, and what the reader is to the minutes, so that no rule asks for it again."""
    own = Invitation.meeting_id == Minutes.meeting_id, Invitation.user_id == _me
    seated = Invitation.meeting_id == Minutes.meeting_id, Invitation.sitter_id == _me
    seat = Seat.council_id == Minutes.council_id, Seat.user_id == _me, in_term(Seat)
    return material(visible).add_columns(
        sa.exists().where(*own).label("asked"),
        sa.exists().where(*seated, Invitation.arrived_at.is_not(None)).label("attended"),
        sa.exists().where(*seat).label("seated"),
    )


def minutes_page(actor: Actor, minutes_id: int) -> SimpleNamespace | None:
    """Minutes with all lines and what was said of them. None if the actor may not see them."""
    rows = read(_page(access.rows(actor, Minutes)), {"minutes": minutes_id, "me": actor.id})
    if not rows:
        return None
    page = document.unpacked(rows[0])
    page.full = bool(access.may(actor, Can.READ_FULL, page))
    page.document = _document(page)
    page.story = f"meeting:{page.meeting_id}"
    page.heads = {s.id: s for s in page.sections}
    page.own = next((p for p in page.people if actor.id and p.sitter_id == actor.id and p.arrived_at), None)
    _marked(page)
    return page


def _document(page: SimpleNamespace) -> dict[str, Any]:
    """What this reader reads: sealed as it was kept, else as it stands."""
    if page.state == MinutesState.SEALED:
        kept: dict[str, Any] = json.loads(page.text if page.full else page.public_text)
        return kept
    made = document.of(page)
    if page.full:
        return made
    return masking.public(made, names_within(page.community_path, masking.texts_in(made)))


def _marked(page: SimpleNamespace) -> None:
    """By line: what the reader said of its present wording, and every objection to any of its wordings."""
    version = {line.id: line.version for line in page.lines}
    sides = {p.id: p.side for p in page.people}
    page.said, page.against = {}, defaultdict(list)
    told = iter(page.document["objections"])
    for m in page.marks:
        standing = m.version == version[m.line_id]
        if page.own and m.invitation_id == page.own.id and standing:
            page.said[m.line_id] = m
        if m.stance == Stance.WRONG:
            # What was said stands in the document as this reader may read it, in the order of the marks.
            said = next(told)
            page.against[m.line_id].append(
                SimpleNamespace(
                    id=m.id,
                    side=sides[m.invitation_id],
                    own=bool(page.own and m.invitation_id == page.own.id),
                    reason=said["reason"],
                    signed_on=m.signed_on,
                    answer=said["answer"],
                    corrected=not standing,
                    answered_at=m.answered_at,
                )
            )
    page.unsaid = sum(line.struck_at is None and line.id not in page.said for line in page.lines)
    gone = [line for line in page.lines if line.struck_at is not None and page.against[line.id]]
    page.gone = gone if page.full or not gone else _hidden(page, gone)


def _hidden(page: SimpleNamespace, gone: list[TextLine]) -> list[TextLine]:
    """Lines that are not in the document any more, as everybody may read them."""
    names = masking.names_in(document.of(page))
    names += names_within(page.community_path, (line.text for line in gone))
    return [line._replace(text=masking.hidden(line.text, names)) for line in gone]


def warnings(page: SimpleNamespace) -> list[masking.Warned]:
    """What was typed and says who somebody is, with the page where it can be said in another way."""
    place = f"/minutes/{page.id}"
    texts = [
        (line.text, f"{place}/sections/{line.section_id}")
        for line in page.lines
        if line.struck_at is None and page.heads[line.section_id].heading in BY_HAND
    ]
    texts += [(o.said, f"{place}/items/{o.item_id}/outcome") for o in page.outcomes]
    texts += [(t.what, f"/tasks/{t.id}/edit") for t in page.tasks]
    there = [p.substitute or p.name for p in page.people if p.arrived_at is not None]
    return masking.warned(texts, there)


def signers(page: SimpleNamespace) -> list[SimpleNamespace]:
    """Those who were there and have no account, each with how many lines are right, wrong and not spoken of."""
    standing = {line.id: line.version for line in page.lines if line.struck_at is None}
    made = {
        p.id: SimpleNamespace(
            id=p.id, name=p.substitute or p.name, side=p.side, right=0, wrong=0, signed_on=None
        )
        for p in page.people
        if p.sitter_id is None and p.arrived_at is not None
    }
    for m in page.marks:
        if (signer := made.get(m.invitation_id)) and standing.get(m.line_id) == m.version:
            signer.right += m.stance == Stance.RIGHT
            signer.wrong += m.stance == Stance.WRONG
            signer.signed_on = m.signed_on
    for signer in made.values():
        signer.left = len(standing) - signer.right - signer.wrong
    return list(made.values())


def section_page(actor: Actor, minutes_id: int, section_id: int) -> SimpleNamespace | None:
    """Minutes with one section as `section`, its lines as `now_text`."""
    page = minutes_page(actor, minutes_id)
    section = page.heads.get(section_id) if page else None
    if page is None or section is None:
        return None
    page.section = section
    page.item = next((i for i in page.items if i.id == section.item_id), None)
    page.now_text = "\n".join(
        line.text for line in page.lines if line.section_id == section.id and line.struck_at is None
    )
    return page


def item_page(actor: Actor, minutes_id: int, item_id: int) -> SimpleNamespace | None:
    """Minutes with one item as `item`, its outcome as `outcome` and the section that says it."""
    page = minutes_page(actor, minutes_id)
    item = next((i for i in page.items if i.id == item_id), None) if page else None
    if page is None or item is None:
        return None
    page.item = item
    page.outcome = next((o for o in page.outcomes if o.item_id == item.id), None)
    page.section = next(s for s in page.sections if s.item_id == item.id and s.heading == "outcome")
    return page


def line_page(actor: Actor, minutes_id: int, line_id: int) -> SimpleNamespace | None:
    """Minutes with one standing line as `line`."""
    page = minutes_page(actor, minutes_id)
    line = next((x for x in page.lines if x.id == line_id and x.struck_at is None), None) if page else None
    if page is None or line is None:
        return None
    page.line = line
    return page


def mark_page(actor: Actor, minutes_id: int, mark_id: int) -> SimpleNamespace | None:
    """Minutes with one objection as `mark` and the line it is about as `line`."""
    page = minutes_page(actor, minutes_id)
    mark = (
        next((m for m in page.marks if m.id == mark_id and m.stance == Stance.WRONG), None) if page else None
    )
    if page is None or mark is None:
        return None
    page.mark = mark
    page.line = next(line for line in page.lines if line.id == mark.line_id)
    return page


def person_page(actor: Actor, minutes_id: int, asked_id: int) -> SimpleNamespace | None:
    """Minutes with one of those who were asked as `person`."""
    page = minutes_page(actor, minutes_id)
    if page is not None:
        page.person = next((p for p in page.people if p.id == asked_id), None)
    return page if page is not None and page.person else None
