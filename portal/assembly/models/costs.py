"""What the cost of a matter is for each unit."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Model


class CostShare(Model):
    """What of a matter's cost falls on a unit of the roll, as the paper stands. Written anew with every change."""

    __tablename__ = "cost_share"

    matter_id: Mapped[int] = mapped_column(sa.ForeignKey("vote_matter.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), index=True)
    amount: Mapped[int] = mapped_column(sa.BigInteger)
