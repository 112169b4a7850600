"""The lines minutes begin with, from what the meeting recorded. Pure: rows in, lines out."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..core import clock
from ..core.text import _
from ..meetings.sides import SIDE_WORD, Side
from ..meetings.speaking import STANCE_WORD, Stance
from ..meetings.verdicts import why_decided
from ..meetings.words import MOTION_WORD, MotionState

CARRIED, LOST = MotionState.CARRIED, MotionState.LOST


def present(people: Sequence[Any]) -> list[str]:
    """Who was to come and who came, a line a side; guests in one."""
    lines = []
    for side in Side:
        called = [p for p in people if p.member and p.side == side]
        if called:
            lines.append(
                _(
                    "%(side)s：应到 %(n)d 人，到会 %(there)d 人。",
                    side=_(SIDE_WORD[side]),
                    n=len(called),
                    there=sum(_came(p) for p in called),
                )
            )
    guests = sum(_came(p) for p in people if not p.member)
    return [*lines, _("列席 %(n)d 人。", n=guests)] if guests else lines


def unclosed() -> str:
    """What stands in the minutes of a meeting that nobody closed."""
    return _("没有人宣布散会，结束的时间按通知写。")


def said(turns: Iterable[Any]) -> list[str]:
    """Who spoke, by side and for what, with what the clerk wrote down meanwhile; where he did not, the words are the
    recorder's."""
    return [
        _(
            "%(side)s（%(stance)s）：%(said)s",
            side=_(SIDE_WORD[Side(t.side)]),
            stance=_(STANCE_WORD[Stance(t.stance)]),
            said=" ".join(t.said.split()),
        )
        for t in turns
    ]


def asked(questions: Iterable[Any]) -> list[str]:
    """What was put to the parties at a hearing."""
    return [_question(q) for q in questions]


def _question(q: Any) -> str:
    said = {"side": _(SIDE_WORD[Side(q.side)]), "party": _(SIDE_WORD[Side(q.party)]), "text": q.text}
    if q.due_at is None:
        return _("%(side)s问%(party)s：%(text)s", **said)
    day = clock.local(q.due_at)
    until = f"{day:%Y}年{day.month}月{day.day}日"
    return _("%(side)s问%(party)s：%(text)s（%(day)s以前书面答复）", **said, day=until)


def parked(notes: Iterable[Any], on_board: bool = False) -> list[str]:
    """What was kept for later; with who took it home there and then, by its number on the board."""
    return [_noted(n, on_board) if n.who is None else _taken(n) for n in notes]


def _noted(note: Any, on_board: bool) -> str:
    return _("%(n)d号：%(text)s", n=note.serial, text=note.text) if on_board else str(note.text)


def _taken(note: Any) -> str:
    day = f"{note.due_on:%Y}年{note.due_on.month}月{note.due_on.day}日"
    said = {"n": note.serial, "text": note.text.rstrip("。"), "side": _(SIDE_WORD[Side(note.side)])}
    return _("%(n)d号：%(text)s。%(side)s领办：%(who)s；%(day)s以前办好。", **said, who=note.who, day=day)


def motions(moved: Iterable[Any], goes_by: Any) -> list[str]:
    """Each motion with what became of it, its tally, and why it carried or did not. `goes_by`: rule and quorum of the
    meeting."""
    return [_motion(m, goes_by) for m in moved]


def agreed(moved: Iterable[Any]) -> list[str]:
    """What the members carried; an amendment is in the wording of its motion."""
    return [m.text for m in moved if m.state == CARRIED and m.amends_id is None]


def open_points(moved: Iterable[Any], goes_by: Any) -> list[str]:
    """What was moved and is not settled, and why."""
    return [
        _("“%(text)s”没有通过：%(why)s", text=m.text.rstrip("。"), why=_why(m, goes_by))
        for m in moved
        if m.state == LOST and m.amends_id is None
    ]


def _why(m: Any, goes_by: Any) -> str:
    return why_decided(goes_by.rule, goes_by.quorum, m)


def _motion(m: Any, goes_by: Any) -> str:
    kind = _("修改") if m.amends_id else _("动议")
    said = [_("%(kind)s：%(text)s。", kind=kind, text=m.text.rstrip("。"))]
    if m.seconded_side:
        pair = {"mover": _(SIDE_WORD[Side(m.moved_side)]), "second": _(SIDE_WORD[Side(m.seconded_side)])}
        said.append(_("%(mover)s提出，%(second)s附议。", **pair))
    if m.state in (CARRIED, LOST):
        said.append(
            _(
                "应到 %(members)d 人，参加表态 %(present)d 人："
                "赞成 %(n_for)d，反对 %(n_against)d，弃权 %(n_abstain)d。",
                members=m.n_members,
                present=m.n_present,
                n_for=m.n_for,
                n_against=m.n_against,
                n_abstain=m.n_abstain,
            )
        )
        if m.n_aside:
            said.append(_("%(n)d 人有利害关系，回避。", n=m.n_aside))
    said.append(_("结果：%(state)s。", state=_(MOTION_WORD[MotionState(m.state)])))
    if m.state in (CARRIED, LOST):
        said.append(_why(m, goes_by))
    return "".join(said)


def _came(person: Any) -> bool:
    return person.arrived_at is not None
