"""Objections to hours and certificates of them. Who organises records, who records certifies; it costs nothing."""

import json
import secrets
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.digests import digest
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from .. import rules
from ..events import (
    CertificateAsked,
    CertificateDeclined,
    CertificateIssued,
    CertificateObjected,
    CertificatePosted,
    CertificateRevoked,
    HoursObjected,
    HoursObjectionAnswered,
)
from ..lifecycle import CERTIFICATE, OBJECTION
from ..models.book import HoursEntry, HoursObjection, ServiceCertificate
from ..models.people import Volunteer
from ..models.shifts import Service
from ..policy import Can
from ..words import ObjectionState

MOST_DAYS = 60
MOST_WAITING = 3
"""Objections of one person that wait for an answer at the same time; against one certificate a single one."""


@action(Can.OBJECT_TO_HOURS)
def object_to_hours(actor: Actor, volunteer: Volunteer, *, text: str, once: str) -> HoursObjection:
    """One's own hours are wrong, or some are missing. The same `once` again finds the first."""
    if known := made(HoursObjection, once, user_id=actor.id):
        return known
    objection = _objection(actor, volunteer.place_path, text, once, None)
    record(actor, objection, HoursObjected(volunteer.user_id))
    return objection


@action(Can.OBJECT)
def object_to_certificate(
    actor: Actor, certificate: ServiceCertificate, *, text: str, once: str
) -> HoursObjection:
    """Hours that hang out are not true. It is not issued before this is answered."""
    if known := made(HoursObjection, once, user_id=actor.id):
        return known
    objection = _objection(actor, certificate.place_path, text, once, certificate.id)
    record(actor, objection, CertificateObjected(certificate.id))
    return objection


@action(Can.ANSWER_OBJECTION)
def answer_objection(actor: Actor, objection: HoursObjection, *, answer: str) -> None:
    if not answer:
        raise Invalid(_("请写答复，提出的人会看到。"), "answer")
    objection.answer, objection.answered_by_id = answer, actor.id
    OBJECTION.move(actor, objection, HoursObjectionAnswered(objection.user_id))


@action(Can.ASK_CERTIFICATE)
def ask_certificate(
    actor: Actor, volunteer: Volunteer, *, since: date, until: date, agrees: bool, once: str
) -> ServiceCertificate:
    """Ask for a certificate of the hours between two days, both included, as the book has them now. Raises Invalid
    without consent to its being posted, or without hours. The same `once` again finds the first."""
    if known := made(ServiceCertificate, once, user_id=actor.id):
        return known
    if not agrees:
        raise Invalid(_("公示会写出遮住一半的姓名和时长，要您同意才能开。"), "agrees")
    if since > until or until > actor.today:
        raise Invalid(_("请写一段已经过去的日子，前一天在前。"), "until")
    lines = _lines(volunteer.user_id, since, until)
    minutes = sum(line[2] for line in lines)
    if minutes <= 0:
        raise Invalid(_("这段时间里时长簿上没有时长。"), "since")
    certificate = ServiceCertificate(
        user_id=volunteer.user_id,
        place_path=volunteer.place_path,
        number=_number(volunteer, actor.today.year),
        token=secrets.token_hex(12),
        since=since,
        until=until,
        minutes=minutes,
        lines=lines,
        digest=digest(json.dumps([volunteer.serial, minutes, lines], ensure_ascii=False)),
        posted_until=None,
        once=once,
        at=actor.now,
        moved_at=actor.now,
    )
    store(certificate)
    record(actor, certificate, CertificateAsked(volunteer.user_id))
    return certificate


@action(Can.POST)
def post_certificate(actor: Actor, certificate: ServiceCertificate, *, days: int = rules.POSTED_DAYS) -> None:
    """Hang it out for objections: seven days at least."""
    if not rules.POSTED_DAYS <= days <= MOST_DAYS:
        raise Invalid(_("公示至少 %(n)d 天。", n=rules.POSTED_DAYS), "days")
    certificate.posted_until = actor.now + timedelta(days=days)
    CERTIFICATE.move(actor, certificate, CertificatePosted(certificate.user_id))


@action(Can.ISSUE)
def issue_certificate(actor: Actor, certificate: ServiceCertificate, *, unposted_because: str = "") -> None:
    """Issue it: after it hung out and all objections are answered, or with the rule by which it need not. Raises
    Conflict with all that stands in the way, or where the book has changed since."""
    if certificate.posted_until is None:
        certificate.unposted_because = unposted_because
    if _lines(certificate.user_id, certificate.since, certificate.until) != certificate.lines:
        raise Invalid(_("申请以后时长簿有更正，和这份证明不一样了。请不要开，请本人另外申请。"))
    CERTIFICATE.move(actor, certificate, CertificateIssued(certificate.user_id, certificate.minutes))
    certificate.issued_by_id, certificate.issued_at = actor.id, actor.now


@action(Can.DECLINE)
def decline_certificate(actor: Actor, certificate: ServiceCertificate, *, reason: str) -> None:
    certificate.reason = reason
    CERTIFICATE.move(actor, certificate, CertificateDeclined(certificate.user_id))


@action(Can.REVOKE)
def revoke_certificate(actor: Actor, certificate: ServiceCertificate, *, reason: str) -> None:
    """It was not true: whoever verifies it reads that it is void."""
    certificate.reason = reason
    CERTIFICATE.move(actor, certificate, CertificateRevoked(certificate.user_id))


def _objection(actor: Actor, path: str, text: str, once: str, certificate_id: int | None) -> HoursObjection:
    if not text:
        raise Invalid(_("请写哪里不对。"), "text")
    assert actor.id is not None
    waiting = sa.select(HoursObjection.certificate_id).where(
        HoursObjection.user_id == actor.id, HoursObjection.state == ObjectionState.RAISED
    )
    open_ = list(db.session.scalars(waiting))
    if certificate_id is not None and certificate_id in open_:
        raise Invalid(_("您对这份证明的异议还在等答复。"), "text")
    if len(open_) >= MOST_WAITING:
        raise Invalid(_("您有 %(n)d 条异议还在等答复，等答复了再提下一条。", n=MOST_WAITING), "text")
    objection = HoursObjection(
        user_id=actor.id,
        place_path=path,
        certificate_id=certificate_id,
        text=text,
        once=once,
        at=actor.now,
        moved_at=actor.now,
    )
    store(objection)
    return objection


def _lines(user_id: int, since: date, until: date) -> list[list[Any]]:
    """Day, title and minutes of each service between two days, with its corrections; what was taken back is left
    out."""
    found = (
        sa.select(HoursEntry.day, Service.title, sa.func.sum(HoursEntry.minutes))
        .join(Service, Service.id == HoursEntry.service_id)
        .where(HoursEntry.user_id == user_id, HoursEntry.day >= since, HoursEntry.day <= until)
        .group_by(HoursEntry.day, HoursEntry.sign_up_id, Service.title)
        .order_by(HoursEntry.day, HoursEntry.sign_up_id)
    )
    return [[day.isoformat(), title, int(n)] for day, title, n in db.session.execute(found) if n]


def _number(volunteer: Volunteer, year: int) -> str:
    """The next number of the community; its row is held, so nobody else is taking it."""
    lock(db.session.get_one(Place, int(volunteer.place_path.strip("/"))))
    found = sa.select(sa.func.max(ServiceCertificate.number)).where(
        ServiceCertificate.place_path == volunteer.place_path, ServiceCertificate.number.like(f"{year}-%")
    )
    return rules.certificate_number(year, db.session.scalar(found))
