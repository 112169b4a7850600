"""Ways to settle a topic are added and compared while it is talked about."""

from dataclasses import replace
from typing import Any

import pytest

from portal.core.errors import Invalid, NotAllowed, NotVisible
from portal.councils.actions.raising import OptionDraft, put_option
from portal.councils.actions.support import lean
from portal.councils.models import Topic
from portal.councils.queries import options_of
from tests.conftest import Client
from tests.world import World

THIRD = OptionDraft("整段换石板", "二十米", 2_400_000, "不用再修", "要断路十天")


def test_one_more_is_compared_with_the_others(client: Client, world: World, deliberating: Topic) -> None:
    put_option(world.chair, deliberating, option=THIRD)
    assert [(o.letter, o.title, o.pros, o.cons) for o in options_of(deliberating.id)][2] == (
        "丙",
        "整段换石板",
        "不用再修",
        "要断路十天",
    )
    page = client.get(f"/topics/{deliberating.id}").text
    assert "不用再修" in page
    assert "要断路十天" in page


def test_what_people_lean_to_keeps_its_name(world: World, deliberating: Topic) -> None:
    first = options_of(deliberating.id)[0]
    lean(world.owner, deliberating, option_id=first.id)
    with pytest.raises(Invalid, match="名字不能再改"):
        put_option(world.chair, deliberating, option=OptionDraft("别的"), position=0)
    draft = OptionDraft(first.title, first.body, first.cost, "快", "不耐用")
    changes: list[dict[str, Any]] = [{"body": "其实要收每户两万"}, {"cost": 999999900}]
    for changed in changes:
        with pytest.raises(Invalid) as refused:
            put_option(world.chair, deliberating, option=replace(draft, **changed), position=0)
        assert refused.value.field == next(iter(changed))
    put_option(world.chair, deliberating, option=draft, position=0)
    assert options_of(deliberating.id)[0].cons == "不耐用"
    assert options_of(deliberating.id)[0].leanings == 1


def test_six_at_most_and_a_name(world: World, deliberating: Topic) -> None:
    with pytest.raises(Invalid):
        put_option(world.chair, deliberating, option=OptionDraft(" "))
    for n in range(4):
        put_option(world.chair, deliberating, option=OptionDraft(f"办法{n}"))
    with pytest.raises(Invalid, match="最多 6 个"):
        put_option(world.chair, deliberating, option=THIRD)
    with pytest.raises(NotVisible):
        put_option(world.chair, deliberating, option=THIRD, position=6)


def test_residents_and_early_birds_do_not(world: World, topic: Topic) -> None:
    for actor in (world.owner, world.chair):
        with pytest.raises(NotAllowed):
            put_option(actor, topic, option=THIRD)


def test_the_pages_of_it(client: Client, deliberating: Topic) -> None:
    address = f"/topics/{deliberating.id}/options"
    chair = client.sign_in("chair")
    assert "加一个方案" in chair.get(f"{address}/new").text
    sent = {"title": "整段换石板", "body": "", "pros": "耐用", "cons": "贵", "cost": "24000"}
    assert chair.submit(f"{address}/new", {**sent, "title": ""}).status_code == 422
    assert chair.submit(f"{address}/new", sent).location == f"/topics/{deliberating.id}"
    assert 'value="整段换石板"' in chair.get(f"{address}/2/edit").text
    assert chair.submit(f"{address}/2/edit", {**sent, "cons": "要断路"}).status_code == 303
    assert options_of(deliberating.id)[2].cons == "要断路"
    assert chair.get(f"{address}/9/edit").status_code == 404
