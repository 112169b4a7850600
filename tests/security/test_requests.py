"""Requests that no browser sends: each gets an answer, none an error of the portal's own."""

import pytest

from portal.accounts.actions.cards import issue_cards
from portal.accounts.models import Relation
from portal.accounts.views import room
from portal.places.models import Place
from tests.conftest import Client
from tests.house.rows import Rows
from tests.world import World

PHONE = "19900000004"
DIGITS = "9" * 5000
"""More than Python turns into a number."""


@pytest.mark.parametrize(
    "path",
    [
        f"/topics/{DIGITS}",
        f"/polls/{DIGITS}/ballots.csv",
        f"/desk?place={DIGITS}",
        f"/desk?after=2026-06-16T00:00:00~topic~{DIGITS}",
        f"/topics?after={DIGITS}~1",
        f"/topics?after=1~{DIGITS}",
        "/topics?after=1~9999-12-31T23:59:59-23:59",
        "/topics?q=%00%00&sort=%00&stop=%00",
        "/people?q=%00&after=%ff~%ff",
    ],
)
def test_numbers_and_words_nobody_can_read(client: Client, world: World, path: str) -> None:
    for name in ("secretary", "owner", None):
        client.sign_in(name)
        assert client.get(path).status_code < 500


@pytest.mark.parametrize(
    "head",
    [
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Target": "body"},
        {"HX-Request": "true", "HX-Target": "div#"},
        {"HX-Request": "true", "HX-Target": "div#no_such-1"},
        {"HX-Request": "true", "HX-Target": "div#page", "HX-Current-URL": "http://["},
        {"HX-Current-URL": "http://[/x"},
        {"HX-Current-URL": "http://localhost//evil.example"},
        {"Accept-Language": ";q=,,\x00" + "a" * 3000},
        {"Cookie": "portal=%00; portal=.e.e.e"},
        {"X-Request-ID": "é" * 30},
        {"Range": "bytes=9-1,-"},
        {"If-Modified-Since": "never"},
    ],
)
def test_headers_nobody_sends(client: Client, world: World, head: dict[str, str]) -> None:
    for name in ("secretary", None):
        client.sign_in(name)
        for path in ("/", "/topics", "/topics/new", "/me", "/nowhere"):
            assert client.get(path, headers=head).status_code < 500


def test_numbers_in_forms_that_no_row_has(client: Client, rows: Rows) -> None:
    """Larger than the database keeps, larger than Python reads, less than nothing."""
    for number in ("9" * 30, "3000000000", "-1", DIGITS):
        client.sign_in("secretary")
        person = {"name": "周立新", "unit": number, "relation": "family"}
        assert client.submit("/people", person).status_code == 422
        client.sign_in("owner")
        poll = rows.named["open"]
        changed = {"choice": "0", "change": "1", "seen": number, "once": "x", "receipt": number}
        assert client.submit(f"/polls/{poll.id}/ballot", changed).status_code < 500
        comment = {"body": "好", "reply_to": number, "once": f"n{number[:9]}"}
        topic = rows.named["deliberating"]
        assert client.submit(f"/topics/{topic.id}/leaning", {"option": number}).status_code == 422
        assert client.submit(f"/topics/{topic.id}/comments", comment).status_code < 500


def test_a_card_in_hand_does_not_ask_for_every_phone(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Joining says that a phone has an account; whoever found a card does not learn it of all phones."""
    monkeypatch.setattr(room, "CODES", 4)
    card = issue_cards(world.secretary, world.get(Place, "202"), relation=Relation.FAMILY, secret="tests")[0]
    client.sign_in("visitor").submit("/claim", {"code": card.code})
    tried = [
        client.submit("/claim/join", {"name": "周立新", "phone": PHONE, "password": "a new sentence"})
        for _ in range(5)
    ]
    assert [t.status_code for t in tried] == [422] * 3 + [429] * 2
