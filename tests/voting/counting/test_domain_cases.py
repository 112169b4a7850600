"""The worked cases of the field (`domain.yaml`), each counted like any count file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.voting.counting import recount
from tests.voting.counting import owners

DOMAIN = yaml.safe_load((Path(__file__).parents[2] / "data" / "cases" / "domain.yaml").read_text("utf-8"))


def worked_cases() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(id, the case as a count file has it, what is expected of it)."""
    for given in DOMAIN["tally_cases"]:
        yield given["id"], owners.of_tally(given), given["expect"]
    for given in DOMAIN["roll_cases"]:
        yield given["id"], owners.of_roll(given, DOMAIN["defaults"]), given["expect"]
    for given in DOMAIN["nonresponse_cases"]:
        yield given["id"], owners.of_silence(given), given["expect"]
    for given in DOMAIN["other_ballots"]:
        expect = given["expect"]
        yield given["id"], owners.of_body(given), expect if isinstance(expect, dict) else {"result": expect}


@pytest.mark.parametrize(
    ("case", "expect"), [pytest.param(case, expect, id=name) for name, case, expect in worked_cases()]
)
def test_worked_case(case: dict[str, Any], expect: dict[str, Any]) -> None:
    got = recount(case)
    assert {key: got.get(key, "no such key") for key in expect} == expect


@pytest.mark.parametrize("item", range(1, 10))
def test_the_rule_of_every_item_is_that_of_the_table(item: int) -> None:
    kinds = {"majority": "ordinary", "three_quarter": "special"}
    case = owners.case(owners.estate(A="1"), [], item=item)
    assert recount(case)["kind"] == kinds[DOMAIN["rules"]["matter_rule"][item]]
