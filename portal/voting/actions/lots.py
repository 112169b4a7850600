"""What every public lot does, whoever is level: announced with the number that will decide, and drawn once with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from ...core import clock
from ...core.actor import Actor
from ...core.errors import Conflict, Invalid
from ...core.text import N_, _
from .. import draw
from ..draw import Flaw

_FLAWS: dict[Flaw, tuple[str, str]] = {
    Flaw.NO_SOURCE: ("source", N_("请写清楚用哪个号码、到哪里查。")),
    Flaw.TOO_SOON: ("draws_at", N_("要用一个还没出来的号码，谁也不能提前知道。请给一个还没到的时间。")),
    Flaw.TOO_LATE: ("draws_at", N_("请在三十天以内抽签。")),
    Flaw.NO_LENGTH: ("digits", N_("请写号码一共几位数字，1 到 100。")),
    Flaw.TWO_WITNESSES: ("second_witness", N_("请写两位不同的见证人，不能是经办人自己。")),
}


class Lot(Protocol):
    """The row of a lot that was announced."""

    digits: Any
    draws_at: Any
    seed: Any
    drawn: Any
    drawn_by_id: Any
    drawn_at: Any


def announcement(
    actor: Actor, source: str, digits: int, draws_at: datetime, first_witness: str, second_witness: str
) -> dict[str, Any]:
    """The columns of an announcement. Raises Invalid with the field for one that would not bind anybody."""
    found = draw.flaw(actor.now, source, digits, draws_at, (first_witness, second_witness), actor.name)
    if found:
        field, sentence = _FLAWS[found]
        raise Invalid(_(sentence), field)
    return {
        "source": source,
        "digits": digits,
        "draws_at": draws_at,
        "first_witness": first_witness,
        "second_witness": second_witness,
        "announced_by_id": actor.id,
        "announced_at": actor.now,
    }


def read_seed(typed: str, length: int | None = None) -> str:
    """The digits of a number that came, as many as were announced, if that was. Raises Invalid for nothing, for letters
    in it, and for more or fewer."""
    if not (seed := draw.digits(typed)):
        raise Invalid(_("请照原样填出来的号码，只填数字。"), "seed")
    if length is not None and len(seed) != length:
        raise Invalid(
            _(
                "公布的号码是 %(length)d 位数字，这里填了 %(typed)d 位。前面的 0 也要写上，一位不多，一位不少。",
                length=length,
                typed=len(seed),
            ),
            "seed",
        )
    return seed


def draw_with(actor: Actor, lot: Lot, seed: str, tied: Sequence[str]) -> list[str]:
    """Draw the lot with the number that came; gives its order. Raises Conflict before its hour or a second time,
    Invalid without a number."""
    if lot.drawn is not None:
        raise Conflict(_("签已经抽过，只抽一次。"))
    if clock.now() < lot.draws_at:
        raise Conflict(_("号码还没出来，到公布的时间才能抽。"))
    lot.seed, lot.drawn_by_id, lot.drawn_at = read_seed(seed, lot.digits), actor.id, actor.now
    order = draw.drawn(lot.seed, tied)
    lot.drawn = order
    return order
