"""Putting somebody forward, and the page of a nominee: his own word, review, what came of it."""

from collections.abc import Callable
from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.errors import Conflict, NotVisible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import rules
from ..actions.nominating import Put, be_named, consent, decline, nominate, nominate_for, record_consent
from ..actions.posting import record_renouncing, renounce
from ..actions.reviewing import admit_nominee, merge_nominee, refuse_nominee
from ..forms import (
    AdmitForm,
    ConsentRecordForm,
    CounterForm,
    MergeForm,
    NamedForm,
    NominateForm,
    ReasonForm,
    RenouncedForm,
)
from ..lifecycle import TO_ADMIT
from ..models import Award, Nominee
from ..policy import Can
from ..queries import pages

routes = Routes("nominees")
AWARD, HERE = "/awards/<int:award_id>", "/nominees/<int:nominee_id>"


@routes.get(AWARD + "/nominees/new", may=Can.NOMINATE, of=pages.award_page)
def new(actor: Actor, award: Any) -> ResponseReturnValue:
    return _nominating(award, NominateForm(_held(award)))


@routes.post(AWARD + "/nominees/new", may=Can.NOMINATE, of=Award)
def create(actor: Actor, award: Award) -> ResponseReturnValue:
    found = _page(actor, award)
    form = NominateForm(_held(found))
    if form.validate_on_submit():
        with form.catching(Conflict):
            made = nominate(actor, award, put=_put(form, bool(form.himself.data)), once=form.once.data)
            flash(_("提名收到了。"))
            return go("nominees.show", nominee_id=made.id)
    return _nominating(found, form, 422)


@routes.get(AWARD + "/counter", may=Can.NOMINATE_FOR, of=pages.award_page)
def counter(actor: Actor, award: Any) -> ResponseReturnValue:
    return _nominating(award, CounterForm(_held(award)))


@routes.post(AWARD + "/counter", may=Can.NOMINATE_FOR, of=Award)
def enter(actor: Actor, award: Award) -> ResponseReturnValue:
    found = _page(actor, award)
    form = CounterForm(_held(found))
    if form.validate_on_submit():
        with form.catching(Conflict):
            spoken_for = form.spoken_for.data
            made = nominate_for(
                actor, award, put=_put(form, False), spoken_for=spoken_for, once=form.once.data
            )
            flash(_("提名记下了。"))
            return go("nominees.show", nominee_id=made.id)
    return _nominating(found, form, 422)


@routes.get(HERE, may=Can.SEE_NOMINEE, of=pages.nominee_page)
def show(actor: Actor, nominee: Any) -> ResponseReturnValue:
    return _shown(actor, nominee)


