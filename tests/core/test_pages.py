"""Pages: the whole, or the block that was asked for; never half of one in the place of the other."""

from typing import Any

import pytest

from portal.core import pages
from portal.core.eventlog import reference
from tests.conftest import Client
from tests.core.conftest import Make

FORM = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#thing_form"}


@pytest.fixture
def own(make: Make, shop: Client) -> str:
    """The address of the owner's own thing, with her signed in."""
    shop.sign_in("owner")
    return f"/workshop/things/{make('101', author='owner').id}"


def whole(reply: Any) -> bool:
    return bool(reply.text.startswith("<!doctype html>"))


def test_a_normal_request_gets_the_whole_page(own: str, shop: Client) -> None:
    reply = shop.get(own)
    assert whole(reply)
    assert "底" in reply.text
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert "HX-Request" in reply.headers["Vary"]


def test_a_fragment_has_imports_sets_and_inherited_blocks(own: str, shop: Client) -> None:
    """Guards the private interface of Jinja that `page` stands on."""
    assert shop.fragment(own, "part").text == '<p id="part"><button>您好</button>王秀兰</p>'
    assert shop.fragment(own, "foot").text == '<footer id="foot">底</footer><i>脚</i>'


@pytest.mark.parametrize("block", ["main", "part", "foot", "flash"])
def test_a_fragment_is_part_of_its_page(block: str, own: str, shop: Client) -> None:
    assert shop.fragment(own, block).text.strip() in shop.get(own).text


@pytest.mark.parametrize(
    "head",
    [
        {"HX-History-Restore-Request": "true", "HX-Request-Type": "full"},
        {"HX-Request": "true", "HX-Request-Type": "full", "HX-Boosted": "true", "HX-Target": "body"},
        {"HX-Target": "form#thing_form"},
    ],
)
def test_back_button_and_boost_get_whole_pages(head: dict[str, str], own: str, shop: Client) -> None:
    assert whole(shop.get(own, headers=head))


def test_a_target_without_an_id_is_refused(own: str, shop: Client) -> None:
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form"}
    assert shop.get(own, headers=head).status_code == 400


def test_a_row_is_a_macro_of_the_page(own: str, shop: Client) -> None:
    number = own.rpartition("/")[2]
    reply = shop.fragment(f"/workshop/rows/{number}", f"thing_row-{number}")
    assert reply.text == f'<li id="thing_row-{number}">路灯</li>'
    assert "HX-Retarget" not in reply.headers


@pytest.mark.parametrize("target", ["greeting-1", "nothing-1", "__class__-1", "button"])
def test_a_header_cannot_call_what_is_no_row(target: str, own: str, shop: Client) -> None:
    """Without `row=` from the view, or for a name that is no macro, the reply is the whole page."""
    assert whole(shop.fragment(own, target))
    assert whole(shop.fragment(own.replace("things", "rows"), "greeting-1"))


def test_an_invalid_form_is_its_block_with_422(own: str, shop: Client) -> None:
    reply = shop.submit(own, headers=FORM)
    assert (reply.status_code, whole(reply)) == (422, False)
    assert "标题要填" in reply.text
    assert "HX-Retarget" not in reply.headers


def test_an_invalid_form_of_another_target_is_put_where_it_belongs(own: str, shop: Client) -> None:
    reply = shop.submit(own, headers={**FORM, "HX-Target": "div#main"})
    assert reply.status_code == 422
    assert (reply.headers["HX-Retarget"], reply.headers["HX-Reswap"]) == ("#thing_form", "outerHTML")
    assert reply.text.strip().startswith('<form id="thing_form">')


def test_an_invalid_form_without_script_is_the_whole_page(own: str, shop: Client) -> None:
    reply = shop.submit(own)
    assert (reply.status_code, whole(reply)) == (422, True)
    assert "标题要填" in reply.text


def test_after_a_write_the_block_comes_with_the_message(own: str, shop: Client) -> None:
    reply = shop.submit(own, {"title": "新灯"}, headers=FORM)
    assert reply.status_code == 303
    part = {**FORM, "HX-Target": "p#part"}
    shown = shop.get(reply.headers["Location"], headers=part)
    assert shown.text.strip().startswith('<p id="part">')
    assert '<div id="flash" hx-swap-oob="true">已保存：新灯</div>' in shown.text
    again = shop.get(own, headers=part)
    assert "已保存" not in again.text


def test_once_a_form_was_taken_the_whole_page_comes(own: str, shop: Client) -> None:
    reply = shop.submit(own, {"title": "新灯"}, headers=FORM)
    shown = shop.get(reply.headers["Location"], headers=FORM)
    assert whole(shown)
    assert (shown.headers["HX-Retarget"], shown.headers["HX-Push-Url"]) == ("body", own)


def test_after_a_write_without_script_the_message_is_in_the_page(own: str, shop: Client) -> None:
    reply = shop.submit(own, {"title": "新灯"}, follow_redirects=True)
    assert whole(reply)
    assert "<h1>新灯</h1>" in reply.text
    assert '<div id="flash">已保存：新灯</div>' in reply.text


def test_a_redirect_to_another_page_replaces_the_page(own: str, shop: Client) -> None:
    reply = shop.submit(own, {"title": "新灯", "away": "1"}, headers=FORM)
    shown = shop.get(reply.headers["Location"], headers=FORM)
    assert whole(shown)
    assert (shown.headers["HX-Retarget"], shown.headers["HX-Reswap"]) == ("body", "outerHTML")
    pushed = shown.headers["HX-Push-Url"]
    assert pushed.startswith("/workshop/%E6%B8%85%E5%8D%95")
    assert pushed.isascii()


def test_leaving_loads_the_page_anew(shop: Client) -> None:
    shop.sign_in(None)
    assert shop.get("/workshop/leave").status_code == 303
    reply = shop.get("/workshop/leave", headers=FORM)
    assert reply.status_code == 200
    assert reply.headers["HX-Redirect"].isascii()


def test_panels_of_upper_features_stand_in_the_page(own: str, shop: Client, make: Make) -> None:
    assert "<aside>附注 王秀兰 路灯</aside>" in shop.get(own).text
    quiet = make("101", title="安静")
    assert "<aside>" not in shop.get(f"/workshop/things/{reference(quiet).partition(':')[2]}").text


@pytest.mark.parametrize(
    ("address", "own_one"),
    [
        ("/topics/1", True), ("/topics?q=灯", True), ("/", True), ("", False), (None, False), ("topics", False),
        ("//evil.example", False), ("/\\evil.example", False), ("https://evil.example/", False), ("/a\\b", False),
        ("javascript:alert(1)", False), ("/\tx", False), ("/x\r\nSet-Cookie: a=b", False), ("///evil.example", False),
    ],
)  # fmt: skip
def test_redirects_stay_here(address: str | None, own_one: bool) -> None:
    assert pages.own_address(address, "/home") == (address if own_one else "/home")


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("http://localhost/topics?q=1", "/topics?q=1"),
        ("http://localhost/a#part", "/a"),
        ("nonsense", "/"),
        ("http://localhost//evil.example", "/"),
    ],
)
def test_the_page_around_a_fragment(shown: str, address: str, shop: Client) -> None:
    assert shop.get("/workshop/where", headers={**FORM, "HX-Current-URL": shown}).text == address


def test_the_page_of_a_normal_request(shop: Client) -> None:
    assert shop.get("/workshop/where?a=1").text == "/workshop/where?a=1"
