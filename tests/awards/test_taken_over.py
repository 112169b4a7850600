"""Nobody decides for another by saying that he is the one, and no numbers of people are written."""

from typing import Any

import pytest

from portal.accounts.models import User
from portal.awards.actions.nominating import nominate, record_consent
from portal.awards.models import Award
from portal.core.errors import Invalid
from tests.awards.conftest import GROUPS, put
from tests.world import World


def test_nobody_takes_over_whom_others_put_forward(world: World, award: Award) -> None:
    nominee = nominate(world.chair, award, put=put(award, "周大爷"), once="1")
    with pytest.raises(Invalid) as refused:
        nominate(world.tenant, award, put=put(award, "周大爷", himself=True), once="2")
    assert refused.value.field == "name"
    record_consent(world.worker, nominee, how="当面说不参加", agreed=False)
    named = nominate(world.chair, award, put=put(award, "王秀兰"), once="3")
    own = nominate(world.owner, award, put=put(award, "王 秀兰", himself=True), once="4")
    assert own.id == named.id
    assert (own.user_id, own.consent_by_id) == (world.ids["owner"], world.ids["owner"])


def test_nobody_speaks_for_a_group_that_others_put_forward(world: World, award: Award) -> None:
    group = nominate(world.chair, award, put=put(award, GROUPS[0], 1), once="1")
    nominate(world.tenant, award, put=put(award, GROUPS[0], 1, himself=True), once="2")
    assert (group.nominators, group.user_id, group.consent_at) == (2, None, None)
    phone = world.get(User, "merchant").phone
    nominate(world.merchant, award, put=put(award, GROUPS[0], 1, phone=phone), once="3")
    assert group.user_id is None
    own = nominate(world.tenant, award, put=put(award, GROUPS[1], 1, himself=True), once="4")
    assert own.user_id == world.ids["tenant"]
    assert own.consent_at


@pytest.mark.parametrize("field", ["name", "where", "reason"])
@pytest.mark.parametrize("number", ["19900001234", "１９９ 0000 1234", "110101199001011234"])
def test_no_numbers_of_people_are_written(world: World, award: Award, field: str, number: str) -> None:
    told: dict[str, Any] = {field: f"找他 {number}"}
    with pytest.raises(Invalid) as refused:
        nominate(world.tenant, award, put=put(award, "周大爷")._replace(**told), once="1")
    assert refused.value.field == field
