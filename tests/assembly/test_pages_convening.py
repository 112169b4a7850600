"""The pages of calling owners together, as people meet them."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from PIL import Image

from portal.assembly.models.votes import Matter, OwnersVote, Posting
from portal.assembly.words import VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.core.waiting import waiting_for
from portal.places.models import Place, PlaceKind, RosterImport
from tests.assembly.convening import (
    CLOSES,
    FROZEN,
    OPENS,
    WALLS,
    announced,
    drafted,
    frozen,
    opened,
    posted,
)
from tests.assembly.test_actions_convening import change
from tests.conftest import Client, Statements
from tests.world import NOW, World


def soup(reply: Any) -> BeautifulSoup:
    assert reply.status_code == 200, reply.get_data(as_text=True)[:500]
    return BeautifulSoup(reply.data, "html.parser")


def sent(world: World, **given: Any) -> dict[str, Any]:
    """A vote as its form sends it."""
    words = {
        "title": "12号楼更换电梯",
        "place": world.ids["building"],
        "scope_reason": "电梯由12号楼业主共用。",
        "convener": "committee",
        "convener_name": "宝枫新城业主委员会",
        "jurisdiction": "national",
        "opens_at": clock.local(OPENS).strftime("%Y-%m-%dT%H:%M"),
        "closes_at": clock.local(CLOSES).strftime("%Y-%m-%dT%H:%M"),
        "roll_days": "15",
        "notice_days": "15",
        "objection_days": "7",
        "proxy_cap": "",
        "max_extensions": "",
        "silence": "not_participating",
        "wish": "replace_lift",
        "topic": "",
        "filled_for": world.ids["estate"],
        "once": "once-form",
    }
    return words | given


MATTER = {
    "question": "是否同意用维修资金更换电梯？",
    "item": "5",
    "item_reason": "钱从维修资金里出。",
    "cost": "45,600",
    "explanation": "三家报价。",
    "wish": "replace_lift",
}


def photograph(name: str = "wall.jpg") -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(out, "JPEG")
    return io.BytesIO(out.getvalue()), name


def test_from_a_wish_to_a_posted_roll(world: World, client: Client) -> None:
    """The way a chair goes: wish, vote, matter, checklist, roll."""
    client.sign_in("chair")
    wishes = soup(client.get("/owners-votes/new"))
    assert wishes.select_one('a[href="/owners-votes/new?wish=replace_lift"]')
    start = soup(client.get("/owners-votes/new?wish=replace_lift"))
    assert "第 5 项" in start.select_one("#h-item").parent.text  # type: ignore[union-attr]
    assert start.select_one("#place option[selected]")["value"] == str(world.ids["estate"])  # type: ignore[index]
    made = client.submit("/owners-votes/new", sent(world))
    vote = db.session.scalars(sa.select(OwnersVote)).one()
    assert made.headers["Location"] == f"/owners-votes/{vote.id}/matters/new?wish=replace_lift"
    assert vote.place_path == world.paths["building"]
    form = soup(client.get(made.headers["Location"]))
    assert form.select_one("#item option[selected]")["value"] == "5"  # type: ignore[index]
    assert client.submit(f"/owners-votes/{vote.id}/matters/new", MATTER).status_code == 303
    matter = db.session.scalars(sa.select(Matter)).one()
    assert (matter.cost, matter.item) == (4_560_000, 5)
    lines = soup(client.get(f"/owners-votes/{vote.id}/checklist"))
    assert lines.select_one('#step-roll[aria-current="step"] a.btn')["href"].endswith("/roll/posting")  # type: ignore[index, union-attr]
    preview = soup(client.get(f"/owners-votes/{vote.id}/roll"))
    assert "4" in preview.select_one(".stats").text  # type: ignore[union-attr]
    assert client.submit(f"/owners-votes/{vote.id}/roll/posting", {"where": WALLS}).status_code == 409
    unknown = {"units": [world.ids["102"], world.ids["202"]], "reason": "登记簿和物业都查过。"}
    assert client.submit(f"/owners-votes/{vote.id}/roll/unknown", unknown).status_code == 303
    done = client.submit(
        f"/owners-votes/{vote.id}/roll/posting",
        {"where": WALLS, "photos": photograph()},
        content_type="multipart/form-data",
    )
    assert done.status_code == 303
    db.session.refresh(vote)
    assert (vote.state, vote.heads) == (VoteState.ROLL_POSTED, 4)
    wall = soup(client.get(f"/owners-votes/{vote.id}/postings"))
    picture = wall.select_one("figure img")["src"]  # type: ignore[index]
    assert client.get(str(picture)).content_type == "image/jpeg"


def test_own_words_lead_to_the_item_and_stay_with_its_reason(world: World, client: Client) -> None:
    """What a convener says is found, and stands in the question and in the reason that is stored."""
    client.sign_in("chair")
    found = soup(client.get("/owners-votes/new", query_string={"said": "换 水泵"}))
    first = found.select_one("#wish_list a")
    assert first is not None
    assert "维修资金" in first.text
    begun = soup(client.get(str(first["href"])))
    assert begun.select_one("input[name=said]")["value"] == "换 水泵"  # type: ignore[index]
    made = client.submit("/owners-votes/new", sent(world, said="换水泵"))
    matter = soup(client.get(made.headers["Location"]))
    assert matter.select_one("#question")["value"] == "换水泵"  # type: ignore[index]
    assert "要办的是“换水泵”" in matter.select_one("#item_reason").text  # type: ignore[union-attr]
    assert "没有对得上的" in soup(client.get("/owners-votes/new?said=火星")).text


def test_a_committee_is_elected_by_the_whole_estate(world: World, client: Client) -> None:
    client.sign_in("chair")
    offered = soup(client.get("/owners-votes/new?wish=election")).select("#place option")
    assert [option["value"] for option in offered] == [str(world.ids["estate"])]
    address = client.submit("/owners-votes/new", sent(world)).headers["Location"].partition("?")[0]
    asked = {"wish": "election", "item": "3", "item_reason": "选举业委会。", "cost": "", "seats": "3"}
    back = client.submit(address, MATTER | asked)
    assert back.status_code == 422
    assert "整个小区" in back.text
    whole = sent(world, wish="election", place=world.ids["estate"], once="whole")
    address = client.submit("/owners-votes/new", whole).headers["Location"].partition("?")[0]
    assert client.submit(address, MATTER | asked).status_code == 303


def test_another_item_than_proposed_wants_a_reason_of_its_own(world: World, client: Client) -> None:
    client.sign_in("chair")
    offered = client.submit("/owners-votes/new", sent(world)).headers["Location"]
    proposed = soup(client.get(offered)).select_one("#item_reason").text.strip()  # type: ignore[union-attr]
    address = offered.partition("?")[0]
    back = client.submit(address, MATTER | {"item": "6", "item_reason": proposed})
    assert back.status_code == 422
    assert "替第 5 项写的" in back.text
    own = {"item": "6", "item_reason": "这笔钱要业主再出，不从维修资金里出，所以属于第六项。"}
    assert client.submit(address, MATTER | own).status_code == 303


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"closes_at": "2026-06-01T09:00"}, "closes_at"),
        ({"notice_days": "3"}, "notice_days"),
        ({"notice_days": "x"}, "notice_days"),
        ({"jurisdiction": "mars"}, "jurisdiction"),
        ({"jurisdiction": "weifang"}, "proxy_cap"),
        ({"jurisdiction": "hangzhou", "notice_days": "7"}, "notice_days"),
        (
            {"jurisdiction": "ningbo", "count_parking": "y", "rules_clause": "第九条　车位算面积。"},
            "count_parking",
        ),
        ({"silence": ""}, "silence"),
    ],
)
def test_a_form_comes_back_with_what_to_mend(
    world: World, client: Client, given: dict[str, str], field: str
) -> None:
    client.sign_in("chair")
    reply = client.submit("/owners-votes/new", sent(world, **given))
    assert reply.status_code == 422
    page = BeautifulSoup(reply.data, "html.parser")
    assert page.select_one(f"#{field}-error"), page.select_one(".summary, .error-summary, [role=alert]")
    assert page.select_one("#scope_reason").text.strip() == "电梯由12号楼业主共用。"  # type: ignore[union-attr]
    assert db.session.scalar(sa.select(OwnersVote.id)) is None


def test_posted_twice_it_is_one_vote(world: World, client: Client) -> None:
    client.sign_in("chair")
    first, second = (client.submit("/owners-votes/new", sent(world)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]


def test_what_wants_everybody_is_not_voted_on(world: World, client: Client) -> None:
    client.sign_in("chair")
    assert "一致同意" in soup(client.get("/owners-votes/new?wish=dwelling_to_shop")).main.text  # type: ignore[union-attr]
    vote = drafted(world)
    page = soup(client.get(f"/owners-votes/{vote.id}/matters/new?wish=dwelling_to_shop"))
    assert not page.select("form#matter_form")


def test_the_next_vote_begins_with_the_rules_of_the_last(world: World, client: Client) -> None:
    drafted(world, jurisdiction="hangzhou", convener_name="宝枫业委会", proxy_cap=3)
    client.sign_in("secretary")
    form = soup(client.get("/owners-votes/new?wish=gate"))
    assert form.select_one("#jurisdiction option[selected]")["value"] == "hangzhou"  # type: ignore[index]
    assert form.select_one("#convener_name")["value"] == "宝枫业委会"  # type: ignore[index]
    assert form.select_one("#proxy_cap")["value"] == "3"  # type: ignore[index]


@pytest.mark.parametrize("name", ["owner", "tenant", "manager", "visitor"])
def test_others_cannot_begin_one(world: World, client: Client, name: str) -> None:
    client.sign_in(name)
    refused = 303 if name == "visitor" else 403
    assert client.get("/owners-votes/new").status_code == refused
    assert client.submit("/owners-votes/new", sent(world)).status_code == 403
    assert db.session.scalar(sa.select(OwnersVote.id)) is None


def test_a_draft_is_seen_by_conveners_alone(world: World, client: Client) -> None:
    vote = drafted(world)
    for name, status in (
        ("owner", 404),
        ("visitor", 404),
        ("neighbour", 404),
        ("worker", 200),
        ("chair", 200),
    ):
        client.sign_in(name)
        assert client.get(f"/owners-votes/{vote.id}/checklist").status_code == status
        assert client.get(f"/owners-votes/{vote.id}/roll").status_code == status
        listed = client.get("/owners-votes").get_data(as_text=True)
        assert (f'/owners-votes/{vote.id}"' in listed) is (status == 200)


def test_a_matter_is_mended_and_taken_off(world: World, client: Client) -> None:
    vote = drafted(world)
    client.sign_in("chair")
    matter = db.session.scalars(sa.select(Matter)).one()
    address = f"/owners-votes/{vote.id}/matters/{matter.id}"
    form = soup(client.get(f"{address}/edit"))
    assert form.select_one("#cost")["value"] == "45600.00"  # type: ignore[index]
    bad = client.submit(f"{address}/edit", MATTER | {"question": "", "cost": "很多"})
    assert bad.status_code == 422
    assert client.submit(f"{address}/edit", MATTER | {"item": "6"}).status_code == 303
    db.session.refresh(matter)
    assert matter.item == 6
    assert client.get(f"/owners-votes/{vote.id}/matters/999999/edit").status_code == 404
    assert client.submit(f"/owners-votes/{vote.id}/matters/999999/edit", MATTER).status_code == 404
    assert client.submit(f"{address}/removal").status_code == 303
    assert db.session.scalar(sa.select(Matter.id)) is None


def test_a_roll_that_is_blocked_names_the_units(world: World, client: Client) -> None:
    change(world, "202", exclusive_area=None)
    vote = drafted(world)
    client.sign_in("chair")
    page = soup(client.get(f"/owners-votes/{vote.id}/roll"))
    assert page.select_one(f'a[href="/units/{world.ids["202"]}/edit"]')
    steps = soup(client.get(f"/owners-votes/{vote.id}/checklist"))
    assert steps.select_one(f'#step-roll a[href="/owners-votes/{vote.id}/roll"]')
    refused = client.submit(f"/owners-votes/{vote.id}/roll/posting", {"where": WALLS})
    assert refused.status_code == 409


def test_a_roll_that_is_blocked_has_no_form_to_hang_it_out(world: World, client: Client) -> None:
    client.sign_in("chair")
    client.submit("/owners-votes/new", sent(world))
    vote = db.session.scalars(sa.select(OwnersVote)).one()
    posting = f"/owners-votes/{vote.id}/roll/posting"
    assert soup(client.get(posting)).select_one("#wall_form") is None
    unknown = {"units": [world.ids["102"], world.ids["202"]], "reason": "登记簿和物业都查过。"}
    client.submit(f"/owners-votes/{vote.id}/roll/unknown", unknown)
    assert soup(client.get(posting)).select_one("#wall_form") is not None


def test_rows_that_no_register_knows_are_told_before_a_roll_hangs_out(world: World, client: Client) -> None:
    client.sign_in("chair")
    client.submit("/owners-votes/new", sent(world))
    vote = db.session.scalars(sa.select(OwnersVote)).one()
    addresses = [f"/owners-votes/{vote.id}/roll", f"/owners-votes/{vote.id}/roll/posting"]
    for refused in (2, 0):
        with transaction():
            db.session.add(roster_of(world, refused))
        for address in addresses:
            told = client.get(address).text
            assert ("有 2 行没有收" in told.replace("\xa0", " ")) is bool(refused)
            assert "/rosters/" not in told, "a chair reads no roster"
    with transaction():
        db.session.add(roster_of(world, 2))
    client.sign_in("secretary")
    assert 'href="/rosters/' in client.get(addresses[0]).text


def roster_of(world: World, refused: int) -> RosterImport:
    """A roster file that was read, with so many rows refused."""
    return RosterImport(
        place_path=world.paths["community"],
        file_name="roster.csv",
        digest="0" * 64,
        estate="",
        read_at=NOW,
        read_by_id=world.ids["secretary"],
        base=0,
        summary={"refuse": refused},
        report={},
    )


def test_the_roll_on_the_wall_hides_half_a_name(world: World, client: Client) -> None:
    vote = posted(world)
    for name, whole in (("tenant", False), ("chair", True)):
        client.sign_in(name)
        text = soup(client.get(f"/owners-votes/{vote.id}/roll")).select_one("#head_list").text  # type: ignore[union-attr]
        assert ("王秀兰" in text) is whole
        assert "12号楼1单元101室" in text
    client.sign_in("owner")
    own = soup(client.get(f"/owners-votes/{vote.id}/roll"))
    assert "王秀兰" in own.select_one("#h-mine").parent.text  # type: ignore[union-attr]
    assert "顾建平" not in own.text
    client.sign_in("visitor")
    assert "/sign-in" in client.get(f"/owners-votes/{vote.id}/roll").headers["Location"]


def test_names_in_a_file_are_for_staff(world: World, client: Client) -> None:
    vote = posted(world)
    client.sign_in("worker")
    rows = client.get(f"/owners-votes/{vote.id}/roll?format=csv")
    assert rows.content_type.startswith("text/csv")
    assert "王秀兰、王芳" in rows.get_data(as_text=True)
    client.sign_in("owner")
    assert client.get(f"/owners-votes/{vote.id}/roll?format=csv").content_type.startswith("text/html")


def test_the_roll_file_has_the_digest_on_the_page(world: World, client: Client) -> None:
    vote = posted(world)
    client.sign_in("owner")
    text = client.get(f"/owners-votes/{vote.id}/roll.json").get_data(as_text=True)
    assert digest(text) == vote.roll_hash
    assert json.loads(text)["version"] == 1


def test_a_building_of_the_roll(world: World, client: Client) -> None:
    vote = posted(world)
    client.sign_in("owner")
    page = soup(client.get(f"/owners-votes/{vote.id}/roll?building=东门底商"))
    assert [cell.text for cell in page.select("#head_list tbody th")] == ["5"]
    nobody = soup(client.get(f"/owners-votes/{vote.id}/roll?building=九号楼&after=x"))
    assert not nobody.select("#head_list table")


def test_the_checklist_says_when_the_register_has_moved_on(world: World, client: Client) -> None:
    vote = posted(world)
    client.sign_in("chair")
    address = f"/owners-votes/{vote.id}/checklist"
    assert "房屋登记簿后来有改动" not in client.get(address).get_data(as_text=True)
    change(world, "202", exclusive_area=12_051)
    assert "房屋登记簿后来有改动" in client.get(address).get_data(as_text=True)
    again = client.submit(
        f"/owners-votes/{vote.id}/roll/amendment", {"reason": "一户面积更正", "where": WALLS}
    )
    assert again.status_code == 303
    assert "房屋登记簿后来有改动" not in client.get(address).get_data(as_text=True)


def test_a_rule_that_is_not_kept_is_answered_for(world: World, client: Client) -> None:
    vote = posted(world)
    address = f"/owners-votes/{vote.id}"
    client.sign_in("secretary")
    step = soup(client.get(f"{address}/checklist")).select_one("#step-freeze")
    assert step
    assert step.select_one('input[name="rule"][value="roll_days"]')
    assert not step.select("form[action$='/roll/freeze']")
    assert client.submit(f"{address}/overrides", {"rule": "roll_days", "reason": ""}).status_code == 422
    assert client.submit(f"{address}/overrides", {"rule": "areas", "reason": "不填"}).status_code == 422
    done = client.submit(f"{address}/overrides", {"rule": "roll_days", "reason": "漏水等不了"})
    assert done.status_code == 303
    step = soup(client.get(f"{address}/checklist")).select_one("#step-freeze")
    assert step
    assert "漏水等不了" in step.text
    assert client.submit(f"{address}/roll/freeze").status_code == 303
    assert soup(client.get(f"{address}/checklist")).select_one('#step-notice[aria-current="step"]')


def test_the_worker_sees_the_steps_that_are_the_secretarys(world: World, client: Client) -> None:
    vote = posted(world)
    client.sign_in("worker")
    step = soup(client.get(f"/owners-votes/{vote.id}/checklist")).select_one("#step-freeze")
    assert step
    assert not step.select("form")


def test_announcing_opening_and_more_time(world: World, client: Client) -> None:
    vote = frozen(world)
    address = f"/owners-votes/{vote.id}"
    client.sign_in("secretary")
    with clock.frozen(FROZEN):
        assert client.get(f"{address}/announcement").status_code == 200
        assert client.submit(f"{address}/announcement", {"where": ""}).status_code == 422
        assert client.submit(f"{address}/announcement", {"where": WALLS}).status_code == 303
        assert client.submit(f"{address}/opening").status_code == 409
    with clock.frozen(OPENS):
        assert client.submit(f"{address}/opening").status_code == 303
        form = soup(client.get(f"{address}/extension"))
        assert form.select_one("#closes_at")["value"] == clock.local(CLOSES).strftime("%Y-%m-%dT%H:%M")  # type: ignore[index]
        later = clock.local(CLOSES + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
        words = {"where": WALLS, "reason": "票还不够", "closes_at": later}
        bad = client.submit(f"{address}/extension", words | {"closes_at": "2026-07-01T00:00"})
        assert bad.status_code == 422
        assert client.submit(f"{address}/extension", words).status_code == 303
    db.session.refresh(vote)
    assert (vote.state, vote.extensions) == (VoteState.OPEN, 1)
    kinds = db.session.scalars(sa.select(Posting.kind).order_by(Posting.id)).all()
    assert [k.value for k in kinds] == ["roll", "notice", "extension"]


def test_ending_a_vote(world: World, client: Client) -> None:
    vote = opened(world)
    client.sign_in("secretary")
    with clock.frozen(OPENS):
        assert (
            client.submit(f"/owners-votes/{vote.id}/voiding", {"reason": "", "where": WALLS}).status_code
            == 422
        )
        done = client.submit(f"/owners-votes/{vote.id}/voiding", {"reason": "方案变了", "where": WALLS})
        assert done.status_code == 303
        client.sign_in("owner")
        assert "方案变了" in client.get(f"/owners-votes/{vote.id}").get_data(as_text=True)


def test_photographs_come_later(world: World, client: Client) -> None:
    vote = posted(world)
    posting = db.session.scalars(sa.select(Posting)).one()
    address = f"/owners-votes/{vote.id}/postings/{posting.id}/photos"
    client.sign_in("worker")
    options = {"content_type": "multipart/form-data", "follow_redirects": True}
    assert "请先选照片" in client.submit(address, {}, **options).get_data(as_text=True)
    done = client.submit(address, {"photos": photograph()}, **options)
    assert len(BeautifulSoup(done.data, "html.parser").select("figure img")) == 1
    other = f"/owners-votes/{vote.id}/postings/999999/photos"
    assert (
        client.submit(other, {"photos": photograph()}, content_type="multipart/form-data").status_code == 404
    )
    client.sign_in("owner")
    assert (
        client.submit(address, {"photos": photograph()}, content_type="multipart/form-data").status_code
        == 403
    )


def test_what_waits_for_conveners(world: World) -> None:
    drafted(world, once="a")
    waits = {w.kind for w in waiting_for(world.chair)}
    assert "owners_vote_draft" in waits
    assert "owners_vote_draft" not in {w.kind for w in waiting_for(world.owner)}
    vote = posted(world, once="b")
    assert "owners_vote_freeze" not in {w.kind for w in waiting_for(world.secretary)}
    assert vote.roll_until
    with clock.frozen(vote.roll_until):
        assert "owners_vote_freeze" in {w.kind for w in waiting_for(world.secretary)}
        assert "owners_vote_freeze" not in {w.kind for w in waiting_for(world.worker)}
    frozen(world, once="c")
    assert "owners_vote_notice" in {w.kind for w in waiting_for(world.secretary)}


def test_places_and_units_show_their_votes(world: World, client: Client) -> None:
    vote = posted(world, place="building")
    client.sign_in("owner")
    for path in ("community", "estate", "building", "entrance"):
        shown = client.get(f"/places/{world.ids[path]}").get_data(as_text=True)
        assert f"/owners-votes/{vote.id}" in shown
    assert f"/owners-votes/{vote.id}" in client.get(f"/units/{world.ids['101']}").get_data(as_text=True)
    client.sign_in("secretary")
    assert f"/owners-votes/{vote.id}" not in client.get(f"/units/{world.ids['shop']}").get_data(as_text=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_and_its_files(world: World, client: Client, lang: str) -> None:
    vote = announced(world)
    drafted(world, once="other")
    client.sign_in("visitor")
    page = client.get("/owners-votes").get_data(as_text=True)
    assert f'href="/owners-votes/{vote.id}"' in page
    assert client.get("/owners-votes?state=notice").status_code == 200
    assert "没有找到" in client.get("/owners-votes?q=没有的").get_data(as_text=True)
    rows = client.get("/owners-votes?format=csv").get_data(as_text=True).splitlines()
    assert len(rows) == 2


def test_pages_cost_few_statements(world: World, client: Client, statements: Statements) -> None:
    draft, vote = drafted(world, once="a"), posted(world, once="b")
    client.sign_in("secretary")
    for path, most in (
        ("/owners-votes", 2),
        ("/owners-votes/new?wish=gate", 4),
        (f"/owners-votes/{draft.id}/checklist", 8),
        (f"/owners-votes/{vote.id}/checklist", 8),
        (f"/owners-votes/{vote.id}/roll", 7),
        (f"/owners-votes/{draft.id}/roll", 7),
        (f"/owners-votes/{vote.id}/postings", 2),
    ):
        del statements[:]
        assert client.get(path).status_code == 200
        assert len(statements) <= most, (path, len(statements), [s[:80] for s in statements])


def test_a_place_that_is_not_his_is_no_scope(world: World, client: Client) -> None:
    client.sign_in("chair")
    for place, status in (("999999", 404), (world.ids["other_estate"], 404), (world.ids["community"], 403)):
        assert client.submit("/owners-votes/new", sent(world, place=place)).status_code == status
    client.sign_in("secretary")
    assert client.submit("/owners-votes/new", sent(world, place=world.ids["community"])).status_code == 422
    assert client.submit("/owners-votes/new", sent(world, place=world.ids["101"])).status_code == 422


def test_every_building_is_offered_before_its_own_entrances(world: World, client: Client) -> None:
    """An entrance is sorted by its own number; in a list of all places it belongs under its building."""
    client.sign_in("chair")
    with transaction():
        building = Place(
            parent_id=world.ids["estate"], kind=PlaceKind.BUILDING, name="3号楼", label="3号楼",
            sort_key="00003号楼", place_path="new",
        )  # fmt: skip
        db.session.add(building)
        db.session.flush()
        building.place_path = f"{world.paths['estate']}{building.id}/"
    offered = soup(client.get("/owners-votes/new?wish=replace_lift")).select("#place option")
    assert [o.text for o in offered] == [
        "宝枫新城",
        "宝枫新城 3号楼",
        "宝枫新城 12号楼",
        "宝枫新城 12号楼1单元",
    ]


def test_the_page_of_more_time_says_how_often(world: World, client: Client) -> None:
    vote = opened(world, max_extensions=0)
    address = f"/owners-votes/{vote.id}"
    with clock.frozen(OPENS + timedelta(days=1)):
        client.sign_in("secretary")
        shown = soup(client.get(f"{address}/extension"))
        assert "不能延期" in shown.text
        assert shown.select_one("#wall_form") is None
        assert f"{address}/extension" not in client.get(f"{address}/checklist").text
        words = {"closes_at": "2026-08-10T20:00", "reason": "票少", "where": WALLS}
        assert "不能延期" in client.submit(f"{address}/extension", words, follow_redirects=True).text


def test_a_notice_that_is_too_short_leads_to_the_hours(world: World, client: Client) -> None:
    vote = frozen(world)
    address = f"/owners-votes/{vote.id}"
    with clock.frozen(OPENS - timedelta(days=10)):
        step = soup(client.sign_in("chair").get(f"{address}/checklist")).select_one("#step-notice")
    assert step is not None
    assert step.select_one(f'a[href="{address}/edit"]')
    assert step.select_one('input[name="rule"][value="notice_days"]')


def test_an_extraordinary_meeting_is_called_in_seven_days(world: World, client: Client) -> None:
    client.sign_in("chair")
    given = {"jurisdiction": "hangzhou", "extraordinary": "y", "notice_days": "7"}
    assert client.submit("/owners-votes/new", sent(world, **given)).status_code == 303
    vote = db.session.scalars(sa.select(OwnersVote)).one()
    assert (vote.extraordinary, vote.notice_days) == (True, 7)
    assert "临时会议" in client.get(f"/owners-votes/{vote.id}/prints/notice").text


def test_what_is_counted_otherwise_quotes_the_rules(world: World, client: Client) -> None:
    """Silence, several papers, spoilt ones: only where the assembly's rules say so, and their words are printed."""
    client.sign_in("chair")
    odd = sent(world, last_counts="y")
    assert "rules_clause-error" in client.submit("/owners-votes/new", odd).text
    clause = "第十九条　重复投票的，以最后一次为准。"
    assert client.submit("/owners-votes/new", odd | {"rules_clause": clause}).status_code == 303
    vote = db.session.scalars(sa.select(OwnersVote)).one()
    assert vote.rules_clause == clause
    page = soup(client.get(f"/owners-votes/{vote.id}")).text
    assert "本次表决的规则" in page
    assert clause in page
    notice = client.get(f"/owners-votes/{vote.id}/prints/notice").text
    assert clause in notice
    assert "算最后一次" in notice
