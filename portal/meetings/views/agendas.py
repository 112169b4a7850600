"""The agenda of a meeting in preparation, and its materials."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.files import keep_papers
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...councils.models import Topic
from ..actions import agendas as act
from ..actions.agendas import Point
from ..forms import CoreForm, ItemForm, MaterialForm, TopicChoiceForm
from ..models import Meeting
from ..policy import Can
from ..queries import meetings as queries
from ..sides import Side

routes = Routes("agendas")
EDIT = "/meetings/<int:meeting_id>/agenda"


@routes.get(EDIT, may=Can.PREPARE, of=queries.meeting_page)
def edit(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _editing(meeting)


@routes.post(EDIT + "/topics", may=Can.PREPARE, of=queries.meeting_page, back="agendas.edit")
def add_topic(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = TopicChoiceForm(queries.topics_for(meeting))
    if form.validate_on_submit():
        with form.catching(Conflict, on="topic_id"):
            topic = visible(actor, Topic, form.topic_id.data)
            act.add_topic(actor, visible(actor, Meeting, meeting.id), topic=topic, core=form.core.data)
            flash(_("排进来了：%(title)s", title=topic.title if topic else ""))
            return go("agendas.edit", meeting_id=meeting.id)
    return _editing(meeting, 422, topic_form=form)


@routes.post(EDIT + "/filling", may=Can.PREPARE, of=Meeting, back="agendas.edit")
def fill(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    added = act.fill_agenda(actor, meeting)
    flash(_("排进了 %(n)d 个议题。", n=added) if added else _("没有可排的议题，或者核心议题已经够了。"))
    return go("agendas.edit", meeting_id=meeting.id)


@routes.get(EDIT + "/items/new", may=Can.PREPARE, of=queries.meeting_page)
def new_item(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _item(meeting, ItemForm(minutes=10))


@routes.post(EDIT + "/items/new", may=Can.PREPARE, of=Meeting)
def create_item(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = ItemForm()
    if form.validate_on_submit():
        with form.catching():
            act.add_item(actor, meeting, point=_point(form), once=form.once.data)
            flash(_("排进来了：%(title)s", title=form.title.data))
            return go("agendas.edit", meeting_id=meeting.id)
    return _item(meeting, form, 422)


@routes.get(EDIT + "/items/<int:item_id>/edit", may=Can.PREPARE, of=queries.item_page)
def edit_item(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _item(meeting, ItemForm(obj=meeting.item))


@routes.post(EDIT + "/items/<int:item_id>/edit", may=Can.PREPARE, of=queries.item_page)
def update_item(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = ItemForm()
    if form.validate_on_submit():
        with form.catching():
            subject = visible(actor, Meeting, meeting.id)
            act.amend_item(actor, subject, item_id=meeting.item.id, point=_point(form))
            flash(_("改好了：%(title)s", title=meeting.item.title))
            return go("agendas.edit", meeting_id=meeting.id)
    return _item(meeting, form, 422)


@routes.post(
    EDIT + "/items/<int:item_id>/raising", may=Can.PREPARE, of=queries.item_page, back="agendas.edit"
)
def raise_item(actor: Actor, meeting: Any) -> ResponseReturnValue:
    act.raise_item(actor, visible(actor, Meeting, meeting.id), item_id=meeting.item.id)
    flash(_("往前排了：%(title)s", title=meeting.item.title))
    return go("agendas.edit", meeting_id=meeting.id)


@routes.post(
    EDIT + "/items/<int:item_id>/removal", may=Can.PREPARE, of=queries.item_page, back="agendas.edit"
)
def remove_item(actor: Actor, meeting: Any) -> ResponseReturnValue:
    act.remove_item(actor, visible(actor, Meeting, meeting.id), item_id=meeting.item.id)
    flash(_("拿掉了：%(title)s", title=meeting.item.title))
    return go("agendas.edit", meeting_id=meeting.id)


@routes.post(EDIT + "/more-topics", may=Can.PREPARE, of=Meeting, back="agendas.edit")
def more_topics(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = CoreForm()
    if form.validate_on_submit():
        act.allow_more_topics(actor, meeting, reason=form.reason.data)
        flash(_("理由写上了，和议程一起公布。") if form.reason.data else _("理由拿掉了。"))
        return go("agendas.edit", meeting_id=meeting.id)
    return _editing(queries.meeting_page(actor, meeting.id), 422, core_form=form)


@routes.get("/meetings/<int:meeting_id>/materials", may=Can.INVITE, of=queries.meeting_page)
def materials(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _materials(meeting, MaterialForm())


@routes.post("/meetings/<int:meeting_id>/materials", may=Can.INVITE, of=queries.meeting_page)
def add_materials(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = MaterialForm()
    if form.validate_on_submit():
        with form.catching():
            papers = keep_papers(form.papers.data or ())
            act.add_materials(actor, visible(actor, Meeting, meeting.id), papers=papers)
            flash(_("材料放上去了，大家都看得到。"))
            return go("meetings.show", meeting_id=meeting.id)
    return _materials(meeting, form, 422)


def _point(form: ItemForm) -> Point:
    return Point(
        title=form.title.data,
        minutes=form.minutes.data or 0,
        core=form.core.data,
        side=Side(form.side.data) if form.side.data else None,
        presenter=form.presenter.data,
        motion=form.motion.data,
    )


def _editing(
    meeting: Any,
    status: int = 200,
    topic_form: TopicChoiceForm | None = None,
    core_form: CoreForm | None = None,
) -> ResponseReturnValue:
    return page(
        "meetings/agendas/edit.html",
        status,
        block="agenda",
        meeting=meeting,
        topic_form=topic_form or TopicChoiceForm(queries.topics_for(meeting), core=True),
        core_form=core_form or CoreForm(reason=meeting.core_because),
    )


def _item(meeting: Any, form: ItemForm, status: int = 200) -> ResponseReturnValue:
    item = getattr(meeting, "item", None)
    return page(
        "meetings/agendas/item.html", status, block="item_form", meeting=meeting, item=item, form=form
    )


def _materials(meeting: Any, form: MaterialForm, status: int = 200) -> ResponseReturnValue:
    return page("meetings/agendas/materials.html", status, block="material_form", meeting=meeting, form=form)
