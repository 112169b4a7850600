"""The discussion as people see it: on the page of its subject, alone, as a fragment, without scripting."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.accounts.models import User
from portal.core.db import db, transaction
from portal.discussion import queries, rules
from portal.discussion.actions.moderating import hide_comment
from portal.discussion.actions.reporting import appeal, report_comment
from portal.discussion.actions.speaking import agree, speak
from portal.discussion.forums import FORUMS
from portal.discussion.lines import line
from portal.discussion.models import Comment, Hiding, PartyCount
from portal.discussion.words import CommentState, Reason
from tests.conftest import Client, Statements
from tests.discussion.subject import Poster, PosterState, set_state
from tests.world import NOW, World


def soup(reply: Any) -> Any:
    return BeautifulSoup(reply.get_data(as_text=True), "html5lib")


def texts(page: Any, selector: str) -> list[str]:
    return [" ".join(e.get_text(" ").split()) for e in page.select(selector)]


def say(world: World, who: str, poster: Poster, body: str, **more: Any) -> Comment:
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Comment))
    return speak(world.actor(who), poster, body=body, once=f"key-{count}", **more)


def many(world: World, poster: Poster, n: int) -> None:
    """So many comments by residents and half as many by the property company, straight into the table."""
    shared = {"subject": f"poster:{poster.id}", "place_path": poster.place_path, "state": CommentState.SHOWN}
    times = {"created_at": NOW, "editable_until": NOW, "moved_at": NOW, "version": 1, "replies": 0}
    with transaction():
        for party, who, count in (("resident", "tenant", n), ("property", "manager", n // 2)):
            author = {"party": party, "author_id": world.ids[who], "home": ""}
            rows = [
                {
                    **shared,
                    **times,
                    **author,
                    "agreements": i % 7,
                    "body": f"第 {i} 条。",
                    "once": f"{party}{i}",
                }
                for i in range(count)
            ]
            db.session.execute(sa.insert(Comment), rows)
            db.session.add(PartyCount(subject=f"poster:{poster.id}", party=party, comments=count))


@pytest.fixture
def at(poster: Poster) -> str:
    return f"/posters/{poster.id}"


def test_an_empty_discussion_says_so_and_offers_the_form(client: Client, at: str) -> None:
    page = soup(client.sign_in("owner").get(at))
    assert texts(page, "#discussion h3") == ["还没有人发言"]
    assert page.select_one("#comment_form textarea[maxlength='500']")
    visitor = soup(client.sign_in("visitor").get(at))
    assert not visitor.select("#comment_form textarea")
    assert visitor.select_one("#comment_form a[href^='/sign-in?next=/posters/']")


def test_voices_stand_by_party_with_the_most_agreed_first(
    client: Client, world: World, poster: Poster, at: str
) -> None:
    liked = say(world, "owner", poster, "我先说。")
    say(world, "tenant", poster, "我后说。")
    say(world, "manager", poster, "物业来说。")
    agree(world.chair, liked)
    say(world, "chair", poster, "业委会答复。", reply_to_id=liked.id)
    page = soup(client.sign_in("owner").get(at))
    assert texts(page, ".tab") == ["全部 3", "居民 2", "物业 1"]
    assert [s["data-party"] for s in page.select(".voice")] == ["resident", "property"]
    assert texts(page, ".voice[data-party=resident] > .comment > .byline b") == ["王秀兰", "赵强"]
    assert texts(page, ".comment .comment .party") == ["业委会"]
    assert texts(page, ".comment .comment p") == ["业委会答复。"]
    assert texts(page, ".voice[data-party=property] .byline span:not(.avatar)") == ["物业经理"]
    assert "12号楼" in texts(page, ".voice[data-party=resident] .byline span")
    newest = soup(client.get(at + "/comments?order=new"))
    assert texts(newest, ".voice[data-party=resident] > .comment > .byline b") == ["赵强", "王秀兰"]


def test_visitors_see_surnames_only_and_no_buildings(
    client: Client, world: World, poster: Poster, at: str
) -> None:
    say(world, "owner", poster, "我说。")
    say(world, "manager", poster, "物业说。")
    page = soup(client.sign_in("visitor").get(at))
    assert texts(page, ".byline b") == ["王**", "陈立军"]
    assert "12号楼" not in page.get_text()
    assert not page.select(".comment form, .comment a")


def test_speaking_without_scripting(client: Client, world: World, poster: Poster, at: str) -> None:
    client.sign_in("owner")
    form = soup(client.get(at)).select_one("#comment_form")
    assert form
    data = {i["name"]: i["value"] for i in form.select("input[type=hidden]")} | {"body": "路灯又不亮了。"}
    first = client.submit(form["action"], data)
    again = client.submit(form["action"], data)
    assert first.status_code == 303
    assert first.location == again.location
    there = client.get(first.location)
    number = db.session.scalars(sa.select(Comment.id)).one()
    assert there.location == f"{at}#comment-{number}"
    page = soup(client.get(at))
    assert texts(page, f"#comment-{number} p") == ["路灯又不亮了。"]
    assert "已经发表" in page.select_one("#flash").get_text()


def test_speaking_with_scripting_redraws_the_discussion(client: Client, at: str) -> None:
    client.sign_in("owner")
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#discussion"}
    posted = client.submit(at + "/comments", {"body": "说一句", "once": "k"}, headers=head)
    reply = client.get(posted.location, headers=head)
    page = soup(reply)
    assert "<main" not in reply.get_data(as_text=True)
    assert page.select_one("#discussion #comment_form textarea").get_text() == ""
    assert texts(page, "#discussion .comment p") == ["说一句"]
    assert page.select_one("#flash[hx-swap-oob]")


@pytest.mark.parametrize(
    ("body", "sentence"), [("  ", "还没有写内容。"), ("字" * 501, "多了 1 个字，最多 500 个。")]
)
def test_a_refused_text_comes_back_with_its_words(client: Client, at: str, body: str, sentence: str) -> None:
    client.sign_in("owner")
    whole = client.submit(at + "/comments", {"body": body, "once": "k"})
    assert whole.status_code == 422
    assert texts(soup(whole), "#comment_form .field__error") == [sentence]
    assert soup(whole).select_one("#comment_form textarea").get_text().strip() == body.strip()
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#discussion"}
    part = client.submit(at + "/comments", {"body": body, "once": "k"}, headers=head)
    assert (part.status_code, part.headers["HX-Retarget"]) == (422, "#comment_form")
    assert soup(part).select_one("body > #comment_form")


def test_a_refused_answer_comes_back_in_its_thread(
    client: Client, world: World, poster: Poster, at: str
) -> None:
    said = say(world, "tenant", poster, "问一句")
    reply = client.sign_in("owner").submit(
        at + "/comments", {"body": "", "once": "k", "reply_to": str(said.id)}
    )
    assert reply.status_code == 422
    page = soup(reply)
    assert page.select_one(f"#thread #comment-{said.id}")
    assert page.select_one(f"#comment_form input[name=reply_to][value='{said.id}']")
    bad = client.submit(at + "/comments", {"body": "话", "once": "k2", "reply_to": "x" * 40})
    assert bad.status_code == 303


def test_answering_leads_to_the_thread(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "tenant", poster, "问一句")
    client.sign_in("manager")
    posted = client.submit(at + "/comments", {"body": "答一句", "once": "k", "reply_to": str(said.id)})
    assert posted.location.startswith(f"{at}/comments/{said.id}/replies#comment-")
    page = soup(client.get(posted.location))
    assert texts(page, ".comment .comment p") == ["答一句"]


def test_long_threads_show_some_answers_and_lead_to_the_rest(
    client: Client, world: World, poster: Poster, at: str
) -> None:
    said = say(world, "tenant", poster, "问一句")
    for n in range(32):
        say(world, "manager", poster, f"答 {n}", reply_to_id=said.id)
    page = soup(client.sign_in("owner").get(at))
    assert len(page.select(".comment .comment")) == rules.REPLIES
    assert f"再看 {32 - rules.REPLIES} 条回复" in page.get_text()
    thread = soup(client.get(f"{at}/comments/{said.id}/replies"))
    assert len(thread.select(".comment .comment")) == 30
    rest = soup(client.get(thread.select_one(".voice__more a")["href"]))
    assert texts(rest, ".comment .comment p") == ["答 30", "答 31"]


def test_agreeing_redraws_one_comment_and_works_without_scripting(
    client: Client, world: World, poster: Poster, at: str
) -> None:
    said = say(world, "tenant", poster, "有道理")
    client.sign_in("owner")
    form = soup(client.get(at)).select_one(f"#comment-{said.id} form")
    assert form["hx-target"] == f"#comment-{said.id}"
    posted = client.submit(form["action"], {"agree": "yes"})
    assert client.get(posted.location).location == f"{at}#comment-{said.id}"
    reply = client.fragment(posted.location, f"comment-{said.id}")
    button = soup(reply).select_one(f"body > #comment-{said.id} button")
    assert button["aria-pressed"] == "true"
    assert "1" in button.get_text()
    client.submit(form["action"], {"agree": "no"})
    assert (
        soup(client.fragment(form["action"], f"comment-{said.id}")).select_one("button")["aria-pressed"]
        == "false"
    )


def test_a_party_is_read_to_the_end(client: Client, world: World, poster: Poster, at: str) -> None:
    many(world, poster, 75)
    client.sign_in("owner")
    page = soup(client.get(at))
    assert len(page.select(".voice[data-party=resident] > .comment")) == rules.FIRST
    assert texts(page, "#more-resident a") == [f"再看 {75 - rules.FIRST} 条 居民"]
    seen = [a["id"] for a in page.select(".voice[data-party=resident] > .comment")]
    address = page.select_one("#more-resident a")["hx-get"]
    while address:
        reply = client.fragment(address, "more-resident")
        part = soup(reply)
        assert not part.select("main, .tabs")
        seen += [a["id"] for a in part.select("body > .comment")]
        more = part.select_one("#more-resident a")
        address = more and more["hx-get"]
    assert len(seen) == len(set(seen)) == 75
    alone = soup(client.get(at + "/comments?party=resident&order=new"))
    assert len(alone.select(".voice > .comment")) == 30
    assert texts(alone, ".tab") == ["全部 112", "居民 75", "物业 37"]


def test_my_latest_stands_on_top_and_comes_once(
    client: Client, world: World, poster: Poster, at: str
) -> None:
    many(world, poster, 75)
    said = say(world, "owner", poster, "我刚说的")
    client.sign_in("owner")
    page = soup(client.get(at))
    shown = [a["id"] for a in page.select(".voice[data-party=resident] > .comment")]
    assert shown[0] == f"comment-{said.id}"
    assert len(shown) == 1 + rules.FIRST
    address = page.select_one("#more-resident a")["hx-get"]
    rest = []
    while address:
        part = soup(client.fragment(address, "more-resident"))
        rest += [a["id"] for a in part.select("body > .comment")]
        more = part.select_one("#more-resident a")
        address = more and more["hx-get"]
    assert shown[0] not in rest
    assert len(set(shown) | set(rest)) == 76


@pytest.mark.parametrize(
    "query", ["party=nobody", "order=up", "after=x", "party=resident&after=1~2", "party=resident&after=9~9~9"]
)
def test_odd_addresses_show_the_list(
    client: Client, world: World, poster: Poster, at: str, query: str
) -> None:
    say(world, "tenant", poster, "话")
    assert client.sign_in("owner").get(f"{at}/comments?{query}").status_code == 200


def test_without_a_wish_the_list_is_on_the_page_of_its_subject(client: Client, at: str) -> None:
    reply = client.sign_in("owner").get(at + "/comments")
    assert (reply.status_code, reply.location) == (303, f"{at}#discussion")


def test_the_cost_does_not_grow(
    client: Client, world: World, poster: Poster, at: str, statements: Statements
) -> None:
    client.sign_in("owner")
    seen = []
    for n in (10, 500):
        with transaction():
            db.session.execute(sa.delete(Comment))
            db.session.execute(sa.delete(PartyCount))
        many(world, poster, n)
        db.session.expire_all()
        client.get(at)
        del statements[:]
        assert client.get(at).status_code == 200
        seen.append(list(statements))
    assert len(seen[0]) == len(seen[1]) == 3
    assert sum("FROM comment" in s for s in seen[1]) == 1


def test_a_hidden_comment_leaves_its_place_and_its_reason(
    client: Client, world: World, poster: Poster, at: str
) -> None:
    said = say(world, "owner", poster, "你这个笨蛋")
    answer = say(world, "tenant", poster, "你才笨蛋", reply_to_id=said.id)
    for one in (said, answer):
        hide_comment(world.worker, one, reason=Reason.ABUSE, note="请就事论事")
    for who in ("tenant", "visitor", "secretary"):
        page = soup(client.sign_in(who).get(at))
        assert "笨蛋" not in page.get_text()
        assert texts(page, f"#comment-{said.id} > .comment__body") == ["这条发言已被社区隐藏：辱骂或人身攻击"]
    own = soup(client.sign_in("owner").get(at))
    link = own.select_one(f"#comment-{said.id} a[href$='/appeal']")
    page = soup(client.get(link["href"]))
    assert "你这个笨蛋" in page.get_text()
    assert "请就事论事" in page.get_text()


def test_the_author_objects_once(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "owner", poster, "话")
    hide_comment(world.worker, said, reason=Reason.RUMOUR)
    there = f"{at}/comments/{said.id}/appeal"
    client.sign_in("owner")
    assert client.submit(there, {"note": " "}).status_code == 422
    assert client.submit(there, {"note": "有照片为证"}).location == there
    page = soup(client.get(there))
    assert "有照片为证" in page.select_one("#appeal_form").get_text()
    assert not page.select("#appeal_form form")
    assert client.submit(there, {"note": "再来"}).status_code == 409
    assert client.sign_in("tenant").get(there).status_code == 403


def test_reporting(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "owner", poster, "打他电话 19900001234")
    there = f"{at}/comments/{said.id}/report"
    client.sign_in("tenant")
    page = soup(client.get(there))
    assert len(page.select("input[type=radio][name=reason]")) == len(Reason)
    wrong = client.submit(there, {"reason": "criticism"})
    assert wrong.status_code == 422
    assert soup(wrong).select("#report_form .field__error")
    assert client.submit(there, {"reason": "personal_data", "note": "是我的号码"}).status_code == 303
    assert "有邻居举报" in soup(client.get(at)).select_one(f"#comment-{said.id}").get_text()
    assert client.sign_in("visitor").get(there).status_code == 303
    assert client.sign_in("owner").get(there).status_code == 403


def test_a_moderator_hides_and_restores(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "owner", poster, "加微信买茶叶")
    report_comment(world.tenant, said, reason=Reason.ADVERTISING, note="天天发")
    there = f"{at}/comments/{said.id}/hiding"
    client.sign_in("secretary")
    page = soup(client.get(there))
    assert "天天发" in page.get_text()
    assert client.submit(there, {"reason": ""}).status_code == 422
    assert client.submit(there, {"reason": "advertising", "note": ""}).location == there
    hidden = soup(client.get(there))
    assert "加微信" not in hidden.get_text()
    assert "加微信买茶叶" in client.get(f"{at}/comments/{said.id}/original").get_data(as_text=True)
    assert client.submit(f"{at}/comments/{said.id}/restoration").location == there
    assert db.session.get_one(Comment, said.id).state is CommentState.SHOWN
    for verb in ("restoration", "keeping", "ruling"):
        assert client.get(f"{at}/comments/{said.id}/{verb}").status_code == 200


def test_an_appeal_is_ruled_on_by_another(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "owner", poster, "话")
    hide_comment(world.worker, said, reason=Reason.RUMOUR)
    appeal(world.owner, said, note="有照片为证")
    there = f"{at}/comments/{said.id}"
    same = soup(client.sign_in("worker").get(there + "/hiding"))
    assert not same.select("#ruling_form form")
    assert "另一位" in same.select_one("#ruling_form").get_text()
    assert client.submit(there + "/ruling", {"ruling": "uphold", "answer": "不"}).status_code == 403
    client.sign_in("secretary")
    hiding = db.session.scalars(sa.select(Hiding.id)).one()
    assert client.get(f"/moderation/appeals/{hiding}").location == there + "/hiding"
    assert client.submit(there + "/ruling", {"ruling": "lift", "answer": ""}).status_code == 422
    assert client.submit(there + "/ruling", {"ruling": "lift", "answer": "确有照片"}).status_code == 303
    assert "确有照片" in soup(client.get(there + "/hiding")).get_text()


def test_the_public_log_tells_rule_hour_and_party_but_no_words(
    client: Client, world: World, poster: Poster
) -> None:
    empty = soup(client.sign_in("visitor").get("/moderation"))
    assert "没有隐藏过发言" in empty.get_text()
    said = say(world, "owner", poster, "你这个笨蛋")
    hide_comment(world.worker, said, reason=Reason.ABUSE, note="请就事论事")
    page = soup(client.get("/moderation"))
    row = page.select_one("#log_rows tbody tr").get_text(" ")
    assert "辱骂或人身攻击" in row
    assert "社区" in row
    assert "隐藏中" in row
    for secret in ("笨蛋", "就事论事", "沈佳慧", "王秀兰"):
        assert secret not in page.get_text()
    assert "辱骂或人身攻击" in client.get("/moderation?format=csv").get_data(as_text=True)
    other = soup(client.sign_in("neighbour").get("/moderation"))
    assert "没有隐藏过发言" in other.get_text()
    assert soup(client.fragment("/moderation?reason=rumour", "log_rows")).select_one("body > #log_rows")


def test_mending_ones_words(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "owner", poster, "写借了")
    there = f"{at}/comments/{said.id}/edit"
    client.sign_in("owner")
    page = soup(client.get(there))
    assert page.select_one("textarea").get_text().strip() == "写借了"
    assert client.submit(there, {"body": "", "version": "1"}).status_code == 422
    assert client.submit(there, {"body": "写错了", "version": "1"}).status_code == 303
    assert client.submit(there, {"body": "又写", "version": "1"}).status_code == 409
    shown = soup(client.get(at)).select_one(f"#comment-{said.id}").get_text()
    assert "写错了" in shown
    assert "改过" in shown


def test_another_community_finds_nothing(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "owner", poster, "话")
    client.sign_in("other_secretary")
    steps = (
        "replies",
        "agreement",
        "edit",
        "report",
        "appeal",
        "hiding",
        "original",
        "ruling",
        "restoration",
        "keeping",
    )
    for step in steps:
        assert client.get(f"{at}/comments/{said.id}/{step}").status_code == 404, step
    assert client.get(f"/comments/{said.id}").status_code == 404
    assert client.get(f"/moderation/comments/{said.id}").status_code == 404
    assert client.submit(f"{at}/comments/{said.id}/hiding", {"reason": "abuse"}).status_code == 404
    assert (
        client.sign_in("owner").get(f"/posters/{poster.id + 1}/comments/{said.id}/replies").status_code == 404
    )
    assert client.get(f"{at}/comments/99999999999/replies").status_code == 404


def test_after_the_end_the_page_says_why(client: Client, world: World, poster: Poster, at: str) -> None:
    say(world, "tenant", poster, "话")
    say(world, "owner", poster, "我的话")
    set_state(poster, PosterState.DOWN)
    client.sign_in("owner")
    page = soup(client.get(at))
    assert "这件事已经结束。" in page.select_one("#comment_form").get_text()
    assert not page.select("#discussion form, #discussion a[href$='/edit'], #discussion a[href*='/replies']")
    refused = client.submit(at + "/comments", {"body": "还想说", "once": "k"})
    assert refused.status_code == 403


def test_the_pace_is_limited(client: Client, at: str) -> None:
    client.sign_in("owner")
    replies = [client.submit(at + "/comments", {"body": f"第 {n} 句", "once": f"k{n}"}) for n in range(11)]
    assert [r.status_code for r in replies] == [303] * 10 + [429]
    assert int(replies[-1].headers["Retry-After"]) > 0


def test_a_notice_leads_to_the_comment(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "tenant", poster, "话")
    answer = say(world, "owner", poster, "答", reply_to_id=said.id)
    reply = client.sign_in("owner").get(f"/comments/{answer.id}")
    assert reply.location == f"{at}/comments/{said.id}/replies#comment-{answer.id}"


def test_what_staff_wrote_down_for_somebody_says_so(
    client: Client, world: World, poster: Poster, at: str
) -> None:
    helped = replace(world.owner, entered_by=world.ids["worker"], entered_by_name="沈佳慧")
    said = speak(helped, poster, body="请工作人员代写的", once="k")
    assert (said.author_id, said.entered_by_id) == (world.ids["owner"], world.ids["worker"])
    page = soup(client.sign_in("tenant").get(at))
    assert "工作人员代录" in page.select_one(f"#comment-{said.id} .byline").get_text()


def test_a_forum_may_hold_reported_comments(client: Client, world: World, poster: Poster, at: str) -> None:
    said = say(world, "owner", poster, "打他电话 19900001234")
    report_comment(world.tenant, said, reason=Reason.PERSONAL_DATA)
    held = line(world.tenant, replace(FORUMS["poster"], hold=True), queries.one(world.tenant, said.id))
    own = line(world.owner, replace(FORUMS["poster"], hold=True), queries.one(world.owner, said.id))
    assert (str(held.text), bool(held.gap)) == ("", True)
    assert "19900001234" in own.text


def test_names_and_texts_are_escaped(client: Client, world: World, poster: Poster, at: str) -> None:
    with transaction():
        evil = '"><img src=x>'
        db.session.execute(sa.update(User).where(User.id == world.ids["tenant"]).values(nickname=evil))
    said = say(world, "tenant", poster, "<script>alert(1)</script>")
    page = soup(client.sign_in("owner").get(at))
    assert not page.select(f"#comment-{said.id} img, #comment-{said.id} script")
    assert texts(page, f"#comment-{said.id} b") == [evil]


@pytest.mark.parametrize("who", ["owner", "manager", "secretary", "auditor", "visitor"])
def test_every_way_that_is_offered_is_open(
    client: Client, world: World, poster: Poster, at: str, who: str
) -> None:
    """Nothing on the page leads to a refusal: shown, reported and hidden comments, one's own among them."""
    say(world, "owner", poster, "自己的话")
    report_comment(world.owner, say(world, "tenant", poster, "举报了的话"), reason=Reason.ILLEGAL)
    hide_comment(world.worker, say(world, "owner", poster, "隐藏了的话"), reason=Reason.ABUSE)
    hide_comment(world.worker, say(world, "tenant", poster, "也隐藏了"), reason=Reason.ABUSE)
    client.sign_in(who)
    page = soup(client.get(at))
    addresses = {a["href"].partition("#")[0] for a in page.select("#discussion .comment a")}
    assert {a: client.get(a).status_code for a in addresses} == dict.fromkeys(addresses, 200)
    for form in page.select("#discussion .comment form"):
        assert client.submit(form["action"], {"agree": "yes"}).status_code == 303
