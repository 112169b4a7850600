"""Certificates: on A4, as a PDF, and taken back."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.exports import attachment
from ...core.pages import bare, go, page
from ...core.printing import pdf
from ...core.routing import Routes
from ...core.scanning import scan_of
from ...core.text import _
from ..actions.certifying import revoke_certificate
from ..forms import ReasonForm
from ..models import AwardCertificate
from ..policy import Can
from ..queries.certificates import certificate_page

routes = Routes("award_certificates")
HERE = "/award-certificates/<int:award_certificate_id>"


@routes.get(HERE, may=Can.PRINT, of=certificate_page)
def show(actor: Actor, paper: Any) -> ResponseReturnValue:
    values = {"paper": paper, "scan": scan_of(f"/verify/{paper.code}")}
    if request.args.get("format") == "pdf":
        given = {"frame": "layout/sheet.html", "now": clock.local(actor.now), **values}
        name = f"certificate-{paper.id}.pdf"
        return attachment(pdf(bare("awards/certificate.html", **given)), "application/pdf", name)
    return page(
        "awards/certificate.html", frame="layout/paper.html", back=f"/awards/{paper.award_id}", **values
    )


@routes.get(HERE + "/revocation", may=Can.REVOKE, of=AwardCertificate)
def ask_revocation(actor: Actor, certificate: AwardCertificate) -> ResponseReturnValue:
    return _revoking(actor, certificate, ReasonForm())


@routes.post(HERE + "/revocation", may=Can.REVOKE, of=AwardCertificate)
def revocation(actor: Actor, certificate: AwardCertificate) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catching():
            revoke_certificate(actor, certificate, reason=form.reason.data)
            flash(_("证书撤销了，查验的网页会写明。"))
            return go("awards.show", award_id=certificate.award_id)
    return _revoking(actor, certificate, form, 422)


def _revoking(
    actor: Actor, certificate: AwardCertificate, form: ReasonForm, status: int = 200
) -> ResponseReturnValue:
    paper = certificate_page(actor, certificate.id)
    if paper is None:
        raise NotVisible()
    return page(
        "awards/reason.html",
        status,
        block="reason_form",
        form=form,
        title=_("撤销证书 %(number)s", number=paper.number),
        verb=_("撤销"),
        action=f"/award-certificates/{certificate.id}/revocation",
        above=[(paper.title, f"/awards/{certificate.award_id}")],
    )
