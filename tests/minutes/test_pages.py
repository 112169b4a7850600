"""The pages of minutes and tasks, with forms and without scripts."""

import hashlib
import io
import json
from datetime import timedelta
from typing import Any

import docx as words
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from portal.core import clock
from portal.core.db import db
from portal.core.panels import chosen
from portal.meetings.models import Body, Meeting
from portal.meetings.queries.rooms import room_page
from portal.minutes import docx
from portal.minutes.actions.confirming import answer_mark, object_to_line
from portal.minutes.actions.tasks import report_task
from portal.minutes.models import Addendum, Minutes, MinutesMark, Task
from portal.minutes.words import Heading, MinutesState, Stance
from tests.conftest import Client, Statements
from tests.meetings.conftest import items_of, planned_at
from tests.minutes.conftest import DUE, UNTIL, core_item, lines, section, tick, write
from tests.world import World

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def text(reply: Any, selector: str) -> str:
    return " ".join(found.text for found in soup(reply).select(selector))


def test_the_recorder_finishes_minutes(client: Client, world: World, draft: Minutes) -> None:
    """From the draft to what those who were there read, without scripts."""
    place, item = f"/minutes/{draft.id}", core_item(draft)
    client.sign_in("worker")
    assert soup(client.get("/desk")).select(f"a[href$='{place}']") or soup(client.get("/")).select(
        f"a[href='{place}']"
    )
    shown = client.get(place)
    cures = [a["href"] for a in soup(shown).select("#next li a")]
    assert f"{place}/items/{item.id}/outcome" in cures
    refused = client.submit(f"{place}/sending", {"until": "2026-06-29T18:00"})
    assert refused.status_code == 409
    said = section(draft, Heading.SAID, item.id)
    page = f"{place}/sections/{said.id}"
    assert "物业（赞成）：" in soup(client.get(page)).select_one("textarea").text  # type: ignore[union-attr]
    given = {"text": "物业（赞成）：样品下周送来。", "version": said.version}
    assert client.submit(page, given).status_code == 303
    for one in items_of(db.session.get_one(Meeting, draft.meeting_id)):
        kind = "resolved" if one.topic_id else "heard"
        form = {"kind": kind, "said": "就这么办。", "passed_to": "", "version": 0}
        assert client.submit(f"{place}/items/{one.id}/outcome", form).status_code == 303
    task = {"what": "换塑木板", "side": "property", "lead": "陈立军", "due_on": DUE.isoformat(), "once": "t"}
    for _ in range(2):
        assert client.submit(f"{place}/items/{item.id}/tasks/new", task).status_code == 303
    assert not soup(client.get(place)).select("#next li a")
    assert client.submit(f"{place}/sending", {"until": "2026-06-29T18:00"}).status_code == 303
    assert "请到会的人核对" in text(client.get(place), ".byline")


def test_the_form_proposes_a_sentence(client: Client, draft: Minutes) -> None:
    page = client.sign_in("worker").get(f"/minutes/{draft.id}/items/{core_item(draft).id}/outcome")
    assert text(page, "textarea[name=said]").strip() == "会议议定：九月底前换成塑木板。"
    values = [r["value"] for r in soup(page).select("input[name=kind]")]
    assert "resolved" in values
    assert "heard" not in values


def test_two_pens_see_each_other(client: Client, world: World, draft: Minutes) -> None:
    of = section(draft, Heading.MORE)
    page = f"/minutes/{draft.id}/sections/{of.id}"
    client.sign_in("worker").submit(page, {"text": "先写的", "version": 0})
    reply = client.sign_in("secretary").submit(page, {"text": "后写的", "version": 0})
    assert reply.status_code == 422
    assert "先写的" in text(reply, ".alert")
    form = soup(reply)
    assert form.select_one("textarea").text.strip() == "后写的"  # type: ignore[union-attr]
    version = form.select_one("input[name=version]")["value"]  # type: ignore[index]
    assert client.submit(page, {"text": "先写的\n后写的", "version": version}).status_code == 303
    assert client.submit(page, {"text": "x", "version": "nonsense"}).status_code == 422


