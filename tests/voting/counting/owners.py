"""Owners' votes for tests: small estates written in a line, and the worked cases of the field as count files."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Sequence[Any]


def unit(row: Row) -> dict[str, Any]:
    """[unit, area, use, owners, state] as in `domain.yaml`."""
    return dict(zip(("unit", "area", "use", "owners", "state"), row, strict=True))


def ballot(row: Row) -> dict[str, Any]:
    """[owner, choice, channel, time] as in `domain.yaml`."""
    return dict(zip(("owner", "choice", "channel", "time"), row, strict=True))


def case(
    units: Sequence[Mapping[str, Any]],
    ballots: Sequence[Mapping[str, Any]],
    *,
    item: int = 5,
    method: str = "dual_majority",
    options: Sequence[str] = ("for", "against", "abstain"),
    electorate: Mapping[str, Any] | None = None,
    **params: Any,
) -> dict[str, Any]:
    return {
        "method": method,
        "options": list(options),
        "ballots": list(ballots),
        "electorate": {"units": list(units), **(electorate or {})},
        "params": {"item": item, **params},
    }


def estate(**areas: str) -> list[dict[str, Any]]:
    """A unit an owner: estate(A="100.00", B="80.00")."""
    return [{"unit": f"unit of {owner}", "area": area, "owner": owner} for owner, area in areas.items()]


def votes(**choices: str) -> list[dict[str, Any]]:
    return [{"owner": owner, "choice": choice} for owner, choice in choices.items()]


def sums(method: str, stated: Mapping[str, Any], **params: Any) -> dict[str, Any]:
    """A case of which only the sums are known."""
    return {
        "method": method,
        "options": [],
        "ballots": [],
        "electorate": dict(stated),
        "params": params,
    }


def of_tally(given: Mapping[str, Any]) -> dict[str, Any]:
    return sums("gates", {k: given[k] for k in ("total", "part", "agree")}, matter=given["matter"])


def of_roll(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """`defaults` under their long names, as they are written there; `rules` of a case before them."""
    return {
        **case([unit(row) for row in given["units"]], [ballot(row) for row in given["ballots"]]),
        "params": {**defaults, "matter": given["matter"], **given.get("rules", {})},
    }


def of_silence(given: Mapping[str, Any]) -> dict[str, Any]:
    """100 owners of 100.00 m²: 40 yes, 15 no, 5 abstain; 30 silent who were reached with proof and warned, 5 with
    a posted notice only, 5 not at all. Of all who voted there is proof too."""
    owners = [f"o{number:03}" for number in range(100)]
    said = ["agree"] * 40 + ["oppose"] * 15 + ["abstain"] * 5
    served = [{"owner": o, "proof": True, "warned": True} for o in owners[:90]]
    posted = [{"owner": o, "proof": False, "warned": True} for o in owners[90:95]]
    return case(
        estate(**dict.fromkeys(owners, "100.00")),
        [{"owner": o, "choice": c} for o, c in zip(owners, said, strict=False)],
        electorate={"deliveries": served + posted},
        non_response=given["policy"],
    )


def of_body(given: Mapping[str, Any]) -> dict[str, Any]:
    stated = {k: v for k, v in given.items() if k not in ("id", "kind", "expect", "why")}
    return sums(given["kind"], stated)
