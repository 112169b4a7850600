"""What is said on topics: a page full of voices on the measured one, some on all others."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.core.db import transaction
from portal.discussion.models import Comment, PartyCount
from portal.discussion.words import CommentState

from .community import Community, insert_many

PARTIES = ("resident", "committee", "property", "community", "merchant")
SHOWN_PER_PARTY = 10
"""Ten of each of five parties: the page shows fifty. More data means more behind them, not more on the page."""
PER_TOPIC = 3
BODY = (
    "我家就在旁边，晚上下班回来看不清路。上周我母亲在这里差点摔倒。"
    "希望先围起来，再请人看看。费用可以从公共收益里出，我没有意见。"
)


def speak(community: Community, shown: int, topics: Sequence[int], scale: int) -> None:
    """`SHOWN_PER_PARTY` × `scale` comments of each party on `shown`, three on each of the other topics."""
    others = [topic for topic in topics if topic != shown]
    with transaction():
        insert_many(Comment, _on_shown(community, shown, SHOWN_PER_PARTY * scale))
        insert_many(Comment, _on_others(community, others))
        insert_many(
            PartyCount,
            (
                {"subject": f"topic:{shown}", "party": party, "comments": SHOWN_PER_PARTY * scale}
                for party in PARTIES
            ),
        )
        insert_many(
            PartyCount,
            ({"subject": f"topic:{t}", "party": PARTIES[0], "comments": PER_TOPIC} for t in others),
        )


def _on_shown(community: Community, topic: int, each: int) -> Iterator[dict[str, Any]]:
    for n in range(each * len(PARTIES)):
        yield _comment(community, topic, PARTIES[n % len(PARTIES)], n)


def _on_others(community: Community, topics: Sequence[int]) -> Iterator[dict[str, Any]]:
    for topic in topics:
        for n in range(PER_TOPIC):
            yield _comment(community, topic, PARTIES[0], n)


def _comment(community: Community, topic: int, party: str, n: int) -> dict[str, Any]:
    at = clock.now() - timedelta(hours=n % 500)
    return {
        "subject": f"topic:{topic}", "place_path": community.estate, "party": party, "home": "12号楼",
        "author_id": community.residents[(topic + n) % len(community.residents)], "body": f"{BODY}（第{n + 1}位）",
        "agreements": n % 7, "state": CommentState.SHOWN, "once": f"{topic}-{n}", "created_at": at, "moved_at": at,
        "editable_until": at,
    }  # fmt: skip