def test_reading_line_by_line(client: Client, world: World, sent: Minutes) -> None:
    place = f"/minutes/{sent.id}"
    line = lines(sent, Heading.SAID, core_item(sent).id)[0]
    client.sign_in("owner")
    assert soup(client.get("/")).select(f"a[href='{place}']")
    assert client.submit(f"{place}/lines/{line.id}/objection", {"reason": ""}).status_code == 422
    reply = client.submit(f"{place}/lines/{line.id}/objection", {"reason": "不是下周"})
    assert reply.location.startswith(place)
    assert client.submit(f"{place}/confirmation").status_code == 303
    shown = client.get(place)
    assert "不是下周" in text(shown, f"#line-{line.id}")
    assert "您都核对过了" in text(shown, "#next")
    mark = db.session.scalars(sa.select(MinutesMark).where(MinutesMark.stance == Stance.WRONG)).one()
    client.sign_in("worker")
    answer = f"{place}/objections/{mark.id}/answer"
    assert soup(client.get(place)).select(f"a[href='{answer}']")
    assert client.submit(answer, {"answer": "录音里是下周"}).status_code == 303
    assert client.submit(answer, {"answer": "再答"}).status_code == 422
    client.sign_in("owner")
    assert "录音里是下周" in text(client.get(place), f"#line-{line.id}")
    assert client.submit(f"{place}/lines/{line.id}/confirmation").status_code == 303
    db.session.refresh(mark)
    assert mark.stance is Stance.RIGHT


def test_who_was_not_there_marks_nothing(client: Client, sent: Minutes) -> None:
    place = f"/minutes/{sent.id}"
    for who in ("tenant", "visitor", "neighbour"):
        assert client.sign_in(who).get(place).status_code in (404, 302)
    assert client.sign_in("worker").submit(f"{place}/confirmation").status_code == 403


def test_after_the_hour_the_buttons_are_gone(client: Client, sent: Minutes) -> None:
    place = f"/minutes/{sent.id}"
    line = lines(sent, Heading.PARKED)[0]
    with clock.frozen(UNTIL):
        client.sign_in("owner")
        assert not soup(client.get(place)).select("#objections form")
        assert client.submit(f"{place}/lines/{line.id}/objection", {"reason": "晚了"}).status_code == 403
        assert client.submit(f"{place}/confirmation").status_code == 403
        client.sign_in("worker")
        assert client.submit(f"{place}/sealing").status_code == 303
        assert client.submit(f"{place}/sealing").status_code == 403
    assert db.session.get_one(Minutes, sent.id).state is MinutesState.SEALED


def test_everybody_reads_a_masked_copy(client: Client, world: World, sealed: Minutes) -> None:
    place = f"/minutes/{sealed.id}"
    for who, full in (("visitor", False), ("tenant", False), ("owner", True), ("secretary", True)):
        page = client.sign_in(who).get(place)
        paper = client.get(f"{place}/print")
        assert page.status_code == paper.status_code == 200
        assert ("王秀兰" in paper.get_data(as_text=True)) is full, who
        assert ("王秀兰" in text(page, "#objections")) is full, who
    shown = client.sign_in("visitor").get("/minutes")
    assert "纪〔2026〕001号" in text(shown, ".rows")


def test_what_was_said_against_a_line_is_masked_too(client: Client, world: World, sent: Minutes) -> None:
    line, gone = lines(sent, Heading.SAID, core_item(sent).id)[0], lines(sent, Heading.PARKED)[0]
    object_to_line(world.manager, sent, line_id=line.id, reason="这话是王秀兰说的")
    object_to_line(world.manager, sent, line_id=gone.id, reason="王秀兰没有说过")
    write(world, sent, Heading.PARKED, "")
    mark = db.session.scalars(sa.select(MinutesMark).where(MinutesMark.line_id == line.id)).one()
    answer_mark(world.worker, sent, mark_id=mark.id, answer="不是王秀兰，电话 19900000009")
    with clock.frozen(UNTIL):
        tick()
    for who, full in (("owner", True), ("tenant", False), ("visitor", False)):
        page = client.sign_in(who).get(f"/minutes/{sent.id}")
        assert "没有说过" in text(page, "#objections")
        assert ("王秀兰" in page.get_data(as_text=True)) is full, who
        assert ("19900000009" in page.get_data(as_text=True)) is full, who


def test_the_sealed_file_is_what_was_hashed(client: Client, sealed: Minutes) -> None:
    place = f"/minutes/{sealed.id}"
    for who in ("visitor", "owner"):
        data = client.sign_in(who).get(f"{place}/file").data
        digest = hashlib.sha256(data).hexdigest()
        assert digest in text(client.get(place), "code")
        assert json.loads(data)["number"] == "纪〔2026〕001号"


