"""What was asked of the queue in an address: bucket, kind, filters, order, and where the page begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlencode

from ...core import clock
from ...core.numbers import row_number
from ...core.text import N_
from ...core.waiting import KINDS


class Bucket(StrEnum):
    """Rows of the queue by how near their hour is."""

    OVER = "over"
    SOON = "soon"
    """Within 24 hours."""
    LATER = "later"
    """Later, or without an hour."""


class Order(StrEnum):
    URGENT = "urgent"
    WAITED = "waited"
    NEW = "new"


ORDER_WORD = {
    Order.URGENT: N_("最急的在前"),
    Order.WAITED: N_("等得最久在前"),
    Order.NEW: N_("最新的在前"),
}


class Key(NamedTuple):
    """Where a row stands: its moment in the order, then kind and id, so that the order is total."""

    moment: datetime
    kind: str
    subject_id: int

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}~{self.kind}~{self.subject_id}"


@dataclass(frozen=True)
class Asked:
    """The choices of a reader; what is not understood is as if it was not asked."""

    bucket: Bucket | None = None
    kind: str = ""
    party: str = ""
    place: int = 0
    """Id of the place that rows must lie under."""
    words: str = ""
    order: Order = Order.URGENT
    after: Key | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def query(self, **changed: str) -> str:
        """The query string of the same queue with something changed; paging starts over."""
        kept = {
            k: v
            for k, v in self.given.items()
            if k in ("bucket", "kind", "party", "place", "q", "sort") and v
        }
        kept |= changed
        return "?" + urlencode({k: v for k, v in kept.items() if v})


def read(given: Mapping[str, str]) -> Asked:
    """The query string of the desk as choices."""
    kind = given.get("kind", "")
    return Asked(
        bucket=next((b for b in Bucket if b == given.get("bucket")), None),
        kind=kind if kind in KINDS else "",
        party=given.get("party", "")[:16].replace("\0", ""),
        place=row_number(given.get("place")) or 0,
        words=given.get("q", "")[:60].replace("\0", "").strip(),
        order=next((o for o in Order if o == given.get("sort")), Order.URGENT),
        after=key(given.get("after", "")),
        given={k: v[:60] for k, v in given.items()},
    )


def key(text: str) -> Key | None:
    """A key that travelled in an address; None if nobody can read it."""
    moment, _sep, rest = text.partition("~")
    kind, _sep, written = rest.partition("~")
    number = row_number(written)
    if kind not in KINDS or number is None:
        return None
    try:
        return Key(clock.parse(moment), kind, number)
    except (ValueError, OverflowError):
        return None
