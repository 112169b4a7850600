"""The pages of awards, as people and staff go through them."""

import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.accounts.models import User
from portal.awards.actions.nominating import decline, nominate
from portal.awards.actions.posting import answer_name_objection, object_to_name
from portal.awards.actions.reviewing import admit_nominee
from portal.awards.models import Award, AwardCertificate, AwardObjection, Nominee
from portal.awards.rules import spaced
from portal.awards.words import AwardState, NomineeState, Verdict
from portal.core import clock
from portal.core.db import db
from portal.core.timeline import timeline
from portal.core.waiting import waiting_for
from tests.awards.conftest import (
    CLOSED,
    LATER,
    SEED,
    categories,
    council_of,
    counted,
    finished,
    nominee_named,
    on_ballot,
    posted,
    put,
    put_forward,
)
from tests.conftest import Client
from tests.world import World

FORM = {
    "title": "好邻居",
    "criteria": "帮过邻居。",
    "categories-0-name": "个人",
    "categories-0-whom": "person",
    "categories-0-places": "2",
    "nominate_until": "2026-06-26T20:00",
    "vote_days": "7",
    "roll_kind": "members",
    "secrecy": "secret",
    "order_source": "双色球第 2026075 期",
    "ties": "lot",
    "vacancy": "next",
    "posting_days": "5",
    "posting_kind": "working",
}


def soup(reply: object) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")  # type: ignore[attr-defined]


def text(reply: object) -> str:
    return soup(reply).get_text().replace("\xa0", " ")


def waits(world: World, name: str) -> set[str]:
    return {w.kind for w in waiting_for(world.actor(name)) if "award" in w.kind or "nominee" in w.kind}


def test_staff_announce_one_and_everybody_finds_it(client: Client, world: World) -> None:
    council_of(world)
    client.sign_in("secretary")
    assert client.submit("/awards/new", {**FORM, "posting_days": "3"}).status_code == 422
    reply = client.submit("/awards/new", FORM)
    assert reply.status_code == 303
    award = db.session.scalars(sa.select(Award)).one()
    assert "好邻居" in client.sign_in("owner").get("/awards?q=好邻居").text
    assert "没有找到" in client.get("/awards?q=没有的").text
    page = text(client.get(f"/awards/{award.id}"))
    assert "一张票只能投一次" in page
    assert client.get("/awards?format=csv").status_code == 200
    assert client.get("/awards/new").status_code == 403


def test_a_neighbour_nominates_and_the_nominee_answers(client: Client, world: World, award: Award) -> None:
    client.sign_in("owner")
    kind = str(categories(award)[0].id)
    typed = {"category_id": kind, "name": "赵强", "where": "12号楼", "reason": "修好了路灯"}
    typed["phone"] = world.get(User, "tenant").phone
    address = f"/awards/{award.id}/nominees/new"
    assert client.submit(address, {**typed, "reason": ""}).status_code == 422
    assert client.submit(address, typed).status_code == 303
    nominee = nominee_named(award, "赵强")
    seen = text(client.get(f"/nominees/{nominee.id}"))
    assert "等本人同意" in seen
    assert "有账号" not in seen
    assert client.sign_in("merchant").get(f"/nominees/{nominee.id}").status_code == 404
    assert waits(world, "tenant") == {"consent_nominee"}
    client.sign_in("tenant")
    assert "王秀兰" not in text(client.get(f"/nominees/{nominee.id}"))
    assert client.submit(f"/nominees/{nominee.id}/consent", {"named": "y"}).status_code == 303
    assert nominee_named(award, "赵强").named
    assert waits(world, "tenant") == set()
    assert "review_nominee" in waits(world, "worker")


def test_staff_write_down_review_and_refuse(client: Client, world: World, award: Award) -> None:
    nominee = nominate(world.owner, award, put=put(award, "周大爷", phone="19900009999"), once="1")
    assert waits(world, "worker") == {"ask_nominee"}
    client.sign_in("worker")
    address = f"/nominees/{nominee.id}"
    assert "19900009999" in client.get(address).text
    assert client.submit(f"{address}/admission", {"about": "热心"}).status_code == 422
    done = client.submit(f"{address}/recorded-consent", {"agreed": "yes", "how": "当面", "named": "y"})
    assert done.status_code == 303
    assert client.submit(f"{address}/refusal", {"reason": "去年评过"}).status_code == 303
    assert "去年评过" in text(client.sign_in("owner").get(address))
    assert "去年评过" in text(client.get(f"/awards/{award.id}"))
    assert client.sign_in("merchant").get(address).status_code == 404


