"""A certificate for who prints it, and for anybody who checks it by its code."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID, Rows
from ...core.db import db
from ...core.leaves_text import masked
from ...places.models import Place
from ..models import Award, AwardCategory, AwardCertificate, Nominee
from ..words import Whom


def _paper() -> Rows:
    """What it says."""
    return (
        sa.select(
            AwardCertificate.id,
            AwardCertificate.award_id,
            AwardCertificate.place_path,
            AwardCertificate.user_id,
            AwardCertificate.number,
            AwardCertificate.code,
            AwardCertificate.issued_at,
            AwardCertificate.revoked_at,
            AwardCertificate.revoked_because,
            Nominee.name,
            Nominee.about,
            Nominee.named,
            Award.title,
            Award.council_id,
            AwardCategory.name.label("category"),
            AwardCategory.whom,
            Place.label.label("community"),
        )
        .join(Nominee, Nominee.id == AwardCertificate.nominee_id)
        .join(Award, Award.id == AwardCertificate.award_id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .join(Place, Place.place_path == AwardCertificate.community_path)
    )


def certificate_page(actor: Actor, award_certificate_id: int) -> SimpleNamespace | None:
    """For its holder and for staff. None for others."""
    if award_certificate_id > LARGEST_ID:
        return None
    found = _paper().where(AwardCertificate.id == award_certificate_id, access.rows(actor, AwardCertificate))
    row = db.session.execute(found).first()
    return SimpleNamespace(**row._mapping, __tablename__="award_certificate") if row else None


def by_code(code: str) -> Any:
    """What anybody may know of a certificate, whatever his community: a person's name only as he agreed."""
    row = db.session.execute(_paper().where(AwardCertificate.code == code)).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    if not row.named:
        page.name = masked(row.name) if row.whom is Whom.PERSON else ""
        page.about = ""
    return page
