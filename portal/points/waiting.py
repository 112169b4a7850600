"""What waits around points: grants that need a second person, appeals that need an answer, and one's own points that
lapse within a month."""

import sqlalchemy as sa

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import DAY, ME, Kind, hour, lines, personal, those
from .models.ledger import Account, Entry, Lot
from .models.thanks import Appeal, Grant, Sample
from .policy import Can
from .queries.wallet import WARNED
from .words import Owner

_MONTH = hour(WARNED)


@prepared
def _grants(mine: Condition) -> Rows:
    found = lines("give_points", Grant, title=Grant.reason, since=Grant.asked_at)
    return found.where(mine)


@prepared
def _appeals(mine: Condition) -> Rows:
    found = lines(
        "answer_appeal",
        Appeal,
        title=Appeal.text,
        since=Appeal.asked_at,
        due=Appeal.answer_by,
        subject=Appeal.entry_id,
    )
    return found.where(mine)


@prepared
def _samples(mine: Condition) -> Rows:
    found = lines("check_points", Sample, title=Entry.note, since=Sample.drawn_at)
    return found.join(Entry, Entry.id == Sample.entry_id).where(mine)


@prepared
def _lapsing() -> Rows:
    """One line for all that goes within a month; its title is how many points."""
    going = (Lot.account_id == Account.id, Lot.left > 0, Lot.expires_on > DAY, Lot.expires_on <= _MONTH)
    points = sa.cast(sa.select(sa.func.sum(Lot.left)).where(*going).scalar_subquery(), sa.String)
    since = sa.select(sa.func.min(Entry.at)).join(Lot, Lot.entry_id == Entry.id).where(*going)
    found = lines("points_lapse", Account, title=points, since=since.scalar_subquery(), party="resident")
    mine = (Account.user_id == ME, Account.kind == Owner.PERSON)
    return found.where(*mine, sa.exists().where(*going))


waiting.add(
    "give_points",
    Kind(N_("积分等核实"), N_("去核实"), "coins", "points_grants.show", "points_grant_id", False),
    those(Grant, Can.DECIDE_GRANT, _grants),
)
waiting.add(
    "answer_appeal",
    Kind(N_("积分异议"), N_("去答复"), "reply", "points_entries.show", "points_entry_id", False),
    those(Appeal, Can.ANSWER_APPEAL, _appeals),
)
waiting.add(
    "check_points",
    Kind(
        N_("积分抽查"),
        N_("去看看"),
        "list-checks",
        "points_books.sample",
        "points_sample_id",
        False,
    ),
    those(Sample, Can.CHECK_SAMPLE, _samples),
)
waiting.add(
    "points_lapse",
    Kind(
        N_("30 天里到期的积分"), N_("看积分"), "hourglass", "points_entries.mine", "points_account_id", True
    ),
    personal(_lapsing),
)