def test_who_nominated_does_not_review(client: Client, world: World, award: Award) -> None:
    nominee = nominate(world.worker, award, put=put(award, "周大爷"), once="1")
    client.sign_in("worker")
    assert "请别的工作人员来审核" in text(client.get(f"/nominees/{nominee.id}"))
    assert client.submit(f"/nominees/{nominee.id}/refusal", {"reason": "不行"}).status_code == 403


def test_the_counter_and_the_list_of_nominees(client: Client, world: World, award: Award) -> None:
    client.sign_in("worker")
    kind = str(categories(award)[0].id)
    typed = {
        "category_id": kind,
        "name": "周大爷",
        "where": "12号楼",
        "reason": "修路灯",
        "spoken_for": "李阿姨",
    }
    assert client.submit(f"/awards/{award.id}/counter", typed).status_code == 303
    nominee = nominee_named(award, "周大爷")
    assert "李阿姨" in client.get(f"/nominees/{nominee.id}").text
    listed = f"/awards/{award.id}/nominees"
    assert "周大爷" in client.get(f"{listed}?state=proposed&consent=no").text
    assert "周大爷" in client.get(f"{listed}?format=csv").get_data(as_text=True)
    assert "李阿姨" not in client.get(f"{listed}?format=csv").get_data(as_text=True)
    assert client.sign_in("owner").get(listed).status_code == 403


def test_the_vote_opens_with_the_cures_said(client: Client, world: World, award: Award) -> None:
    put_forward(world, award)
    with clock.frozen(LATER):
        client.sign_in("secretary")
        assert client.submit(f"/awards/{award.id}/closing", {}).status_code == 303
        page = soup(client.get(f"/awards/{award.id}/opening"))
        assert page.select_one(f'a[href="/awards/{award.id}/nominees?state=proposed"]')
        assert client.submit(f"/awards/{award.id}/opening", {"seed": SEED}).status_code == 409
        done = client.submit(
            f"/awards/{award.id}/extension", {"until": "2026-07-01T20:00", "reason": "提的人少"}
        )
        assert done.status_code == 303
        assert "提的人少" in text(client.get(f"/awards/{award.id}"))


def test_the_poll_says_what_it_is_and_is_no_topic(client: Client, world: World, award: Award) -> None:
    poll = on_ballot(world, award)[0]
    with clock.frozen(LATER):
        page = text(client.sign_in("owner").get(f"/polls/{poll.id}"))
        assert "评选投票" in page
        assert "不能花钱买票" in page
        assert "议事会表态 ·" not in page
        assert f"/polls/{poll.id}" in client.get(f"/awards/{award.id}").text
        assert award.title in client.get("/polls").text
        shown = text(client.get(f"/awards/{award.id}"))
        assert "第 1 名" not in shown


def test_names_hang_out_and_an_objection_is_answered(client: Client, world: World, award: Award) -> None:
    counted(world, award)
    with clock.frozen(CLOSED):
        client.sign_in("worker")
        assert "post_award" in waits(world, "worker")
        assert client.submit(f"/awards/{award.id}/posting", {}).status_code == 303
        client.sign_in("tenant")
        winner = nominee_named(award, "王秀兰")
        typed = {"nominee_id": str(winner.id), "reason": "不是他办的"}
        assert client.submit(f"/awards/{award.id}/objections/new", typed).status_code == 303
        objection = db.session.scalars(sa.select(AwardObjection)).one()
        assert "不是他办的" not in client.sign_in("owner").get(f"/awards/{award.id}").text
        assert "answer_award_objection" in waits(world, "worker")
        client.sign_in("worker")
        assert client.get(f"/award-objections/{objection.id}").status_code == 200
        done = client.submit(f"/award-objections/{objection.id}", {"verdict": "upheld", "answer": "查实了"})
        assert done.status_code == 303
        page = text(client.sign_in("owner").get(f"/awards/{award.id}"))
        assert "查实了" in page
        assert "不是他办的" in page
        assert "异议成立，取消名次" in page


def test_what_was_said_against_somebody_in_vain_is_not_published(
    client: Client, world: World, award: Award
) -> None:
    posted(world, award)
    winner = nominee_named(award, "王秀兰")
    with clock.frozen(CLOSED):
        objection = object_to_name(world.tenant, award, nominee_id=winner.id, reason="她是小偷", once="o")
        answer_name_objection(world.worker, objection, verdict=Verdict.REJECTED, answer="查了，没有这回事。")
        for name in ("owner", "tenant", "worker"):
            page = text(client.sign_in(name).get(f"/awards/{award.id}"))
            assert "查了，没有这回事" in page
            assert ("她是小偷" in page) is (name != "owner")


