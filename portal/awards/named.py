"""What the events of an award are about: the candidate, where the reader may see him, and the category."""

import sqlalchemy as sa

from ..core import access
from ..core.about import about
from ..core.actor import Actor
from ..core.columns import Rows
from . import events as e
from .models import AwardCategory, AwardCertificate, AwardObjection, Nominee
from .words import Whom

_NAME = sa.func.coalesce(sa.func.nullif(Nominee.title, ""), Nominee.name).label("words")
_PERSON = (AwardCategory.whom == Whom.PERSON).label("person")


def _nominee(actor: Actor) -> Rows:
    found = sa.select(Nominee.id, _NAME, _PERSON).join(AwardCategory, AwardCategory.id == Nominee.category_id)
    return found.where(access.rows(actor, Nominee))


def _certificate(actor: Actor) -> Rows:
    found = sa.select(AwardCertificate.id, _NAME, _PERSON)
    joined = found.join(Nominee, Nominee.id == AwardCertificate.nominee_id)
    return joined.join(AwardCategory, AwardCategory.id == Nominee.category_id).where(
        access.rows(actor, Nominee)
    )


def _objection(actor: Actor) -> Rows:
    found = sa.select(AwardObjection.id, _NAME, _PERSON)
    joined = found.join(Nominee, Nominee.id == AwardObjection.nominee_id)
    seen = access.rows(actor, AwardObjection), access.rows(actor, Nominee)
    return joined.join(AwardCategory, AwardCategory.id == Nominee.category_id).where(*seen)


def _category(_actor: Actor) -> Rows:
    return sa.select(AwardCategory.id, AwardCategory.name.label("words"), sa.false().label("person"))


about("nominee", "nominee_id", _nominee, e.NomineeAdmitted, e.NomineeRefused, e.HonourRenounced)
about("award_category", "category_id", _category, e.CategoryDropped, e.AwardVotedAgain)
about("award_certificate", "certificate_id", _certificate, e.CertificateRevoked)
about("award_objection", "objection_id", _objection, e.AwardObjectionAnswered)
