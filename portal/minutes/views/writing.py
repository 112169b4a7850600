"""The recorder's pages: a section, what came of an item."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, NotVisible
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...meetings.hands import Rule
from .. import rules
from ..actions.writing import state_outcome, write_section
from ..forms import OutcomeForm, SectionForm, offered
from ..models import Minutes
from ..policy import Can
from ..queries import minutes as queries
from ..suggesting import sentence_for
from ..words import BY_HAND, Outcome

routes = Routes("minutes_writing")
SECTION = "/minutes/<int:minutes_id>/sections/<int:section_id>"
OUTCOME = "/minutes/<int:minutes_id>/items/<int:item_id>/outcome"


@routes.get(SECTION, may=Can.WRITE, of=queries.section_page)
def section(actor: Actor, minutes: Any) -> ResponseReturnValue:
    if minutes.section.heading not in BY_HAND:
        raise NotVisible()
    return _section(minutes, SectionForm(text=minutes.now_text, version=minutes.section.version))


@routes.post(SECTION, may=Can.WRITE, of=queries.section_page)
def write(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = SectionForm()
    typed = form.version.data
    if form.validate_on_submit():
        with form.catching(Conflict, on="text"):
            write_section(
                actor,
                visible(actor, Minutes, minutes.id),
                section_id=minutes.section.id,
                version=typed,
                text=form.text.data,
            )
            flash(_("记下了。"))
            return go("minutes.show", minutes_id=minutes.id, anchor=f"section-{minutes.section.id}")
    return _again(minutes, form, typed)


@routes.get(OUTCOME, may=Can.WRITE, of=queries.item_page)
def outcome(actor: Actor, minutes: Any) -> ResponseReturnValue:
    known = minutes.outcome
    form = OutcomeForm(
        _kinds(minutes),
        kind=known.kind if known else None,
        said=known.said if known else sentence_for(minutes),
        passed_to=known.passed_to if known else "",
        version=minutes.section.version,
    )
    return _outcome(minutes, form)


@routes.post(OUTCOME, may=Can.WRITE, of=queries.item_page)
def state(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = OutcomeForm(_kinds(minutes))
    if form.validate_on_submit():
        with form.catching(Conflict, on="said"):
            state_outcome(
                actor,
                visible(actor, Minutes, minutes.id),
                item_id=minutes.item.id,
                version=form.version.data,
                kind=Outcome(form.kind.data),
                said=form.said.data,
                passed_to=form.passed_to.data,
            )
            flash(_("结果写好了。"))
            return go("minutes.show", minutes_id=minutes.id, anchor=f"item-{minutes.item.id}")
    stale = form.version.data != minutes.section.version
    form.version.data = minutes.section.version
    return _outcome(minutes, form, 422, stale)


def _again(minutes: Any, form: SectionForm, typed: int) -> ResponseReturnValue:
    """The same words once more. If somebody wrote meanwhile, what he wrote stands beside them, and saving once more is
    a decision made with both before one's eyes."""
    stale = typed != minutes.section.version
    form.version.data = minutes.section.version
    return _section(minutes, form, 422, stale)


def _kinds(minutes: Any) -> dict[Outcome, str]:
    return offered(minutes.rule != Rule.NO_VOTE, minutes.item.topic_id is not None)


def _section(minutes: Any, form: SectionForm, status: int = 200, stale: bool = False) -> ResponseReturnValue:
    return page(
        "minutes/writing/section.html",
        status,
        block="section_form",
        minutes=minutes,
        form=form,
        stale=stale,
        most=rules.MOST_LINES,
    )


def _outcome(minutes: Any, form: OutcomeForm, status: int = 200, stale: bool = False) -> ResponseReturnValue:
    return page(
        "minutes/writing/outcome.html", status, block="outcome_form", minutes=minutes, form=form, stale=stale
    )
