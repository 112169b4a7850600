"""What somebody with bad intentions tries at the doors of accounts."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts import identity
from portal.accounts.models import Grant, User
from portal.accounts.views import room
from portal.core import clock
from portal.core.db import db
from tests.accounts.conftest import Print, account
from tests.conftest import Client
from tests.world import NOW, PASSWORD, World

PHONE = "19900000004"

ELSEWHERE = (
    "/people/{neighbour}",
    "/people/{neighbour}/edit",
    "/people/{neighbour}/behalf",
    "/people/{neighbour}/posts/new",
    "/cards/{other_community}",
    "/cards/{other_unit}",
    "/people/999999",
    "/cards/999999",
)


@pytest.mark.parametrize("path", ELSEWHERE)
def test_another_communitys_people_and_places_are_not_there(client: Client, world: World, path: str) -> None:
    client.sign_in("administrator")
    assert client.get(path.format(**world.ids)).status_code == 404


@pytest.mark.parametrize("path", ["/unlock", "/reset-code", "/edit", "/behalf", "/posts"])
def test_nor_can_they_be_written_to(client: Client, world: World, path: str) -> None:
    client.sign_in("administrator")
    data = {"name": "x", "way": "phone", "reason": "x", "role": "secretary"}
    assert client.submit(f"/people/{world.ids['neighbour']}{path}", data).status_code == 404


def test_grants_and_memberships_of_others_are_not_there(client: Client, world: World) -> None:
    grant = db.session.scalars(sa.select(Grant.id).where(Grant.user_id == world.ids["other_secretary"])).one()
    for name in ("administrator", "secretary", "owner"):
        client.sign_in(name)
        assert client.submit(f"/posts/{grant}/end", {"on": "2026-06-16"}).status_code == 404


@pytest.mark.parametrize("name", ["owner", "tenant", "chair", "manager", "merchant", "auditor"])
def test_residents_do_not_read_files_of_others(client: Client, world: World, name: str) -> None:
    client.sign_in(name)
    assert client.get("/people").status_code == 403
    assert client.get(f"/people/{world.ids['co_owner']}").status_code == 404
    assert client.submit(f"/people/{world.ids['co_owner']}/reset-code").status_code == 404
    assert client.submit(f"/people/{world.ids['co_owner']}/behalf", {"way": "phone"}).status_code == 404
    own = world.ids[name]
    assert client.submit(f"/people/{own}/reset-code").status_code == 403
    data = {"role": "secretary", "place": world.ids["community"], "starts": "2026-06-16"}
    assert client.submit(f"/people/{own}/posts", data).status_code == 403


def test_a_secretary_does_not_rise_by_a_forged_form(client: Client, world: World) -> None:
    client.sign_in("secretary")
    data = {"role": "administrator", "place": world.ids["community"], "starts": "2026-06-16"}
    assert client.submit(f"/people/{world.ids['secretary']}/posts", data).status_code == 422
    elsewhere = {"role": "secretary", "place": world.ids["other_community"], "starts": "2026-06-16"}
    assert client.submit(f"/people/{world.ids['owner']}/posts", elsewhere).status_code == 422
    assert world.secretary.grants == {("secretary", world.paths["community"])}


def test_staff_are_not_taken_over_by_a_reset_code(client: Client, world: World) -> None:
    client.sign_in("worker")
    for name in ("secretary", "administrator"):
        assert client.submit(f"/people/{world.ids[name]}/reset-code").status_code == 403
        page = client.get(f"/people/{world.ids[name]}").text
        assert f"/people/{world.ids[name]}/reset-code" not in page
        assert f"/people/{world.ids[name]}/behalf" not in page


def test_acting_for_staff_by_a_forged_session_is_acting_as_oneself(client: Client, world: World) -> None:
    for instead in ("secretary", "administrator", "neighbour", "worker"):
        client.sign_in("worker")
        with client.session_transaction() as session:
            session[identity.FOR] = world.ids[instead]
        page = client.get("/me")
        assert "沈佳慧" in page.text
        assert 'class="behalf"' not in page.text
    client.sign_in("owner")
    with client.session_transaction() as session:
        session[identity.FOR] = world.ids["tenant"]
    assert "王秀兰" in client.get("/me").text


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/\tx",
        "http:/x",
    ],
)
def test_redirects_stay_at_home(client: Client, with_password: World, address: str) -> None:
    client.sign_in(None)
    assert client.submit("/language", {"lang": "en", "next": address}).location == "/"
    assert client.submit("/prefs", {"next": address}).location == "/"
    entered = client.submit("/sign-in", {"name": PHONE, "password": PASSWORD, "next": address})
    assert entered.location == "/"
    assert client.get("/sign-in", query_string={"next": address}).location == "/"


def test_a_prepared_session_is_emptied_at_sign_in(client: Client, with_password: World) -> None:
    client.sign_in(None)
    with client.session_transaction() as session:
        session["planted"] = "x"
        session[identity.FOR] = with_password.ids["tenant"]
        session["csrf_token"] = "known to the attacker"
    client.submit("/sign-in", {"name": PHONE, "password": PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session
        assert identity.FOR not in session
        assert session.get("csrf_token") != "known to the attacker"


@pytest.mark.parametrize("stamp", [None, "", "stamp-5", "guess"])
def test_a_session_without_the_stamp_is_nobodys(client: Client, world: World, stamp: str | None) -> None:
    client.sign_in("owner")
    with client.session_transaction() as session:
        session[identity.STAMP] = stamp
    assert client.get("/me").status_code == 303


def test_brute_force_meets_the_same_lock_for_known_and_unknown(client: Client, with_password: World) -> None:
    client.sign_in(None)

    def replies(name: str) -> list[tuple[int, str]]:
        tried = [client.submit("/sign-in", {"name": name, "password": f"guess {n}"}) for n in range(12)]
        return [(r.status_code, r.headers.get("Retry-After", "")) for r in tried]

    known, unknown = replies(PHONE), replies("19900008888")
    assert known == unknown
    assert known[9:] == [(422, ""), (429, "900"), (429, "900")]
    right = client.submit("/sign-in", {"name": PHONE, "password": PASSWORD})
    assert right.status_code == 429
    assert "锁住" in right.text


def _tried(client: Client, name: str, password: str, address: str = "127.0.0.1") -> tuple[int, str]:
    client.environ_base["REMOTE_ADDR"] = address
    reply = client.submit("/sign-in", {"name": name, "password": password})
    return reply.status_code, reply.headers.get("Retry-After", "")


def test_who_knows_a_phone_does_not_lock_its_owner_out(client: Client, with_password: World) -> None:
    client.sign_in(None)
    assert [_tried(client, PHONE, "guess", "192.0.2.1")[0] for _n in range(12)] == [422] * 10 + [429] * 2
    assert _tried(client, PHONE, PASSWORD, "192.0.2.1")[0] == 429
    assert _tried(client, PHONE, PASSWORD, "192.0.2.2")[0] == 303


def test_a_browser_that_was_signed_in_is_not_locked_out_by_its_neighbours(
    client: Client, with_password: World
) -> None:
    client.sign_in(None)
    assert _tried(client, PHONE, PASSWORD)[0] == 303
    mine = client.get_cookie("portal-device", path="/sign-in")
    assert mine is not None
    assert str(with_password.ids["owner"]) not in mine.value.split(".")
    client.submit("/sign-out")
    client.delete_cookie("portal-device", path="/sign-in")
    for _n in range(10):
        assert _tried(client, PHONE, "guess")[0] == 422
    assert _tried(client, PHONE, PASSWORD) == (429, "900")
    client.set_cookie("portal-device", mine.value[:-1] + "x", path="/sign-in")
    assert _tried(client, PHONE, PASSWORD)[0] == 429, "nobody writes this cookie but the portal"
    client.set_cookie("portal-device", mine.value, path="/sign-in")
    assert _tried(client, PHONE, PASSWORD)[0] == 303
    client.submit("/sign-out")
    assert [_tried(client, PHONE, "guess")[0] for _n in range(11)] == [422] * 10 + [429]


def test_guesses_from_many_addresses_are_slowed_together(
    client: Client, with_password: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.accounts.lockout.MANY", 20)
    client.sign_in(None)

    def replies(name: str) -> list[tuple[int, str]]:
        return [_tried(client, name, "guess", f"192.0.2.{n // 8}") for n in range(24)]

    known, unknown = replies(PHONE), replies("19900008888")
    assert known == unknown
    assert known[19:] == [(422, "")] + [(429, "30")] * 4
    assert _tried(client, PHONE, PASSWORD, "192.0.2.99")[0] == 429
    with clock.frozen(NOW + timedelta(seconds=31)):
        assert _tried(client, PHONE, PASSWORD, "192.0.2.99")[0] == 303


def test_a_stolen_session_does_not_guess_the_password(client: Client, with_password: World) -> None:
    client.sign_in(None)
    client.submit("/sign-in", {"name": PHONE, "password": PASSWORD})
    for n in range(10):
        tried = client.submit("/me/password", {"current": f"guess {n}", "password": "a new sentence"})
        assert tried.status_code == 422
    right = client.submit("/me/password", {"current": PASSWORD, "password": "a new sentence"})
    assert right.status_code == 422
    assert "锁住" in right.text


def test_a_visitor_who_writes_keeps_his_page_and_learns_the_way(client: Client, world: World) -> None:
    client.sign_in(None)
    reply = client.submit("/me", {"nickname": "x"})
    assert reply.status_code == 403
    assert 'href="/sign-in?next=%2Fme"' in reply.text
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#x"}
    fragment = client.get("/me", headers={**head, "HX-Current-URL": "http://localhost/topics"})
    assert fragment.headers["HX-Redirect"] == "/sign-in?next=%2Ftopics"


def test_an_address_that_tries_many_names_is_stopped(
    client: Client, with_password: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "SIGN_INS", 5)
    client.sign_in(None)
    tried = [client.submit("/sign-in", {"name": f"nobody{n}", "password": "x"}).status_code for n in range(7)]
    assert tried == [422] * 5 + [429] * 2


def test_guessing_codes_is_stopped(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "CODES", 3)
    client.sign_in(None)
    tried = [client.get(f"/claim/ABCDEFGHJKL{c}") for c in "23"]
    tried += [
        client.submit("/claim", {"code": "ABCDEFGHJKL4"}),
        client.submit("/claim", {"code": "ABCDEFGHJKL5"}),
    ]
    tried.append(client.submit("/reset", {"code": "ABCDEFGHJKL6", "password": "a new sentence"}))
    assert [t.status_code for t in tried] == [422, 422, 422, 429, 429]
    assert tried[-1].headers["Retry-After"]


def test_a_card_of_another_community_gives_an_account_there_only(
    client: Client, world: World, cards: Print
) -> None:
    card = cards("other_unit")[0]
    client.sign_in("tenant").submit("/claim", {"code": card.code})
    refused = client.submit("/claim/unit")
    assert refused.status_code == 422
    assert "别的社区" in refused.text
    client.sign_in("visitor").submit("/claim", {"code": card.code})
    client.submit("/claim/join", {"name": "周立新", "phone": "19900001111", "password": "a new sentence"})
    joined = db.session.scalars(sa.select(User).where(User.phone == "19900001111")).one()
    assert joined.place_path == world.paths["other_community"]


def test_the_owner_of_another_unit_cannot_be_chosen(client: Client, world: World, cards: Print) -> None:
    from portal.accounts.models import Relation
    from portal.places.models import Owner

    foreign = db.session.scalars(sa.select(Owner.id).where(Owner.name == "顾建平")).one()
    client.sign_in("tenant").submit("/claim", {"code": cards("101", Relation.OWNER)[0].code})
    for value in (foreign, 0, -1, "x", "1 or 1=1"):
        assert client.submit("/claim/unit", {"owner": value}).status_code == 422


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (None, "/sign-in"),
        (None, "/claim"),
        (None, "/reset"),
        (None, "/prefs"),
        (None, "/language"),
        ("owner", "/me"),
        ("owner", "/me/sessions/end"),
        ("owner", "/sign-out"),
        ("secretary", "/people"),
        ("secretary", "/behalf/end"),
    ],
)
def test_no_write_without_the_key_of_the_session(
    client: Client, world: World, name: str | None, path: str
) -> None:
    client.sign_in(name)
    stamp = account(world, "owner").stamp
    assert client.post(path, data={"name": "x"}).status_code == 400
    assert account(world, "owner").stamp == stamp


def test_what_people_write_is_text(client: Client, world: World) -> None:
    client.sign_in("owner")
    client.submit("/me", {"nickname": "<b>x</b>{{7*7}}", "lang": "zh"})
    page = client.get("/me").text
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;{{7*7}}" in page


def test_nothing_personal_is_logged(client: Client, with_password: World, cards: Print, caplog: Any) -> None:
    card = cards("202")[0]
    caplog.set_level("INFO")
    client.sign_in(None)
    client.get(f"/claim/{card.code}")
    client.submit("/sign-in", {"name": PHONE, "password": PASSWORD})
    client.submit("/sign-in", {"name": PHONE, "password": "wrong sentence"})
    lines = "\n".join(r.getMessage() for r in caplog.records)
    assert '"route":"/claim/<code>"' in lines
    for secret in (card.code, PHONE, PASSWORD, "wrong sentence", "王秀兰"):
        assert secret not in lines


def test_every_post_address_can_be_opened(client: Client, world: World) -> None:
    client.sign_in("secretary")
    owner = world.ids["owner"]
    for path in (
        "/sign-out",
        "/claim/join",
        "/prefs",
        "/language",
        "/me/sessions/end",
        "/behalf/end",
        f"/people/{owner}/unlock",
        f"/people/{owner}/reset-code",
        f"/people/{owner}/posts",
    ):
        assert client.get(path).status_code == 303, path