@routes.post(HERE + "/consent", may=Can.CONSENT, of=Nominee, back="nominees.show")
def agree(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    consent(actor, nominee, named=bool(NamedForm().named.data))
    flash(_("您答应参加了，等社区审核。"))
    return go("nominees.show", nominee_id=nominee.id)


@routes.post(HERE + "/declining", may=Can.DECLINE, of=Nominee, back="nominees.show")
def refuse_to_stand(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    award_id = nominee.award_id
    decline(actor, nominee)
    flash(_("您不参加这次评选，名字不会上票。"))
    return go("awards.show", award_id=award_id)


@routes.post(HERE + "/naming", may=Can.BE_NAMED, of=Nominee, back="nominees.show")
def naming(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    be_named(actor, nominee, named=bool(NamedForm().named.data))
    flash(_("记下了。"))
    return go("nominees.show", nominee_id=nominee.id)


@routes.post(HERE + "/renouncing", may=Can.RENOUNCE, of=Nominee, back="nominees.show")
def renouncing(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    renounce(actor, nominee)
    flash(_("您放弃了这次荣誉。"))
    return go("awards.show", award_id=nominee.award_id)


@routes.post(HERE + "/recorded-renouncing", may=Can.RECORD_RENOUNCING, of=Nominee, back="nominees.show")
def recorded_renouncing(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    form = RenouncedForm()
    return _tried(
        actor, nominee, form, lambda: record_renouncing(actor, nominee, how=form.how.data), gave_up=form
    )


@routes.post(HERE + "/recorded-consent", may=Can.RECORD_CONSENT, of=Nominee, back="nominees.show")
def recorded(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    form = ConsentRecordForm()

    def done() -> None:
        agreed = form.agreed.data == "yes"
        record_consent(actor, nominee, how=form.how.data, agreed=agreed, named=bool(form.named.data))

    return _tried(actor, nominee, form, done, record=form)


@routes.post(HERE + "/admission", may=Can.REVIEW, of=Nominee, back="nominees.show")
def admission(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    form = AdmitForm()
    return _tried(
        actor,
        nominee,
        form,
        lambda: admit_nominee(actor, nominee, about=form.about.data, seen=form.seen.data),
        admit=form,
    )


@routes.post(HERE + "/refusal", may=Can.REVIEW, of=Nominee, back="nominees.show")
def refusal(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    form = ReasonForm()
    return _tried(
        actor, nominee, form, lambda: refuse_nominee(actor, nominee, reason=form.reason.data), refuse=form
    )


@routes.post(HERE + "/merging", may=Can.MERGE, of=Nominee, back="nominees.show")
def merging(actor: Actor, nominee: Nominee) -> ResponseReturnValue:
    form = MergeForm(pages.others(nominee))
    return _tried(
        actor, nominee, form, lambda: merge_nominee(actor, nominee, into_id=form.into_id.data), merge=form
    )


def _tried(
    actor: Actor, nominee: Nominee, form: Any, verb: Callable[[], object], **typed: Any
) -> ResponseReturnValue:
    """Do it and show the nominee again; with what was typed, where it will not do."""
    if form.validate_on_submit():
        with form.catching(Conflict):
            verb()
            flash(_("记下了。"))
            return go("nominees.show", nominee_id=nominee.id)
    found = pages.nominee_page(actor, nominee.id)
    if found is None:
        raise NotVisible()
    return _shown(actor, found, 422, **typed)


def _shown(actor: Actor, nominee: Any, status: int = 200, **typed: Any) -> ResponseReturnValue:
    forms = {
        "record": ConsentRecordForm(formdata=None),
        "admit": AdmitForm(formdata=None, about=nominee.about, seen=nominee.nominators),
        "refuse": ReasonForm(formdata=None),
        "gave_up": RenouncedForm(formdata=None),
        "merge": MergeForm(pages.others(nominee), formdata=None),
        "naming": NamedForm(formdata=None, named=nominee.named),
        **typed,
    }
    return page(
        "awards/nominee.html",
        status,
        block="nominee",
        nominee=nominee,
        nominations=pages.nominations_of(actor, nominee),
        unmet=[u for guard in TO_ADMIT for u in guard(nominee, actor)]
        if access.may(actor, Can.REVIEW, nominee)
        else [],
        namesake=nominee.user_id is None and rules.named_alike(nominee.name, actor.name),
        **forms,
    )


def _page(actor: Actor, award: Award) -> Any:
    found = pages.award_page(actor, award.id)
    if found is None:
        raise NotVisible()
    return found


def _held(award: Any) -> list[tuple[int, str]]:
    return [(c.id, c.name) for c in award.categories if not c.dropped_because]


def _put(form: Any, himself: bool) -> Put:
    return Put(
        form.category_id.data, form.name.data, form.where.data, form.reason.data, form.phone.data, himself
    )


def _nominating(award: Any, form: NominateForm | CounterForm, status: int = 200) -> ResponseReturnValue:
    counter = isinstance(form, CounterForm)
    return page(
        "awards/nominate.html",
        status,
        block="nominate_form",
        award=award,
        form=form,
        at_counter=counter,
        full=not counter and award.own_nominations >= rules.MOST_EACH,
        most=rules.MOST_EACH,
    )
