"""Who owes the next step of an owners' vote."""

import sqlalchemy as sa

from ..models.votes import OwnersVote
from ..words import Convener

CONVENING = sa.case((OwnersVote.convener == Convener.COMMITTEE, "committee"), else_="community")
