"""The table of what earns points: a new version of a row."""

from dataclasses import fields

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.ruling import Row, set_rule
from ..forms import RuleForm
from ..models.programme import Rule
from ..policy import Can
from ..queries import table
from ..words import Approver, Evidence, Per
from .books import programme_here

routes = Routes("points_rules")


@routes.get("/points/rules/<int:points_rule_id>/next", may=Can.SET_RULE, of=Rule)
def edit(actor: Actor, rule: Rule) -> ResponseReturnValue:
    return page("points/books/rule.html", rule=rule, form=_form(actor, obj=rule))


@routes.post("/points/rules/<int:points_rule_id>/next", may=Can.SET_RULE, of=Rule)
def update(actor: Actor, rule: Rule) -> ResponseReturnValue:
    form = _form(actor)
    if form.validate_on_submit():
        with form.catching():
            programme = programme_here(actor)
            assert programme is not None
            set_rule(actor, programme, row=_row(rule, form))
            flash(_("办法改了，从那一天起按新的算；以前的不变。"))
            return go("points_books.show")
    return page("points/books/rule.html", 422, block="rule_form", rule=rule, form=form)


def _form(actor: Actor, obj: Rule | None = None) -> RuleForm:
    programme = programme_here(actor)
    pools = [(pool.id, pool.name) for pool in table.pools(programme)] if programme else []
    form = RuleForm(pools, obj=obj)
    if obj is not None:
        form.starts.data = actor.today
    return form


def _row(rule: Rule, form: RuleForm) -> Row:
    given = {part.name: form[part.name].data for part in fields(Row) if part.name != "deed"}
    words = {
        "per": Per(given["per"]),
        "approver": Approver(given["approver"]),
        "evidence": Evidence(given["evidence"]),
    }
    return Row(deed=rule.deed, **{**given, **words})
