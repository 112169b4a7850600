"""Ballots put into the box of an owners' vote as they lie there, whatever way they came."""

from datetime import datetime, timedelta

from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Channel, Medium
from portal.core.db import db, transaction
from tests.assembly.conftest import voter_of


def put_in(
    vote: OwnersVote,
    key: str,
    choices: str,
    *,
    speaker_id: int = 0,
    channel: Channel = Channel.PAPER,
    at: datetime | None = None,
    proxy_id: int = 0,
    by: int | None = None,
) -> str:
    """A ballot of the head that unit `key` is under; one minute after the opening unless said. Gives its receipt."""
    voter = voter_of(vote, key)
    medium = Medium.ONLINE if channel in (Channel.ONLINE, Channel.DESK) else Medium.PAPER
    receipt = f"{voter.id % 10000:04d}-{speaker_id % 1000:03d}{'O' if medium is Medium.ONLINE else 'P'}"
    with transaction():
        db.session.add(
            OwnerBallot(
                vote_id=vote.id,
                voter_id=voter.id,
                speaker_id=speaker_id,
                medium=medium,
                choices=choices,
                channel=channel,
                proxy_id=proxy_id,
                entered_by_id=by,
                at=at or vote.opens_at + timedelta(minutes=voter.number),
                receipt=receipt,
                once=f"{voter.id}-{speaker_id}-{medium}",
            )
        )
    return receipt
