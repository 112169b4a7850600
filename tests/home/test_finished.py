"""What was finished last stands on the first page with both its pictures, and the pictures open."""

import pytest

from portal.projects.models import Project
from tests.councils.conftest import council, deliberating, raised  # noqa: F401
from tests.decisions.conftest import draft, posted, record  # noqa: F401
from tests.home.test_front import shown, words
from tests.projects.conftest import accepted, finished, picture, project, reported, start, topic  # noqa: F401


def test_nothing_is_said_before_it_is_accepted(client, finished: Project):  # noqa: F811
    assert not shown(client.sign_in("owner").get("/")).select("[aria-labelledby=h-done]")


@pytest.mark.parametrize("name", ["visitor", "owner"])
def test_before_and_after(client, accepted: Project, name, statements):  # noqa: F811
    client.sign_in(name).get("/")
    del statements[:]
    page = shown(client.get("/"))
    assert len(statements) <= 6
    assert words(page, "[aria-labelledby=h-done] h3") == ["木栈道加固工程"]
    pictures = page.select("[aria-labelledby=h-done] img")
    assert len(pictures) == 2
    for image in pictures:
        assert image["alt"]
        assert client.get(str(image["src"])).mimetype == "image/jpeg"


def test_another_community_does_not_see_it(client, accepted: Project):  # noqa: F811
    assert "木栈道加固工程" not in client.sign_in("neighbour").get("/").text
