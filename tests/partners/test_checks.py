"""`flask points audit` asks for shelves, codes and statements too: every one of its checks finds what it is for."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db, transaction
from portal.partners.actions.offering import amend_offer
from portal.partners.actions.settling import reverse_redemption
from portal.partners.models import Offer, OfferSpan, Redemption
from portal.partners.words import RedemptionState
from portal.points import checks
from tests.partners.conftest import TERMS, Mall, partner

R = RedemptionState


@pytest.fixture
def busy(mall: Mall) -> Mall:
    """Codes that came to every end, on a shelf that was filled, emptied, opened and counted anew."""
    offer = mall.offer(left=9, per_span=8, cost=2)
    shelf = replace(TERMS, cost=2, per_span=8)
    for version, (left, seen) in enumerate(((12, 9), (4, 12), (None, 4), (5, None))):
        mall.settle(mall.redeem("owner", offer, f"used {version}"))
        terms = replace(shelf, left=left)
        amend_offer(mall.world.merchant, offer, terms=terms, version=version, left_seen=seen)
    mall.cancel(mall.redeem("tenant", offer, "back"), "tenant")
    undone = mall.settle(mall.redeem("tenant", offer, "undone"))
    reverse_redemption(mall.world.worker, undone, reason="东西坏了")
    mall.redeem("tenant", offer, "waits")
    mall.books.earn("chair", 5, "chair")
    mall.redeem("chair", mall.offer("never counted", left=None, cost=1))
    return mall


def found() -> set[str]:
    return {name for name, _rows in checks.wrong()}


def test_nothing_is_wrong_whatever_was_done(busy: Mall) -> None:
    assert found() == set()


CODES = "codes stand as the books do"


@pytest.mark.parametrize(
    ("table", "which", "change", "names"),
    [
        (Redemption, {"state": R.USED}, {"state": R.REVERSED}, {CODES}),
        (Redemption, {"state": R.REVERSED}, {"state": R.USED}, {CODES}),
        (Redemption, {"once": "waits"}, {"cost": 3}, {CODES, "held accounts hold what codes wait for"}),
        (Redemption, {"state": R.USED}, {"merchant_id": "another"}, {"points went to the shop of the code"}),
        (Offer, {"once": "offer"}, {"left": 7}, {"shelves hold what was not taken"}),
        (Offer, {"once": "offer"}, {"stocked": None}, {"shelves hold what was not taken"}),
        (OfferSpan, {}, {"taken": 1}, {"days, weeks and months count their codes"}),
    ],
)
def test_what_was_tampered_with_is_found(
    busy: Mall, table: Any, which: dict[str, Any], change: dict[str, Any], names: set[str]
) -> None:
    tables = table.metadata.tables[table.__tablename__]
    other = partner(busy.world, "豆腐坊").id
    with transaction():
        wanted = sa.update(tables).values(
            {**change, "merchant_id": other} if "merchant_id" in change else change
        )
        for key, value in which.items():
            wanted = wanted.where(tables.c[key] == value)
        assert db.session.connection().execute(wanted).rowcount
        assert found() == names
        db.session.rollback()


def test_points_put_aside_for_no_code_are_found(busy: Mall) -> None:
    busy.books.hold("owner", 1, "by hand")
    strangers = {"the books hold and pay for codes only", "held accounts hold what codes wait for"}
    assert found() == strangers
