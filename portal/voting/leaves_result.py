"""What a poll's pages say about its result, as filters."""

import shlex
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape

from ..core.leaves_figures import num
from ..core.listing import Column
from ..core.text import _
from . import draw, rules
from .bundle import digest
from .countfile import file_name
from .explaining import Explanation, Question, explain
from .explaining.figures import joined, quoted, sentences
from .explaining.parts import Cell, Table, Verdict
from .tie_words import TieWay
from .words import RollKind

NONE = "—"
"""A cell with nothing in it."""


def asked(poll: Any) -> Question:
    """`poll`: a row with method, titles of its options, params and tally."""
    return Question(str(poll.method), poll.titles, poll.params, poll.tally)


def explained(poll: Any) -> Explanation:
    return explain(asked(poll))


def result_of(poll: Any) -> Verdict:
    """The result in a word and a sentence, with its tone; with what a lot decided, if one was drawn."""
    said = explained(poll).verdict
    if not poll.lot:
        return said
    drawn = _("抽签定了%(names)s。", names=quoted(poll.lot))
    return Verdict(_("抽签定了"), "ok", sentences(said.text, drawn))


def result_text(poll: Any) -> str:
    """The result in a sentence or two: how many took part, and what came out."""
    voters, cast = num(poll.voters), num(poll.cast or 0)
    start = (
        _("名册上 %(voters)s 户，%(cast)s 户投了票", voters=voters, cast=cast)
        if by_household(poll)
        else _("名册上 %(voters)s 人，%(cast)s 人投了票", voters=voters, cast=cast)
    )
    blank = rules.abstained(poll.tally)
    some = _("，其中 %(blank)s 人弃权", blank=num(blank)) if blank else ""
    return sentences(start + some + _("。"), result_of(poll).text)


def by_household(poll: Any) -> bool:
    """The roll is of households, which have one vote each."""
    return bool(poll.roll_kind == RollKind.HOUSEHOLDS)


def set_aside(poll: Any) -> str:
    """Papers that say nothing or cannot be read, where the method counts them apart."""
    blank, invalid = rules.abstained(poll.tally), poll.tally.get("invalid", 0)
    said = [_("弃权 %(n)s 票。", n=num(blank))] if blank else []
    said += [_("无效 %(n)s 票。", n=num(invalid))] if invalid else []
    return sentences(*said)


def drawn_rows(table: Table) -> list[tuple[str, ...]]:
    """Rows as they are drawn; an empty cell is left out where a row becomes a card."""
    nothing = "" if table.matrix else NONE
    return [
        tuple(num(cell) if isinstance(cell, int) else cell or nothing for cell in row) for row in table.rows
    ]


def lot_rows(tie: Any) -> list[tuple[str, Markup, str]]:
    """Of a lot that was drawn: the options in its order, what put them there, and what they got."""
    return [
        (o, _code(draw.key(tie.seed, o)), _("抽中") if o in tie.chosen else _("没抽中")) for o in tie.drawn
    ]


def _code(digest: str) -> Markup:
    """Long, so it may break in the middle."""
    return Markup("<code>%s<wbr>%s</code>") % (escape(digest[:32]), escape(digest[32:]))


def lot_command(tie: Any) -> str:
    """How anybody checks the first of the order in a shell; quoted, whatever the title says."""
    return f"printf '%s' {shlex.quote(tie.seed + tie.drawn[0])} | sha256sum"


def result_sheet(poll: Any) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """The table of the result for a file: as on the page, then how many took part."""
    table = explained(poll).table
    columns = [Column(label, itemgetter(n)) for n, (label, _number) in enumerate(table.columns)]
    ends: list[tuple[str, int | None]] = [
        (_("弃权"), poll.tally.get("blank")),
        (_("无效"), poll.tally.get("invalid")),
        (_("投票人数"), poll.cast),
        (_("名册户数") if by_household(poll) else _("名册人数"), poll.voters),
    ]
    rows: list[tuple[Cell, ...]] = [(words, n) for words, n in ends if n is not None]
    rows += [(_("抽签定了"), joined(poll.lot))] if poll.lot else []
    width = len(columns)
    return columns, [(*row, *[""] * (width - len(row)))[:width] for row in (*table.rows, *rows)]


def tie_stage(tie: Any, now: Any) -> str:
    """Where the breaking of a tie stands: "" nothing said, announced, due, drawn, run_off."""
    if tie is None:
        return ""
    if tie.way == TieWay.RUN_OFF:
        return "run_off"
    if tie.drawn_at is not None:
        return "drawn"
    return "due" if now >= tie.draws_at else "announced"


def count_name(kind: str, number: int, what: str = "count") -> str:
    """The name under which a count file is kept: "owners-vote"|count_name(vote.id)."""
    return file_name(kind, number, what)


def program_hash(_program: str) -> str:
    """SHA-256 of the counting program that the portal gives away."""
    return digest()


FILTERS = {
    f.__name__: f
    for f in (
        by_household,
        explained,
        result_of,
        result_text,
        set_aside,
        drawn_rows,
        lot_rows,
        lot_command,
        tie_stage,
        count_name,
        program_hash,
    )
}
