"""Minutes to take along: printed, as a PDF, for a word processor, and as they were sealed."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid, NotVisible
from ...core.exports import JSON, attachment
from ...core.files import keep_bytes, latest
from ...core.pages import bare, go, page
from ...core.printing import pdf
from ...core.routing import Routes
from ...core.scanning import scan_of
from ...core.text import _
from ...meetings.models import Body
from .. import docx, paper
from ..actions.templates import PURPOSE, set_template
from ..forms import TemplateForm
from ..policy import Can
from ..queries import minutes as queries
from ..words import MinutesState

routes = Routes("minutes_files")
PLACE = "/minutes/<int:minutes_id>"
TEMPLATE = "/bodies/<int:body_id>/minutes-template"


@routes.get(PLACE + "/print", may=Can.SEE, of=queries.minutes_page)
def printed(actor: Actor, minutes: Any) -> ResponseReturnValue:
    address = f"/minutes/{minutes.id}"
    values = {
        "minutes": minutes,
        "blocks": list(paper.blocks(minutes.document)),
        "facts": paper.facts(minutes.document),
        "digest": _digest(minutes),
        "scan": scan_of(address),
    }
    if request.args.get("format") == "pdf":
        given = {"frame": "layout/sheet.html", "now": clock.local(actor.now), **values}
        return attachment(
            pdf(bare("minutes/files/print.html", **given)), "application/pdf", f"{_name(minutes)}.pdf"
        )
    return page("minutes/files/print.html", frame="layout/paper.html", back=address, **values)


@routes.get(PLACE + "/docx", may=Can.SEE, of=queries.minutes_page)
def word(actor: Actor, minutes: Any) -> ResponseReturnValue:
    template = latest(db.session.get_one(Body, minutes.body_id), PURPOSE)
    made = docx.made(minutes.document, template, _digest(minutes))
    return attachment(made, docx.KIND, f"{_name(minutes)}.docx")


@routes.get(PLACE + "/file", may=Can.SEE, of=queries.minutes_page)
def sealed(actor: Actor, minutes: Any) -> ResponseReturnValue:
    """The very bytes that were sealed, of which the digest is."""
    if minutes.state != MinutesState.SEALED:
        raise NotVisible()
    return attachment(minutes.text if minutes.full else minutes.public_text, JSON, f"{_name(minutes)}.json")


@routes.get(TEMPLATE, may=Can.SET_TEMPLATE, of=Body)
def template(actor: Actor, body: Body) -> ResponseReturnValue:
    return _template(body, TemplateForm())


@routes.get(TEMPLATE + "/file", may=Can.SET_TEMPLATE, of=Body)
def template_file(actor: Actor, body: Body) -> ResponseReturnValue:
    return attachment(latest(body, PURPOSE) or docx.blank(), docx.KIND, "minutes-template.docx")


@routes.post(TEMPLATE, may=Can.SET_TEMPLATE, of=Body)
def set_(actor: Actor, body: Body) -> ResponseReturnValue:
    form = TemplateForm()
    if form.validate_on_submit():
        with form.catching():
            upload = form.template.data
            if not upload:
                raise Invalid(_("请选一个文件。"), "template")
            kept = keep_bytes(docx.checked(upload.read()), upload.filename or "template.docx", docx.PACKED)
            set_template(actor, body, template=kept)
            flash(_("样式换好了，以后下载的纪要都用它。"))
            return go("bodies.show", body_id=body.id)
    return _template(body, form, 422)


def _template(body: Body, form: TemplateForm, status: int = 200) -> ResponseReturnValue:
    marks = " ".join("{{" + mark + "}}" for mark in docx.MARKS)
    template = "minutes/files/template.html"
    return page(template, status, block="template_form", body=body, form=form, mark=docx.BODY, marks=marks)


def _digest(minutes: Any) -> str:
    if minutes.state != MinutesState.SEALED:
        return ""
    return f"SHA-256 {minutes.digest if minutes.full else minutes.public_digest}"


def _name(minutes: Any) -> str:
    return f"minutes-{minutes.year}-{minutes.serial:03d}" if minutes.serial else f"minutes-{minutes.id}-draft"