def test_no_file_before_the_seal(client: Client, sent: Minutes) -> None:
    assert client.sign_in("owner").get(f"/minutes/{sent.id}/file").status_code == 404


def test_a_file_for_the_word_processor(client: Client, sealed: Minutes) -> None:
    reply = client.sign_in("owner").get(f"/minutes/{sealed.id}/docx")
    assert reply.mimetype == docx.KIND
    file = words.Document(io.BytesIO(reply.data))
    said = "\n".join(p.text for p in file.paragraphs)
    assert "纪〔2026〕001号" in said
    assert "会议议定：九月底前换成塑木板。" in said
    assert "{{" not in said
    assert [c.text for c in file.tables[0].rows[0].cells] == ["姓名", "代表方", "应到或列席", "到会"]
    assert "王秀兰" in {row.cells[0].text for row in file.tables[0].rows}
    assert "SHA-256" in file.sections[0].footer.paragraphs[0].text
    masked = client.sign_in("visitor").get(f"/minutes/{sealed.id}/docx")
    assert "王秀兰" not in "".join(
        c.text for t in words.Document(io.BytesIO(masked.data)).tables for r in t.rows for c in r.cells
    )


def test_staff_replace_the_template(client: Client, sealed: Minutes) -> None:
    place = f"/bodies/{sealed.body_id}/minutes-template"
    own = words.Document()
    own.add_paragraph("梧桐社区 红头文件")
    paragraph = own.add_paragraph("编号")
    paragraph.add_run("：{{编")
    paragraph.add_run("号}}")
    own.add_paragraph("{{正文}}")
    out = io.BytesIO()
    own.save(out)
    client.sign_in("secretary")
    assert soup(client.get(f"/bodies/{sealed.body_id}")).select(f"a[href='{place}']")
    for wrong in (b"no file at all", docx.blank().replace(b"PK", b"XX"), _without_body()):
        reply = client.submit(place, {"template": (io.BytesIO(wrong), "x.docx")})
        assert reply.status_code == 422
    assert client.submit(place, {}).status_code == 422
    assert client.submit(place, {"template": (io.BytesIO(out.getvalue()), "红头.docx")}).status_code == 303
    made = words.Document(io.BytesIO(client.get(f"/minutes/{sealed.id}/docx").data))
    said = [p.text for p in made.paragraphs]
    assert "梧桐社区 红头文件" in said
    assert "编号：纪〔2026〕001号" in said
    assert client.get(f"{place}/file").data == out.getvalue()
    assert client.sign_in("owner").get(place).status_code == 403


def _without_body() -> bytes:
    out = io.BytesIO()
    words.Document().save(out)
    return out.getvalue()


def _spanning(attribute: str, value: str) -> bytes:
    """A template with a table whose first cell claims what it does not have."""
    file = words.Document(io.BytesIO(docx.blank()))
    cell = file.add_table(1, 1).rows[0].cells[0]
    cell._tc.get_or_add_tcPr().append(OxmlElement(attribute, {qn("w:val"): value}))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _reaching(kind: str) -> bytes:
    """A template that brings something from elsewhere, or runs something, when it is opened."""
    file = words.Document(io.BytesIO(docx.blank()))
    if kind in ("attachedTemplate", "image", "hyperlink"):
        place = f"{OFFICE}/{kind}"
        file.part.relate_to("http://elsewhere.example/x", place, is_external=True)
    elif kind == "vbaProject":
        part = Part(PackURI("/word/vbaProject.bin"), "application/vnd.ms-office.vbaProject", b"x")
        file.part.relate_to(part, "http://schemas.microsoft.com/office/2006/relationships/vbaProject")
    else:
        for piece in ("INCLUDE", f"PICTURE {kind}"):
            field = OxmlElement("w:instrText")
            field.text = piece
            file.paragraphs[0].add_run()._r.append(field)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_template_whose_cells_claim_more_than_there_is(client: Client, sealed: Minutes) -> None:
    """A cell over a billion columns, one that goes on from a row above the first: nobody's download suffers."""
    place = f"/bodies/{sealed.body_id}/minutes-template"
    client.sign_in("secretary")
    for data in (_spanning("w:gridSpan", "3000000"), _spanning("w:vMerge", "continue")):
        assert client.submit(place, {"template": (io.BytesIO(data), "x.docx")}).status_code == 303
        assert client.get(f"/minutes/{sealed.id}/docx").status_code == 200


