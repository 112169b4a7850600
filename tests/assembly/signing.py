"""The printed record of a count, signed by those who have no account."""

import sqlalchemy as sa

from portal.assembly.actions.counting import sign_on_paper
from portal.assembly.models.counts import Scrutineer, TallySheet
from portal.assembly.models.votes import OwnersVote
from portal.core.actor import Actor
from portal.core.db import db
from tests.assembly.letters import kept


def on_paper(secretary: Actor, vote: OwnersVote, *people: Scrutineer, seen: str = "") -> TallySheet | None:
    """These people sign, or all who have no account and have not signed; the secretary keeps the sheet."""
    still = sa.select(Scrutineer.id).where(
        Scrutineer.vote_id == vote.id, Scrutineer.user_id.is_(None), Scrutineer.signed_at.is_(None)
    )
    signers = [s.id for s in people] if people else list(db.session.scalars(still))
    return sign_on_paper(secretary, vote, signers=signers, sheet=(kept(),), seen=seen)
