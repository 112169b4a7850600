"""Certificates: asked for, posted, issued, printed; and taken back."""

from typing import Any

from flask import current_app, flash, request
from flask.typing import ResponseReturnValue

from ...core import access, clock
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.exports import attachment, listed
from ...core.finding import visible
from ...core.pages import bare, go, page
from ...core.printing import pdf
from ...core.routing import Routes
from ...core.scanning import scan_of
from ...core.text import _
from ...places.models import Place
from ..actions import certifying as act
from ..events import CertificateIssued
from ..forms import AskForm, IssueForm, ObjectionForm, PostForm, ReasonForm
from ..lifecycle import CERTIFICATE
from ..listings import CERTIFICATES
from ..models.book import ServiceCertificate
from ..models.people import Volunteer
from ..policy import Can
from ..queries import people as queries

routes = Routes("service_certificates")
PLACE = "/service-certificates/<int:service_certificate_id>"
page_of = queries.certificate_page


@routes.get("/volunteering/mine/certificates/new", may=Can.ASK_CERTIFICATE, of=queries.own)
def new(actor: Actor, volunteer: Volunteer) -> ResponseReturnValue:
    return _asking(AskForm(since=actor.today.replace(month=1, day=1), until=actor.today))


@routes.post("/volunteering/mine/certificates/new", may=Can.ASK_CERTIFICATE, of=queries.own)
def create(actor: Actor, volunteer: Volunteer) -> ResponseReturnValue:
    form = AskForm()
    if form.validate_on_submit():
        with form.catching():
            made = act.ask_certificate(
                actor,
                volunteer,
                since=form.since.data,
                until=form.until.data,
                agrees=form.agrees.data,
                once=form.once.data,
            )
            flash(_("申请交给社区了，不收费。"))
            return go("service_certificates.show", service_certificate_id=made.id)
    return _asking(form, 422)


@routes.get("/volunteering/posted", may=Can.SEE_VOLUNTEERING, of=queries.community_of)
def posted(actor: Actor, community: Place) -> ResponseReturnValue:
    template = "volunteering/certificates/index.html"
    return listed(CERTIFICATES, actor, request.args, template, community=community)


@routes.get(PLACE, may=Can.SEE_CERTIFICATE, of=page_of)
def show(actor: Actor, certificate: Any) -> ResponseReturnValue:
    return _shown(actor, certificate)


@routes.post(PLACE + "/posting", may=Can.POST, of=page_of, back="service_certificates.show")
def post(actor: Actor, certificate: Any) -> ResponseReturnValue:
    form = PostForm()
    if form.validate_on_submit():
        with form.catching():
            act.post_certificate(actor, _row(actor, certificate), days=form.days.data)
            flash(_("开始公示了。"))
            return _back(certificate)
    return _shown(actor, certificate, 422, post_form=form)


@routes.post(PLACE + "/issue", may=Can.ISSUE, of=page_of, back="service_certificates.show")
def issue(actor: Actor, certificate: Any) -> ResponseReturnValue:
    form = IssueForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="unposted_because"):
            because = form.unposted_because.data
            act.issue_certificate(actor, _row(actor, certificate), unposted_because=because)
            flash(_("证明开出来了。"))
            return _back(certificate)
    return _shown(actor, certificate, 422, issue_form=form)


@routes.post(PLACE + "/refusal", may=Can.DECLINE, of=page_of, back="service_certificates.show")
def decline(actor: Actor, certificate: Any) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        act.decline_certificate(actor, _row(actor, certificate), reason=form.because.data)
        return _back(certificate)
    return _shown(actor, certificate, 422, reason_form=form)


@routes.post(PLACE + "/revocation", may=Can.REVOKE, of=page_of, back="service_certificates.show")
def revoke(actor: Actor, certificate: Any) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        act.revoke_certificate(actor, _row(actor, certificate), reason=form.because.data)
        flash(_("作废了，查验的人会看到。"))
        return _back(certificate)
    return _shown(actor, certificate, 422, reason_form=form)


@routes.post(PLACE + "/objections", may=Can.OBJECT, of=page_of, back="service_certificates.show")
def object_(actor: Actor, certificate: Any) -> ResponseReturnValue:
    form = ObjectionForm()
    if form.validate_on_submit():
        with form.catching():
            text, once = form.text.data, form.once.data
            act.object_to_certificate(actor, _row(actor, certificate), text=text, once=once)
            flash(_("异议交给社区了，答复以前不会开出来。"))
            return _back(certificate)
    return _shown(actor, certificate, 422, objection_form=form)


@routes.get(PLACE + "/print", may=Can.PRINT_CERTIFICATE, of=page_of)
def printed(actor: Actor, certificate: Any) -> ResponseReturnValue:
    """For the holder and for staff; what hangs out is no certificate."""
    values = {
        "certificate": certificate,
        "scan": scan_of(f"/verify/{certificate.token}"),
        "phone": current_app.config["COMMUNITY_PHONE"],
    }
    template = "volunteering/certificates/print.html"
    if request.args.get("format") == "pdf":
        given = {"frame": "layout/sheet.html", "now": clock.local(actor.now), **values}
        name = f"certificate-{certificate.number}.pdf"
        return attachment(pdf(bare(template, **given)), "application/pdf", name)
    back = f"/service-certificates/{certificate.id}"
    return page(template, frame="layout/paper.html", back=back, **values)


def _row(actor: Actor, certificate: Any) -> Any:
    return visible(actor, ServiceCertificate, certificate.id)


def _back(certificate: Any) -> ResponseReturnValue:
    return go("service_certificates.show", service_certificate_id=certificate.id)


def _asking(form: AskForm, status: int = 200) -> ResponseReturnValue:
    return page("volunteering/certificates/new.html", status, block="ask_form", form=form)


def _shown(actor: Actor, certificate: Any, status: int = 200, **forms: Any) -> ResponseReturnValue:
    """Its holder and staff read the name, others half of it."""
    full = bool(access.may(actor, Can.READ_CERTIFICATE, certificate))
    given = {
        "post_form": PostForm(),
        "issue_form": IssueForm(),
        "reason_form": ReasonForm(),
        "objection_form": ObjectionForm(),
    } | forms
    template = "volunteering/certificates/show.html"
    unmet = CERTIFICATE.unmet(actor, certificate, CertificateIssued) if full else ()
    return page(template, status, block="acts", certificate=certificate, full=full, unmet=unmet, **given)
