"""What hangs on a vote besides its roll: postings, ballots, a count and its certificate, written through the models."""

from datetime import timedelta
from typing import Any

from portal.assembly.countfile import cases, matters_of, sums_text, text
from portal.assembly.countfile import counted as count
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.counts import Certificate, Scrutineer
from portal.assembly.models.votes import OwnersVote, Posting
from portal.assembly.words import Channel, Counter, Medium, PostingKind
from portal.core.db import db, transaction
from portal.core.digests import digest
from tests.assembly.conftest import voter_of
from tests.world import NOW, World


def posted(vote: OwnersVote, kind: PostingKind, **given: Any) -> Posting:
    """Something that was hung out yesterday."""
    columns: dict[str, Any] = {
        "where": "东门公告栏",
        "roll_version": vote.roll_version,
        "until": NOW + timedelta(days=14),
        "by_id": vote.drafted_by_id,
        "at": NOW - timedelta(days=1),
    }
    row = Posting(vote_id=vote.id, place_path=vote.place_path, kind=kind, **(columns | given))
    with transaction():
        db.session.add(row)
    return row


def ballot(vote: OwnersVote, unit: str, choices: str = "for,against", **given: Any) -> OwnerBallot:
    """A ballot of the head that a unit of the world is under."""
    voter = voter_of(vote, unit)
    columns: dict[str, Any] = {
        "speaker_id": 0,
        "medium": Medium.PAPER,
        "channel": Channel.PAPER,
        "at": vote.closes_at - timedelta(hours=2),
        "receipt": f"{voter.number:04d}-PAPR",
        "once": f"paper-{voter.number}",
    }
    row = OwnerBallot(vote_id=vote.id, voter_id=voter.id, choices=choices, **(columns | given))
    with transaction():
        db.session.add(row)
    return row


def counted(world: World, vote: OwnersVote) -> Certificate:
    """Store the result of every matter, who watched, and the certificate."""
    matters = matters_of(vote)
    every = cases(vote, matters)
    results = count(every)
    row = Certificate(
        vote_id=vote.id,
        place_path=vote.place_path,
        roll_hash=vote.roll_hash,
        count_hash=digest(text(every, results)),
        sums_hash="",
        ballots=len(every[0]["ballots"]) if every else 0,
        certified_by_id=world.ids["secretary"],
        at=NOW,
    )
    with transaction():
        for matter, result in zip(matters, results, strict=True):
            matter.result = result
        row.sums_hash = digest(sums_text(vote))
        for role, name in (
            (Counter.TELLER, "沈佳慧"),
            (Counter.SCRUTINEER, "何明"),
            (Counter.SCRUTINEER, "顾建平"),
        ):
            db.session.add(
                Scrutineer(
                    vote_id=vote.id,
                    place_path=vote.place_path,
                    role=role,
                    name=name,
                    user_id=None,
                    signed_at=NOW,
                )
            )
        db.session.add(row)
    return row
