"""What waits around partner merchants: shops that apply, statements to be signed or answered."""

from typing import Any

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import ME, Kind, lines, personal, those
from .models import PartnerMerchant, Statement
from .policy import Can
from .words import MerchantState, StatementState


@prepared
def _applied(mine: Condition) -> Rows:
    found = lines(
        "visit_merchant", PartnerMerchant, title=PartnerMerchant.name, since=PartnerMerchant.created_at
    )
    return found.where(mine, PartnerMerchant.state == MerchantState.APPLIED)


def _statement(kind: str, party: str, **due: Any) -> Rows:
    found = lines(kind, Statement, title=PartnerMerchant.name, since=Statement.moved_at, party=party, **due)
    return found.join(PartnerMerchant, PartnerMerchant.id == Statement.merchant_id)


@prepared
def _to_agree() -> Rows:
    mine = (Statement.keeper_id == ME, Statement.state == StatementState.DRAWN)
    return _statement("agree_statement", "merchant", due=Statement.until).where(*mine)


@prepared
def _to_answer(mine: Condition) -> Rows:
    return _statement("answer_statement", "community").where(mine)


@prepared
def _to_settle(mine: Condition) -> Rows:
    return _statement("settle_statement", "community").where(mine)


waiting.add(
    "visit_merchant",
    Kind(N_("店家申请合伙"), N_("去走访"), "store", "shops.visits", "partner_merchant_id", False),
    those(PartnerMerchant, Can.VISIT, _applied),
)
waiting.add(
    "agree_statement",
    Kind(
        N_("对账单等您签字"),
        N_("去看看"),
        "file-text",
        "statements.show",
        "merchant_statement_id",
        True,
        N_("%(time)s 前可以提异议"),
    ),
    personal(_to_agree),
)
waiting.add(
    "answer_statement",
    Kind(N_("店家说对账单不对"), N_("去答复"), "reply", "statements.show", "merchant_statement_id", False),
    those(Statement, Can.ANSWER_DISPUTE, _to_answer),
)
waiting.add(
    "settle_statement",
    Kind(
        N_("对账单等社区签字"), N_("去签字"), "file-text", "statements.show", "merchant_statement_id", False
    ),
    those(Statement, Can.SETTLE_STATEMENT, _to_settle),
)
