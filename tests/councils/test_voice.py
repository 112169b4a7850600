"""Topics that were told: by riders and others who would rather speak than type."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from portal.core.errors import Invalid, NotAllowed
from portal.core.files import VOICE, keep_voice, lines_of
from portal.core.waiting import waiting_for
from portal.councils.actions.raising import amend_topic, write_voice
from portal.councils.models import Council, Topic
from portal.councils.words import Category
from tests.conftest import Client
from tests.core import sounds
from tests.councils.test_pages import soup
from tests.world import World

Raise = Callable[..., Topic]
SAID = "东门夜里锁了，电动车推不进来。"


def told(said: str = "", data: bytes = b"") -> Any:
    return keep_voice(FileStorage(io.BytesIO(data or sounds.webm(7)), filename="家门口 12 号楼.webm"), said)


def posted(world: World, **given: object) -> dict[str, object]:
    form = {
        "title": "东门夜里几点关",
        "body": "",
        "category": "riders",
        "place_id": str(world.ids["building"]),
    }
    return {**form, "spot": "", "once": "told", "voice": (io.BytesIO(sounds.webm(7)), "说一说.webm"), **given}


def test_a_recording_stands_for_the_words(app: Flask, raised: Raise) -> None:
    topic = raised(body="", voice=told())
    (file,) = lines_of("topic", topic.id)
    assert (file.purpose, file.kind, file.seconds, file.name) == (VOICE, "audio/webm", 7, "voice.webm")
    assert topic.unwritten
    with pytest.raises(Invalid) as refusal:
        raised(body="")
    assert refusal.value.field == "body"


def test_what_was_told_may_lose_its_words_and_what_was_written_may_not(world: World, raised: Raise) -> None:
    words: dict[str, Any] = {"title": "东门", "spot": "", "category": Category.RIDERS}
    amend_topic(world.owner, raised(voice=told(SAID)), body="", **words)
    with pytest.raises(Invalid):
        amend_topic(world.owner, raised(), body="", **words)


def test_author_and_staff_write_it_down_and_then_nobody_waits(world: World, raised: Raise) -> None:
    topic = raised("tenant", body="", voice=told())
    assert [w.subject_id for w in waiting_for(world.secretary) if w.kind == "write_voice"] == [topic.id]
    with pytest.raises(NotAllowed):
        write_voice(world.actor("owner"), topic, said=SAID)
    write_voice(world.actor("tenant"), topic, said=SAID)
    write_voice(world.secretary, topic, said=SAID)
    assert lines_of("topic", topic.id)[0].alt == SAID
    assert not [w for w in waiting_for(world.secretary) if w.kind == "write_voice"]
    with pytest.raises(Invalid, match="没有语音"):
        write_voice(world.secretary, raised(), said=SAID)


def test_it_is_raised_heard_and_written_on_pages(client: Client, world: World, council: Council) -> None:
    client.sign_in("tenant")
    reply = client.submit("/topics/new", posted(world), content_type="multipart/form-data")
    assert reply.status_code == 303
    page = soup(client.get(reply.location))
    heard = client.get(page.select_one(".voice-note audio")["src"], headers={"Range": "bytes=0-9"})  # type: ignore[index]
    assert (heard.status_code, heard.mimetype, len(heard.data)) == (206, "audio/webm", 10)
    assert heard.headers["Content-Disposition"].startswith("inline")
    assert "还没有写成文字" in page.text
    client.sign_in("secretary")
    assert client.submit(f"{reply.location}/transcript", {"said": ""}).status_code == 422
    assert client.submit(f"{reply.location}/transcript", {"said": SAID}).status_code == 303
    assert SAID in client.get(reply.location).text
    client.sign_in("neighbour")
    assert client.get(heard.request.path).status_code == 404
    assert client.get(f"{reply.location}/transcript").status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (sounds.wav(130), "最长 2 分钟"),
        (b"<html>", "不是网页能放的录音"),
        (sounds.m4a(3, b"vide"), "不是网页能放的录音"),
    ],
)
def test_what_is_refused_says_it_at_its_field(
    client: Client, world: World, council: Council, data: bytes, sentence: str
) -> None:
    client.sign_in("tenant")
    given = posted(world, voice=(io.BytesIO(data), "说一说.wav"))
    reply = client.submit("/topics/new", given, content_type="multipart/form-data")
    page = soup(reply)
    assert reply.status_code == 422
    assert sentence in page.select_one("#voice-error").text  # type: ignore[union-attr]
    assert page.select_one("#voice-recorder")
    assert not page.select_one("#voice-recorder[hx-preserve]")


def test_only_a_page_that_records_may_ask_for_the_microphone(client: Client, council: Council) -> None:
    client.sign_in("tenant")
    assert "microphone=(self)" in client.get("/topics/new").headers["Permissions-Policy"]
    assert "microphone=()" in client.get("/topics").headers["Permissions-Policy"]


def test_no_transcript_is_asked_of_a_topic_that_was_written(client: Client, topic: Topic) -> None:
    client.sign_in("secretary")
    assert client.get(f"/topics/{topic.id}/transcript").status_code == 404
