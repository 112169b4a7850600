"""Awards for the tests of the house: in nomination, in review, on the ballot, posted with objections, finished, off."""

from typing import Any

import sqlalchemy as sa

from portal.accounts.models import User
from portal.awards.actions.announcing import cancel_award, close_nominations
from portal.awards.actions.certifying import revoke_certificate
from portal.awards.actions.nominating import nominate
from portal.awards.actions.posting import answer_name_objection, object_to_name
from portal.awards.actions.reviewing import merge_nominee, refuse_nominee
from portal.awards.models import Award, AwardCertificate, Nominee
from portal.awards.words import Verdict
from portal.core import clock
from portal.core.db import db
from tests.awards.conftest import (
    CLOSED,
    LATER,
    announced,
    categories,
    counted,
    finished,
    nominee_named,
    on_ballot,
    posted,
    put,
    put_forward,
)


def of_awards(rows: Any) -> None:
    world = rows.world
    nominating = one(rows, "nominating")
    for nominee in put_forward(world, nominating):
        rows.add(nominee)
    phone = world.get(User, "merchant").phone
    waiting = nominate(world.owner, nominating, put=put(nominating, "孙朝晖", phone=phone), once="waits")
    refused = nominate(world.owner, nominating, put=put(nominating, "钱奶奶"), once="refused")
    twice = nominate(world.tenant, nominating, put=put(nominating, "周大伯"), once="twice")
    refuse_nominee(world.worker, refused, reason="不住在本社区了。")
    merge_nominee(world.worker, twice, into_id=nominee_named(nominating, "周大爷").id)
    for nominee in (waiting, refused, twice):
        rows.add(nominee)
    rows.addresses.append({"award_id": nominating.id, "category_id": categories(nominating)[0].id})
    reviewing = one(rows, "reviewing")
    with clock.frozen(LATER):
        close_nominations(world.secretary, reviewing)
    for poll in on_ballot(world, one(rows, "voting")):
        rows.add(poll)
    counted(world, one(rows, "counted"))
    with_objections(rows, one(rows, "posted"))
    certified(rows, one(rows, "finished"))
    cancel_award(world.secretary, one(rows, "cancelled"), reason="没有人提名")


def one(rows: Any, name: str) -> Award:
    return rows.add(announced(rows.world, f"award-{name}"), f"award_{name}")  # type: ignore[no-any-return]


def with_objections(rows: Any, award: Award) -> None:
    posted(rows.world, award)
    winner = nominee_named(award, "王秀兰")
    with clock.frozen(CLOSED):
        for who, answered in (("tenant", True), ("merchant", False)):
            objection = object_to_name(
                rows.world.actor(who),
                award,
                nominee_id=winner.id,
                reason="是去年的事。",
                once=f"objects-{who}",
            )
            rows.add(objection)
            if answered:
                answer_name_objection(
                    rows.world.actor("worker"), objection, verdict=Verdict.REJECTED, answer="是三月的事。"
                )


def certified(rows: Any, award: Award) -> None:
    finished(rows.world, award)
    found = (
        sa.select(AwardCertificate)
        .where(AwardCertificate.award_id == award.id)
        .order_by(AwardCertificate.serial)
    )
    papers = db.session.scalars(found).all()
    for paper in papers:
        rows.add(paper)
        rows.add(db.session.get_one(Nominee, paper.nominee_id))
    revoke_certificate(rows.world.secretary, papers[-1], reason="查出来不是他们办的。")
