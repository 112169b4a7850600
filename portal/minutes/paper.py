"""Minutes as a sequence of blocks, the same for the printed page and for the file of a word processor. Pure.

The document is in the words it was written in; what stands around them speaks the language of the reader.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from ..core.text import N_, _
from ..meetings.sides import SIDE_WORD, Side
from .words import DUTY_WORD, HEADING_WORD, Duty, Heading

Document = dict[str, Any]
NUMERALS = "一二三四五六七八九十"


class Block(NamedTuple):
    """A piece of paper: head (an item, or a section beside the items), name (of a section of an item), line, table
    (the first row is its heads)."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(document: Document) -> Iterator[Block]:
    """Everything between the head of the paper and the signatures."""
    yield Block("table", _("到会人员"), tuple(_people(document)))
    for n, part in enumerate(document["parts"]):
        if part["item"]:
            yield Block("head", f"{_numeral(n)}、{_titled(part['item'])}")
        for section in part["sections"]:
            kind = "name" if part["item"] else "head"
            yield Block(kind, _(HEADING_WORD[Heading(section["heading"])]))
            yield from (Block("line", line["text"]) for line in section["lines"])
    if document["tasks"]:
        yield Block("table", _("责任分工"), tuple(_tasks(document)))
    if document["objections"]:
        yield Block("head", _("核对时的异议和答复"))
        yield from (Block("line", _objection(o)) for o in document["objections"])
    yield Block("head", _("核对情况"))
    yield Block("line", read_by(document))


def facts(document: Document) -> dict[str, str]:
    """What stands at the head of the paper."""
    meeting = document["meeting"]
    return {
        "number": document["number"] or _("（还没定稿）"),
        "meeting": meeting["title"],
        "body": meeting["body"],
        "hours": f"{_hour(meeting['opened_at'])}—{_hour(meeting['closed_at'])[-5:]}",
        "venue": meeting["venue"],
        "chair": document["chair"],
        "recorder": document["recorder"],
    }


def read_by(document: Document) -> str:
    """Who has read it, in a sentence with its figures: silence is not said to be a yes."""
    read = document["read"]
    if not document["sent_at"]:
        return _("还没有发给到会的人核对。")
    said = _(
        "到会 %(present)d 人，其中 %(asked)d 人有账号、收到了核对的通知，%(all)d 人逐行核对完。没有回复的，不算同意。",
        **read,
    )
    if on_paper := read.get("on_paper"):
        said += _("逐行核对完的人里，有 %(n)d 人没有账号，在纸上签字，由记录人录入。", n=on_paper)
    return said


def numbered(document: Document) -> list[tuple[int, Document, Document | None]]:
    """All lines with their number on the sheet that is signed, each with the item it belongs to."""
    lines = ((line, p["item"]) for p in document["parts"] for s in p["sections"] for line in s["lines"])
    return [(n, line, item) for n, (line, item) in enumerate(lines, 1)]


def _people(document: Document) -> Iterator[tuple[str, ...]]:
    yield _("姓名"), _("代表方"), _("应到或列席"), _("到会")
    for p in document["people"]:
        name = (
            _("%(name)s（%(who)s代）", name=p["name"], who=p["substitute"]) if p["substitute"] else p["name"]
        )
        came = (_("到会，中途离开") if p["left_early"] else _("到会")) if p["present"] else _("没来")
        yield name, _(SIDE_WORD[Side(p["side"])]), _("应到") if p["member"] else _("列席"), came


def _tasks(document: Document) -> Iterator[tuple[str, ...]]:
    yield _("要办的事"), *(_(DUTY_WORD[duty]) for duty in Duty), _("期限")
    for task in document["tasks"]:
        due = date.fromisoformat(task["due_on"])
        yield task["what"], *(task["duties"].get(duty, "") for duty in Duty), f"{due:%Y-%m-%d}"


def _objection(o: Document) -> str:
    said = _("%(side)s一位：%(reason)s", side=_(SIDE_WORD[Side(o["side"])]), reason=o["reason"])
    if o.get("signed_on"):
        said += _("（%(day)s写在纸上，由记录人录入）", day=o["signed_on"])
    answer = _(CORRECTED) if o["corrected"] else o["answer"] or _("还没有答复")
    return f"{said} —— {answer}"


CORRECTED = N_("已经照改")


def _titled(item: Document) -> str:
    return (
        _("%(title)s（议题 %(number)s）", title=item["title"], number=item["topic"])
        if item["topic"]
        else item["title"]
    )


def _numeral(n: int) -> str:
    return NUMERALS[n - 1] if 1 <= n <= len(NUMERALS) else str(n)


def _hour(text: str) -> str:
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