def test_a_reason_nobody_read_stands_on_no_page(client: Client, world: World, award: Award) -> None:
    nominee = put_forward(world, award)[1]
    admit_nominee(world.worker, nominee, about="修好了路灯")
    nominate(world.merchant, award, put=put(award, "赵强", reason="赵强是小偷"), once="evil")
    for name, reads in (
        ("visitor", False),
        ("owner", False),
        ("merchant", True),
        ("tenant", True),
        ("worker", True),
    ):
        page = text(client.sign_in(name).get(f"/nominees/{nominee.id}"))
        assert "赵强为大家办了很多事" in page
        assert ("小偷" in page) is reads


def test_who_reviews_has_read_every_reason(client: Client, world: World, award: Award) -> None:
    nominee = put_forward(world, award)[1]
    client.sign_in("worker").get(f"/nominees/{nominee.id}")
    nominate(world.merchant, award, put=put(award, "赵强", reason="赵强是小偷"), once="evil")
    address = f"/nominees/{nominee.id}/admission"
    assert "新的理由" in text(client.submit(address, {"about": "热心", "seen": "1"}))
    assert client.submit(address, {"about": "热心", "seen": "2"}).status_code == 303


def test_visitors_read_no_neighbours_name_in_full(client: Client, world: World, award: Award) -> None:
    counted(world, award)
    poll = categories(award)[0].poll_id
    for address in (f"/polls/{poll}", f"/polls/{poll}/receipts", "/polls?format=csv"):
        page = client.sign_in("visitor").get(address)
        assert page.status_code == 200
        assert not any(name in page.text for name in ("王秀兰", "周大爷"))
    for file in ("count.json", "result.csv", "result.xlsx"):
        assert client.sign_in("visitor").get(f"/polls/{poll}/{file}").status_code in (303, 401, 403)
        assert client.sign_in("tenant").get(f"/polls/{poll}/{file}").status_code == 200
    assert "王秀兰" in text(client.get(f"/polls/{poll}"))


def test_visitors_read_no_name_on_an_open_paper(client: Client, world: World, award: Award) -> None:
    poll = on_ballot(world, award)[0]
    with clock.frozen(LATER):
        for name, reads in (("visitor", False), ("merchant", True)):
            page = text(client.sign_in(name).get(f"/polls/{poll.id}"))
            assert ("周大爷" in page) is reads


def papers(award: Award) -> list[AwardCertificate]:
    found = sa.select(AwardCertificate).where(AwardCertificate.award_id == award.id)
    return list(db.session.scalars(found.order_by(AwardCertificate.serial)))


def test_a_certificate_is_printed_by_its_holder_and_checked_by_anybody(
    client: Client, world: World, award: Award
) -> None:
    finished(world, award)
    person, group = papers(award)
    page = client.sign_in("owner").get(f"/award-certificates/{person.id}")
    assert "王秀兰" in page.text
    assert person.number in page.text
    assert "data:image/svg+xml" in page.text
    made = client.get(f"/award-certificates/{person.id}?format=pdf")
    assert made.mimetype == "application/pdf"
    assert client.get(f"/award-certificates/{group.id}").status_code == 404
    assert client.sign_in("tenant").get(f"/award-certificates/{person.id}").status_code == 404
    for name in ("", "neighbour"):
        stranger = client.sign_in(name or None)
        seen = text(stranger.get(f"/honours/{person.code}", follow_redirects=True))
        assert "证书是真的" in seen
        assert "王秀兰" not in seen  # she did not agree to be named
        assert "东门护绿队" in text(
            stranger.get(f"/verify?code={spaced(group.code).lower()}", follow_redirects=True)
        )
        assert "东门护绿队" in text(
            stranger.get(f"/honours?code=https://portal.example/honours/{group.code}", follow_redirects=True)
        )
    assert stranger.get("/verify/000000000000").status_code == 404
    assert "没有这张证书" in text(stranger.get("/verify?code=12", follow_redirects=True))
    assert "没有这张证书" not in text(stranger.get("/verify"))


