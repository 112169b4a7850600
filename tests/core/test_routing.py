"""Routes: what one may not see is not there; what one may not do is refused with the reason."""

from typing import Any
from urllib.parse import quote

import pytest

from portal.core.routing import Routes
from tests.conftest import Client
from tests.core.conftest import Make
from tests.core.things import NOT_STAFF, NOT_YOURS


def test_a_route_needs_a_permission() -> None:
    bare: Any = Routes("bare")
    with pytest.raises(TypeError, match="may"):
        bare.get("/bare")


def test_who_may_is_served(make: Make, shop: Client) -> None:
    thing = make("estate")
    assert shop.sign_in("secretary").get(f"/workshop/judge/{thing.id}").status_code == 200


def test_who_sees_but_may_not_is_told_why(make: Make, shop: Client) -> None:
    reply = shop.sign_in("owner").get(f"/workshop/judge/{make('estate').id}")
    assert reply.status_code == 403
    assert NOT_STAFF in reply.text


@pytest.mark.parametrize("kind", ["things", "judge", "rows"])
def test_another_communitys_number_is_not_there(kind: str, make: Make, shop: Client) -> None:
    theirs = make("other_unit", author="neighbour")
    for who in ("owner", "secretary", "administrator", "visitor"):
        reply = shop.sign_in(who).get(f"/workshop/{kind}/{theirs.id}")
        assert reply.status_code == 404, who
        assert "路灯" not in reply.text


@pytest.mark.parametrize("number", ["0", "999999", "2147483648", "9" * 40])
def test_numbers_that_name_nothing(number: str, shop: Client) -> None:
    assert shop.sign_in("owner").get(f"/workshop/things/{number}").status_code == 404


def test_a_form_asks_again(make: Make, shop: Client) -> None:
    thing = make("101", author="owner")
    reply = shop.sign_in("chair").submit(f"/workshop/things/{thing.id}", {"title": "我的"})
    assert reply.status_code == 403
    assert NOT_YOURS in reply.text


def test_a_visitor_is_asked_to_sign_in(make: Make, shop: Client) -> None:
    address = f"/workshop/things/{make('101', author='owner').id}"
    reply = shop.sign_in("visitor").submit(address, {"title": "x"})
    assert reply.status_code == 403
    assert "<p>请先登录。</p>" in reply.text
    assert f'href="/sign-in?next={quote(address, safe="")}"' in reply.text, "and is led back where he was"


def test_a_page_costs_the_actors_query_and_its_own(make: Make, shop: Client, statements: list[str]) -> None:
    thing = make("101")
    shop.sign_in("owner")
    del statements[:]
    shop.get(f"/workshop/things/{thing.id}")
    assert len(statements) <= 3