def test_a_template_without_a_page_is_refused(client: Client, sealed: Minutes) -> None:
    file = words.Document(io.BytesIO(docx.blank()))
    file.element.body.remove(file.element.body.sectPr)
    out = io.BytesIO()
    file.save(out)
    client.sign_in("secretary")
    place = f"/bodies/{sealed.body_id}/minutes-template"
    assert client.submit(place, {"template": (io.BytesIO(out.getvalue()), "x.docx")}).status_code == 422


@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "image", "vbaProject", "http://elsewhere.example/x.png"]
)
def test_a_template_that_reaches_out_is_refused(client: Client, sealed: Minutes, kind: str) -> None:
    """Whoever opens minutes fetches nothing and runs nothing."""
    client.sign_in("secretary")
    place = f"/bodies/{sealed.body_id}/minutes-template"
    reply = client.submit(place, {"template": (io.BytesIO(_reaching(kind)), "x.docx")})
    assert reply.status_code == 422
    assert "宏" in reply.text


def test_a_template_may_hold_a_link(client: Client, sealed: Minutes) -> None:
    client.sign_in("secretary")
    place = f"/bodies/{sealed.body_id}/minutes-template"
    reply = client.submit(place, {"template": (io.BytesIO(_reaching("hyperlink")), "x.docx")})
    assert reply.status_code == 303


def test_an_addendum_stands_below(client: Client, world: World, sealed: Minutes) -> None:
    place = f"/minutes/{sealed.id}"
    client.sign_in("worker")
    assert client.submit(f"{place}/addenda/new", {"text": "", "once": "a"}).status_code == 422
    for _ in range(2):
        reply = client.submit(f"{place}/addenda/new", {"text": "王秀兰要防滑的。", "once": "a"})
        assert reply.location == place
    assert len(db.session.scalars(sa.select(Addendum)).all()) == 1
    assert "王**要防滑的" in text(client.sign_in("visitor").get(place), "#h-addenda ~ ol")
    assert client.submit(f"{place}/addenda/new", {"text": "我补", "once": "b"}).status_code == 403


def test_the_topic_shows_what_came_of_it(client: Client, sealed: Minutes) -> None:
    topic = core_item(sealed).topic_id
    page = client.sign_in("visitor").get(f"/topics/{topic}")
    assert "会议议定：九月底前换成塑木板。" in text(page, "#results")
    assert "换塑木板，先报样品" in text(page, "#tasks")
    assert "会上有了结果：表决通过" in text(page, ".timeline")


def test_before_the_seal_the_topic_says_nothing(client: Client, sent: Minutes) -> None:
    assert not soup(client.sign_in("owner").get(f"/topics/{core_item(sent).topic_id}")).select(
        "#results, #tasks"
    )


def test_the_next_meeting_hears_how_far_it_has_come(client: Client, world: World, sealed: Minutes) -> None:
    following = planned_at(world, db.session.get_one(Body, sealed.body_id), UNTIL + timedelta(days=20))
    task = db.session.scalars(sa.select(Task)).one()
    page = client.sign_in("visitor").get(f"/meetings/{following.id}")
    assert "上次会议的事项办到哪了" in text(page, "#h-given")
    assert "换塑木板，先报样品" in text(page, "#tasks")
    room = room_page(world.worker, following.id)
    assert room is not None
    assert chosen(world.worker, "meeting", room, "wall_left") == []
    room.item = room.items[0]
    ((_template, wall),) = chosen(world.worker, "meeting", room, "wall_left")
    assert [t.what for t in wall["tasks"]] == ["换塑木板，先报样品"], "the big screen looks back with them"
    report_task(world.manager, task, text="换好了", done=True, once="r")
    assert "办好了" in text(client.get(f"/meetings/{following.id}"), "#tasks"), "what was done since then too"
    later = planned_at(world, db.session.get_one(Body, sealed.body_id), UNTIL + timedelta(days=40))
    assert "办好了" in text(client.get(f"/meetings/{later.id}"), "#tasks"), "no meeting was held between"


