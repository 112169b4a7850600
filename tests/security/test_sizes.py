"""Bodies too large to be meant: refused before they are read."""

import pytest

from portal.core.web import LARGEST_TEXT
from tests.conftest import Client
from tests.world import World

TEXT = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("name", ["secretary", "owner", None])
@pytest.mark.parametrize("kind", [TEXT, "application/json", "text/plain", ""])
def test_text_is_bounded(client: Client, world: World, name: str | None, kind: str) -> None:
    client.sign_in(name)
    body = b"a=1&" * (LARGEST_TEXT // 4 + 1)
    reply = client.post("/sign-in", data=body, content_type=kind)
    assert reply.status_code == 413


def test_the_largest_text_is_still_read(client: Client, world: World) -> None:
    client.sign_in("owner")
    reply = client.submit("/me", {"nickname": "字" * 60_000, "lang": "zh"})
    assert reply.status_code == 422


def test_a_visitor_sends_no_files(client: Client, world: World) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + b"\0" * LARGEST_TEXT
    whole = {"data": body + b"\r\n--x--\r\n", "content_type": "multipart/form-data; boundary=x"}
    assert client.sign_in("visitor").post("/claim", **whole).status_code == 413
    assert client.sign_in("owner").post("/claim", **whole).status_code == 400
