"""What is kept of a count: the engine's result of every matter, with where the counted papers came from."""

from collections.abc import Mapping, Sequence

from ..core.errors import Conflict
from ..core.text import _
from ..councils.courses import Course
from ..voting.counting import recount
from ..voting.counting.papers import Reason
from ..voting.counting.weight import Weight, area
from . import costs, floors
from .countfile import Case, Result, cases, counted, matters_of
from .models.votes import Matter, OwnersVote
from .wishes import course_of


def tallied(vote: OwnersVote) -> list[tuple[Matter, Result]]:
    """Count every matter afresh from roll and ballots; what is to be kept of each. Raises Conflict for a roll that
    nothing can be counted on."""
    matters = matters_of(vote)
    every = cases(vote, matters)
    found = [
        (matter, kept(case, result))
        for matter, case, result in zip(matters, every, counted(every), strict=True)
    ]
    return [
        (matter, result | {"floors": by_floor(vote, case)} if _of_lift(matter) else result)
        for (matter, result), case in zip(found, every, strict=True)
    ]


def by_floor(vote: OwnersVote, case: Case) -> list[list[int]]:
    """The count of a matter by the floors that the register has today, in bands that tell of nobody (`floors`); none
    where a floor is not known. No gate is decided by it."""
    at = {f"u{payer.unit_id}": payer.part.floor for payer in costs.kept_payers(vote.id)}
    units = case["electorate"]["units"]
    if any(at.get(unit["unit"]) is None for unit in units):
        return []
    on_floors = [{**unit, "building": str(at[unit["unit"]])} for unit in units]
    told = recount({**case, "electorate": {**case["electorate"], "units": on_floors}})
    return [list(band) for band in floors.bands(floors.lines(told["buildings"]))]


def _of_lift(matter: Matter) -> bool:
    return matter.seats is None and course_of(matter.wish, matter.item) is Course.LIFT


def kept(case: Case, result: Result) -> Result:
    """A result as it is stored: with channels, and without the list of units that no proof was found for."""
    if result["verdict"] == "blocked":
        raise Conflict(_("名册上有房屋没有面积，数不了票。请先更正名册。"))
    stored = {**result, "channels": channels(case, result)}
    if "silent" in result:
        units = len(result["silent"]["unserved_units"])
        stored["silent"] = {**result["silent"], "unserved_units": units}
    return stored


def channels(case: Case, result: Result) -> dict[str, list[str | int]]:
    """Area and heads that took part, by the channel of the first counted paper of each voter."""
    came: dict[str, str] = {}
    left_out = _left_out(case, result)
    for number, ballot in enumerate(case["ballots"], 1):
        if number not in left_out:
            came.setdefault(ballot["owner"], ballot["channel"])
    weights = _weights(case)
    sums: dict[str, Weight] = {}
    for owner, channel in came.items():
        sums[channel] = sums.get(channel, Weight()).plus(weights[owner])
    return {channel: weight.as_json() for channel, weight in sorted(sums.items())}


def _left_out(case: Case, result: Result) -> set[int]:
    """Numbers of papers that bring nobody in; papers of co-owners who differ do where the rules say so."""
    params = case["params"]
    differing = params["co_owner_conflict"] == "invalid" and params["invalid"] == "participating"
    brought = {Reason.CO_OWNER_CONFLICT.value} if differing else set()
    return {line["ballot"] for line in result["uncounted"] if line["reason"] not in brought}


def _weights(case: Case) -> Mapping[str, Weight]:
    """Of every head by what the file calls it: all its units, or the one whose owner nobody knows."""
    heads: dict[str, int] = {}
    for unit in case["electorate"]["units"]:
        name = unit.get("owner") or unit["unit"]
        heads[name] = heads.get(name, 0) + area(unit["area"], "unit")
    return {name: Weight(sum_, 1) for name, sum_ in heads.items()}


def same(now: Sequence[tuple[Matter, Result]]) -> bool:
    """Whether a fresh count says what is stored."""
    return all(_figures(matter.result) == _figures(result) for matter, result in now)


def _figures(result: Result | None) -> Result:
    """Without the floors, which the register may have mended meanwhile."""
    return {key: value for key, value in (result or {}).items() if key != "floors"}
