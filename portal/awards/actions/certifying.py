"""After the posting: the result stands, certificates are numbered; one that should not be is revoked."""

from secrets import randbits

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from .. import rules
from ..events import AwardFinished, CertificateRevoked
from ..lifecycle import AWARD
from ..models import Award, AwardCategory, AwardCertificate, Nominee
from ..policy import Can


@action(Can.FINISH)
def finish_award(actor: Actor, award: Award) -> None:
    """Confirm the result after its posting; everybody honoured gets a numbered certificate. What was kept to reach
    people is wiped. Raises Conflict before the end of the posting or while an objection waits."""
    honoured = sa.select(Nominee).join(AwardCategory, AwardCategory.id == Nominee.category_id)
    honoured = honoured.where(Nominee.award_id == award.id, Nominee.honoured)
    winners = db.session.scalars(
        honoured.order_by(AwardCategory.position, Nominee.rank, Nominee.position)
    ).all()
    award.finished_at = actor.now
    AWARD.move(actor, award, AwardFinished(award.id, len(winners)))
    assert actor.id is not None
    community = "/" + award.place_path.split("/")[1] + "/"
    first = _next_serial(community, actor.today.year)
    store(
        *(
            AwardCertificate(
                award_id=award.id,
                nominee_id=nominee.id,
                user_id=nominee.user_id,
                place_path=award.place_path,
                community_path=community,
                year=actor.today.year,
                serial=first + n,
                number=rules.certificate_number(actor.today.year, first + n),
                code=rules.code(randbits(60)),
                issued_at=actor.now,
                issued_by_id=actor.id,
            )
            for n, nominee in enumerate(winners)
        )
    )
    db.session.execute(sa.update(Nominee).where(Nominee.award_id == award.id).values(contact=""))


@action(Can.REVOKE)
def revoke_certificate(actor: Actor, certificate: AwardCertificate, *, reason: str) -> None:
    """Declare a certificate void; its page says so from now on. Raises Invalid without the reason."""
    if not reason.strip():
        raise Invalid(_("请写明为什么，大家都看得到。"), "reason")
    certificate.revoked_at, certificate.revoked_by_id = actor.now, actor.id
    certificate.revoked_because = reason.strip()
    record(actor, certificate, CertificateRevoked(certificate.id))


def _next_serial(community: str, year: int) -> int:
    """The community's row is locked, so nobody else is taking the number."""
    lock(db.session.scalars(sa.select(Place).where(Place.place_path == community)).one())
    latest = sa.select(sa.func.max(AwardCertificate.serial)).where(
        AwardCertificate.community_path == community, AwardCertificate.year == year
    )
    return (db.session.scalar(latest) or 0) + 1
