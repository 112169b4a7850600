"""The sentence that the form of an outcome begins with, as minutes have it: 会议议定…, 会议未形成一致意见…. Pure."""

from typing import Any

from ..core.text import _
from .words import Heading


def sentence_for(page: Any) -> str:
    """Of the item of a page: what was agreed, else what was left open, else nothing."""
    headings = {s.id: s.heading for s in page.sections if s.item_id == page.item.id}
    said: dict[str, list[str]] = {}
    for line in page.lines:
        if line.struck_at is None and line.section_id in headings:
            said.setdefault(headings[line.section_id], []).append(line.text.rstrip("。；"))
    if agreed := said.get(Heading.AGREED):
        return _("会议议定：%(what)s。", what=_("；").join(agreed))
    if said.get(Heading.OPEN):
        return _("会议未形成一致意见，下次再议。")
    return ""
