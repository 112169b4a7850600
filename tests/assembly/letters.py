"""Letters of authority for tests."""

import io
from typing import Any

from PIL import Image

from portal.assembly.actions.authorising import review_proxy, submit_proxy
from portal.assembly.models.papers import Proxy
from portal.assembly.models.votes import OwnersVote
from portal.core.files import Kept, keep_photo
from tests.assembly.conftest import voter_of
from tests.world import PEOPLE, World


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "white").save(out, "JPEG")
    return out.getvalue()


def kept() -> Kept:
    return keep_photo(photo(), "委托书.jpg", "委托书")


def phone_of(name: str) -> str:
    return f"1990000{list(PEOPLE).index(name):04d}"


def letter(world: World, vote: OwnersVote, by: str, key: str, agent: str = "tenant", **given: Any) -> Proxy:
    """A letter handed in by a person of the world for a unit; its agent is another one."""
    words: dict[str, Any] = {
        "agent_name": PEOPLE[agent][0],
        "phone": phone_of(agent),
        "matters": (0, 1),
        "declared": True,
        "letter": (kept(),),
        "once": f"letter-{by}-{key}-{agent}",
    }
    acting = given.pop("acting", None) or world.actor(by)
    return submit_proxy(acting, voter_of(vote, key), **(words | given))


def accepted(world: World, vote: OwnersVote, by: str, key: str, agent: str = "tenant", **given: Any) -> Proxy:
    proxy = letter(world, vote, by, key, agent, **given)
    review_proxy(world.secretary, proxy, accepted=True)
    return proxy