def test_late_is_late_in_public(client: Client, world: World, sealed: Minutes) -> None:
    task = db.session.scalars(sa.select(Task)).one()
    with clock.frozen(clock.at(DUE + timedelta(days=3), 9)):
        client.sign_in("visitor")
        assert "超时 2\xa0天" in text(client.get(f"/tasks/{task.id}"), ".byline")
        assert "超时 2\xa0天" in text(client.get("/tasks?state=late"), ".rows")
        for address in (f"/tasks/{task.id}", "/tasks", f"/topics/{task.topic_id}", "/tasks?format=csv"):
            assert "陈立军" not in client.get(address).get_data(as_text=True), address
        client.sign_in("manager")
        assert soup(client.get("/")).select(f"a[href='/tasks/{task.id}']")
        form = {"text": "换好了", "done": "y", "once": "r"}
        assert client.submit(f"/tasks/{task.id}/reports", form).status_code == 303
        assert "办好了" in text(client.get(f"/tasks/{task.id}"), ".byline")
        assert client.submit(f"/tasks/{task.id}/reports", form).status_code == 403
        assert not soup(client.get("/")).select(f"a[href='/tasks/{task.id}']")
    assert client.sign_in("neighbour").get(f"/tasks/{task.id}").status_code == 404


def test_dropping_says_why(client: Client, sealed: Minutes) -> None:
    task = db.session.scalars(sa.select(Task)).one()
    client.sign_in("secretary")
    assert client.submit(f"/tasks/{task.id}/dropping", {"reason": ""}).status_code == 422
    assert client.submit(f"/tasks/{task.id}/dropping", {"reason": "街道统一换"}).status_code == 303
    assert "街道统一换" in text(client.sign_in("visitor").get(f"/tasks/{task.id}"), ".alert")


def test_the_file_of_both_lists(client: Client, sealed: Minutes) -> None:
    client.sign_in("visitor")
    assert "纪〔2026〕001号" in client.get("/minutes?format=csv").data.decode("utf-8-sig")
    assert "换塑木板" in client.get("/tasks?format=csv").data.decode("utf-8-sig")


@pytest.mark.parametrize("who", ["worker", "owner"])
def test_statements_do_not_grow(
    client: Client, world: World, sent: Minutes, statements: Statements, who: str
) -> None:
    place = f"/minutes/{sent.id}"
    client.sign_in(who)
    for _ in range(2):
        del statements[:]
        client.get(place)
    before = len(statements)
    client.sign_in("worker").submit(
        f"{place}/sections/{section(sent, Heading.MORE).id}",
        {"text": "\n".join(f"第{n}行" for n in range(20)), "version": section(sent, Heading.MORE).version},
    )
    client.sign_in(who).get(place)
    del statements[:]
    client.get(place)
    assert len(statements) <= before


def test_the_page_and_its_print_come_as_pdf(client: Client, sealed: Minutes) -> None:
    from portal.core import printing

    if not printing.has_chinese_font():
        pytest.skip("no Chinese font here")
    reply = client.sign_in("visitor").get(f"/minutes/{sealed.id}/print?format=pdf")
    assert reply.status_code == 200
    assert reply.data.startswith(b"%PDF")


def test_a_moved_day_shows_the_one_that_was_promised(client: Client, sealed: Minutes) -> None:
    task = db.session.scalars(sa.select(Task)).one()
    place, later = f"/tasks/{task.id}", DUE + timedelta(days=10)
    client.sign_in("secretary")
    assert soup(client.get(place)).select(f"a[href='{place}/moving']")
    form = {"due_on": DUE.isoformat(), "reason": "厂家缺货", "once": "m"}
    assert client.submit(f"{place}/moving", form).status_code == 422
    assert client.submit(f"{place}/moving", {**form, "due_on": later.isoformat()}).status_code == 303
    client.sign_in("visitor")
    shown = client.get(place)
    assert "原定7月25日以前" in text(shown, ".byline")
    assert "厂家缺货" in text(shown, "ul.rows")
    assert "原定" in text(client.get("/tasks"), ".rows")
    with clock.frozen(clock.at(DUE + timedelta(days=3), 9)):
        assert "过了原定的日子" in text(client.get(place), ".byline")
        assert soup(client.get("/tasks?state=late")).select(f"#task-{task.id}")


def test_whoever_closes_goes_on_to_the_draft(client: Client, world: World, open_: Meeting) -> None:
    reply = client.sign_in("secretary").submit(f"/meetings/{open_.id}/closing")
    made = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == open_.id)).one()
    assert reply.location == f"/minutes/{made.id}"