def test_a_revoked_certificate_says_so(client: Client, world: World, award: Award) -> None:
    finished(world, award)
    paper = papers(award)[1]
    client.sign_in("secretary")
    assert client.get(f"/award-certificates/{paper.id}/revocation").status_code == 200
    done = client.submit(f"/award-certificates/{paper.id}/revocation", {"reason": "不是他们办的"})
    assert done.status_code == 303
    seen = text(client.sign_in("neighbour").get(f"/verify/{paper.code}"))
    assert "已经撤销" in seen
    assert "不是他们办的" in seen
    assert "已经撤销" in client.sign_in("worker").get(f"/award-certificates/{paper.id}").text


def test_another_community_finds_nothing(client: Client, world: World, award: Award) -> None:
    posted(world, award)
    nominee = nominee_named(award, "王秀兰")
    for name in ("neighbour", "other_secretary"):
        client.sign_in(name)
        for address in (f"/awards/{award.id}", f"/awards/{award.id}/nominees", f"/nominees/{nominee.id}"):
            assert client.get(address).status_code == 404
        assert award.title not in client.get("/awards").text


def test_a_category_is_left_out_and_the_award_called_off(client: Client, world: World, award: Award) -> None:
    client.sign_in("secretary")
    group = categories(award)[1]
    address = f"/awards/{award.id}/categories/{group.id}/dropping"
    assert "这次不评" in client.get(address).text
    assert client.submit(address, {"reason": "没有集体"}).status_code == 303
    assert client.submit(f"/awards/{award.id}/cancelling", {"reason": "不办了"}).status_code == 303
    assert "不办了" in text(client.get(f"/awards/{award.id}"))
    assert db.session.get_one(Award, award.id).state is AwardState.CANCELLED


def test_entries_are_put_together_on_the_page(client: Client, world: World, award: Award) -> None:
    first = nominate(world.owner, award, put=put(award, "周大爷"), once="1")
    second = nominate(world.tenant, award, put=put(award, "周德生"), once="2")
    client.sign_in("worker")
    done = client.submit(f"/nominees/{second.id}/merging", {"into_id": str(first.id)})
    assert done.status_code == 303
    assert db.session.get_one(Nominee, second.id).state is NomineeState.MERGED
    assert f"/nominees/{first.id}" in client.get(f"/nominees/{second.id}").text


def test_pages_offer_what_the_actions_take(client: Client, world: World, award: Award) -> None:
    """Nominations of one's own, a second objection, an answered one, an end with objections, a revoked paper."""
    nobody = nominate(world.owner, award, put=put(award, "钱奶奶"), once="p0")
    client.sign_in("worker")
    page = text(client.get(f"/nominees/{nobody.id}"))
    assert "本人还没有同意参加" in page
    assert "通过，入围" not in page
    for n, name in enumerate(("孙师傅", "李阿姨")):
        nominate(world.owner, award, put=put(award, name), once=f"p{n + 1}")
    client.sign_in("owner")
    assert f"/awards/{award.id}/nominees/new" not in client.get(f"/awards/{award.id}").text
    assert "每人最多这么多" in text(client.get(f"/awards/{award.id}/nominees/new"))


def test_after_the_posting_pages_offer_what_the_actions_take(
    client: Client, world: World, award: Award
) -> None:
    posted(world, award)
    winner = nominee_named(award, "王秀兰")
    with clock.frozen(CLOSED):
        objection = object_to_name(
            world.actor("tenant"), award, nominee_id=winner.id, reason="去年的事", once="1"
        )
        asked = text(client.sign_in("tenant").get(f"/awards/{award.id}/objections/new"))
        assert "王秀兰" not in asked
        assert "东门护绿队" in asked
    assert award.posted_until
    with clock.frozen(award.posted_until):
        client.sign_in("worker")
        assert "确认结果，发证书" not in client.get(f"/awards/{award.id}").text
        assert "answer_award_objection" in waits(world, "worker")
        answer_name_objection(world.worker, objection, verdict=Verdict.REJECTED, answer="是今年的事。")
        assert client.get(f"/award-objections/{objection.id}").status_code == 403
        assert "确认结果，发证书" in client.get(f"/awards/{award.id}").text


def test_the_story_names_whom_the_reader_may_see(world: World, award: Award) -> None:
    """Who was admitted by name, half hidden for visitors; who is not on the paper any more by no name."""
    admitted = put_forward(world, award)[0]
    admit_nominee(world.worker, admitted, about="热心")

    def told(who: str) -> str:
        return str(timeline(world.actor(who), f"award:{award.id}")[0].text)

    assert told("visitor").endswith("入围（王**）")
    assert told("co_owner").endswith("入围（王秀兰）")
    decline(world.owner, admitted)
    assert told("co_owner").endswith("入围")
    assert told("worker").endswith("入围（王秀兰）")
