"""Becoming a volunteer, one's own page, and the list that staff keep."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import listed
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...places.models import Place
from .. import rules
from ..actions import registering as act
from ..forms import AmendForm, BornForm, ConsentForm, GuardianForm, ObjectionForm, RegisterForm
from ..listings import VOLUNTEERS
from ..models.people import Volunteer
from ..policy import Can
from ..queries import people as queries
from ..queries import record

routes = Routes("volunteers")


@routes.get("/volunteering/register", may=Can.REGISTER, of=queries.community_of)
def new(actor: Actor, community: Place) -> ResponseReturnValue:
    if queries.own(actor):
        return go("volunteers.mine")
    return _registering(RegisterForm())


@routes.post("/volunteering/register", may=Can.REGISTER, of=queries.community_of)
def create(actor: Actor, community: Place) -> ResponseReturnValue:
    form = RegisterForm()
    if form.validate_on_submit():
        with form.catching():
            volunteer = act.register(
                actor, community, born=form.born.data, skills=form.skills.data, offers=form.offers.data
            )
            flash(_("登记好了，您的编号是 %(number)s。", number=rules.number(volunteer.serial)))
            return go("services.index")
    return _registering(form, 422)


@routes.get("/volunteering/mine", may=Can.REGISTER, of=queries.community_of)
def mine(actor: Actor, community: Place) -> ResponseReturnValue:
    return own_page(actor)


def own_page(
    actor: Actor, status: int = 200, objection: ObjectionForm | None = None, asked: GuardianForm | None = None
) -> ResponseReturnValue:
    """One's own hours, what is ahead, objections and certificates; a minor's guardian."""
    volunteer = queries.own(actor)
    if volunteer is None:
        return go("volunteers.new")
    minor = rules.age(volunteer.born, actor.today) < rules.ADULT
    return page(
        "volunteering/volunteers/mine.html",
        status,
        block="guardian_form" if asked else "objection_form",
        volunteer=volunteer,
        minor=minor,
        years=record.by_year(volunteer.user_id),
        ahead=lambda: queries.shifts_ahead(volunteer.user_id),
        book=lambda: record.book_of(volunteer.user_id),
        trainings=lambda: record.trainings_of(volunteer.user_id),
        objections=lambda: queries.objections_of(volunteer.user_id),
        certificates=lambda: queries.certificates_of(volunteer.user_id),
        form=objection or ObjectionForm(),
        guardian_form=asked or (_guardian_form(actor, volunteer) if minor else None),
    )


@routes.post("/volunteering/mine/guardian", may=Can.ASK_GUARDIAN, of=queries.own, back="volunteers.mine")
def guardian(actor: Actor, volunteer: Volunteer) -> ResponseReturnValue:
    form = _guardian_form(actor, volunteer)
    if form.validate_on_submit():
        with form.catching():
            act.ask_guardian(actor, volunteer, guardian_id=form.guardian_id.data)
            flash(_("请了，监护人登录以后在首页一按就能同意。"))
            return go("volunteers.mine")
    return own_page(actor, 422, asked=form)


@routes.get("/volunteering/mine/edit", may=Can.AMEND_VOLUNTEER, of=queries.own)
def edit(actor: Actor, volunteer: Volunteer) -> ResponseReturnValue:
    return _registering(AmendForm(obj=volunteer), amending=True)


@routes.post("/volunteering/mine/edit", may=Can.AMEND_VOLUNTEER, of=queries.own)
def update(actor: Actor, volunteer: Volunteer) -> ResponseReturnValue:
    form = AmendForm()
    if form.validate_on_submit():
        with form.catching():
            act.amend(actor, volunteer, skills=form.skills.data, offers=form.offers.data)
            flash(_("改好了。"))
            return go("volunteers.mine")
    return _registering(form, 422, amending=True)


@routes.get("/volunteers", may=Can.KEEP_VOLUNTEERS, of=queries.community_of)
def index(actor: Actor, community: Place) -> ResponseReturnValue:
    return listed(VOLUNTEERS, actor, request.args, "volunteering/volunteers/index.html", community=community)


@routes.get("/volunteers/<int:volunteer_id>", may=Can.SEE_VOLUNTEER, of=queries.volunteer_page)
def show(actor: Actor, volunteer: Any) -> ResponseReturnValue:
    return _shown(actor, volunteer)


@routes.post(
    "/volunteers/<int:volunteer_id>/consent",
    may=Can.ENTER_CONSENT,
    of=queries.volunteer_page,
    back="volunteers.show",
)
def consent(actor: Actor, volunteer: Any) -> ResponseReturnValue:
    form = ConsentForm()
    if form.validate_on_submit():
        with form.catching():
            act.enter_consent(
                actor,
                visible(actor, Volunteer, volunteer.id),
                guardian=form.guardian.data,
                agreed_on=form.agreed_on.data,
            )
            flash(_("监护人的同意录好了。"))
            return go("volunteers.show", volunteer_id=volunteer.id)
    return _shown(actor, volunteer, 422, form=form)


@routes.post(
    "/volunteers/<int:volunteer_id>/born",
    may=Can.CORRECT_BORN,
    of=queries.volunteer_page,
    back="volunteers.show",
)
def born(actor: Actor, volunteer: Any) -> ResponseReturnValue:
    form = BornForm()
    if form.validate_on_submit():
        with form.catching():
            act.correct_born(actor, visible(actor, Volunteer, volunteer.id), born=form.born.data)
            flash(_("出生日期更正了。"))
            return go("volunteers.show", volunteer_id=volunteer.id)
    return _shown(actor, volunteer, 422, born_form=form)


@routes.post(
    "/volunteers/<int:volunteer_id>/agreement",
    may=Can.ANSWER_AS_GUARDIAN,
    of=Volunteer,
    back="volunteers.show",
)
def agree(actor: Actor, volunteer: Volunteer) -> ResponseReturnValue:
    """The guardian's word; once he does not agree the page is no longer his to see."""
    yes = request.form.get("agrees") == "1"
    act.answer_as_guardian(actor, volunteer, yes=yes)
    flash(_("您同意了，他可以报名了。") if yes else _("记下了，没有您的同意他不能报名。"))
    return go("volunteers.show", volunteer_id=volunteer.id) if yes else go("services.index")


def _guardian_form(actor: Actor, volunteer: Volunteer) -> GuardianForm:
    chosen = volunteer.guardian_id
    return GuardianForm(act.guardians(volunteer.user_id, actor.today), data={"guardian_id": chosen})


def _registering(form: AmendForm, status: int = 200, amending: bool = False) -> ResponseReturnValue:
    template = "volunteering/volunteers/register.html"
    return page(template, status, block="register_form", form=form, amending=amending)


def _shown(actor: Actor, volunteer: Any, status: int = 200, **forms: Any) -> ResponseReturnValue:
    return page(
        "volunteering/volunteers/show.html",
        status,
        block="born_form" if "born_form" in forms else "consent_form",
        volunteer=volunteer,
        age=rules.age(volunteer.born, actor.today),
        adult=rules.ADULT,
        years=record.by_year(volunteer.user_id),
        book=record.book_of(volunteer.user_id),
        trainings=lambda: record.trainings_of(volunteer.user_id),
        **({"form": ConsentForm(), "born_form": BornForm(born=volunteer.born)} | forms),
    )
