"""The pages of topics."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import NotVisible
from ...core.exports import listed
from ...core.files import keep_photos, keep_voice
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...core.timeline import timeline
from ...core.web import open_microphone
from ...discussion import subjects
from ...places.models import Place
from .. import queries
from ..actions.raising import OptionDraft, amend_topic, raise_topic, withdraw_topic, write_voice
from ..forms import AmendForm, TopicForm, TranscriptForm
from ..lifecycle import TOPIC
from ..listings import TOPICS
from ..models import Council, Topic
from ..policy import Can
from ..words import Category

routes = Routes("topics")
subjects.open_on(
    Topic,
    routes=routes,
    speak=Can.COMMENT,
    moderate=Can.MODERATE,
    page=lambda topic: f"/topics/{topic.id}",
)


@routes.get("/topics", may=Can.SEE_COUNCIL, of=queries.council_of)
def index(actor: Actor, council: Council) -> ResponseReturnValue:
    return listed(
        TOPICS,
        actor,
        request.args,
        "councils/topics/index.html",
        council=council,
        counts=lambda: queries.stop_counts(actor),
    )


@routes.get("/topics/new", may=Can.RAISE, of=queries.council_of)
def new(actor: Actor, council: Council) -> ResponseReturnValue:
    return _raising(council, TopicForm(queries.places_to_choose(council)))


@routes.post("/topics/new", may=Can.RAISE, of=queries.council_of)
def create(actor: Actor, council: Council) -> ResponseReturnValue:
    form = TopicForm(queries.places_to_choose(council))
    if form.validate_on_submit():
        with form.catching():
            topic = _raise(actor, council, form)
            flash(_("议题已经提出，编号 %(number)s。有进展会显示在这里。", number=topic.number))
            return go("topics.show", topic_id=topic.id)
    return _raising(council, form, 422)


def _raise(actor: Actor, council: Council, form: TopicForm) -> Topic:
    drafts = [o.data for o in form.options if o.data["title"]]
    return raise_topic(
        actor,
        council,
        place=db.session.get(Place, form.place_id.data),
        title=form.title.data,
        body=form.body.data,
        category=Category(form.category.data),
        spot=form.spot.data,
        once=form.once.data,
        options=[OptionDraft(d["title"], d["body"], d["cost"]) for d in drafts],
        photos=keep_photos(form.photos.data or (), alt=form.title.data),
        voice=keep_voice(form.voice.data, said=form.said.data),
    )


@routes.get("/topics/similar", may=Can.RAISE, of=queries.council_of)
def similar(actor: Actor, council: Council) -> ResponseReturnValue:
    title = request.args.get("title", "")[:60]
    return page("councils/topics/similar.html", topics=queries.similar(actor, title), title=title)


@routes.get("/topics/<int:topic_id>", may=Can.SEE, of=queries.topic_page)
def show(actor: Actor, topic: Any) -> ResponseReturnValue:
    return page(
        "councils/topics/show.html",
        topic=topic,
        talk=subjects.talk(actor, Topic, topic),
        offered={event.name for event in TOPIC.offers(actor, topic)},
        lines=lambda: timeline(actor, f"topic:{topic.id}"),
    )


@routes.get("/topics/<int:topic_id>/files/<int:file_id>/<size>", may=Can.SEE, of=Topic)
def file(actor: Actor, topic: Topic, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(topic, file_id, size)


@routes.get("/topics/<int:topic_id>/edit", may=Can.AMEND, of=Topic)
def edit(actor: Actor, topic: Topic) -> ResponseReturnValue:
    return page("councils/topics/edit.html", topic=topic, form=AmendForm(obj=topic))


@routes.post("/topics/<int:topic_id>/edit", may=Can.AMEND, of=Topic)
def update(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = AmendForm()
    if form.validate_on_submit():
        with form.catching():
            amend_topic(
                actor,
                topic,
                title=form.title.data,
                body=form.body.data,
                spot=form.spot.data,
                category=Category(form.category.data),
            )
            return go("topics.show", topic_id=topic.id)
    return page("councils/topics/edit.html", 422, block="topic_form", topic=topic, form=form)


@routes.get("/topics/<int:topic_id>/transcript", may=Can.TRANSCRIBE, of=Topic)
def ask_transcript(actor: Actor, topic: Topic) -> ResponseReturnValue:
    voice = _heard(topic)
    return page(
        "councils/topics/transcript.html", topic=topic, voice=voice, form=TranscriptForm(said=voice.alt)
    )


@routes.post("/topics/<int:topic_id>/transcript", may=Can.TRANSCRIBE, of=Topic)
def transcribe(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = TranscriptForm()
    if form.validate_on_submit():
        with form.catching():
            write_voice(actor, topic, said=form.said.data)
            return go("topics.show", topic_id=topic.id)
    voice = _heard(topic)
    return page(
        "councils/topics/transcript.html", 422, block="voice_form", topic=topic, voice=voice, form=form
    )


def _heard(topic: Topic) -> files.FileLine:
    for voice in queries.voices(topic):
        return voice
    raise NotVisible()


@routes.post("/topics/<int:topic_id>/withdrawal", may=Can.WITHDRAW, of=Topic, back="topics.show")
def withdraw(actor: Actor, topic: Topic) -> ResponseReturnValue:
    withdraw_topic(actor, topic)
    return go("topics.show", topic_id=topic.id)


def _raising(council: Council, form: TopicForm, status: int = 200) -> ResponseReturnValue:
    open_microphone()
    return page("councils/topics/new.html", status, block="topic_form", council=council, form=form)
