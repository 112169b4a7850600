"""What the owners' assembly may settle in its own rules of procedure (业主大会议事规则), and the defaults."""

from typing import NamedTuple

from .params import Params
from .unreadable import Unreadable
from .word import Word


class Silence(Word):
    """What becomes of an owner who was served the paper, with proof and a warning, and gave none back."""

    NOT_PARTICIPATING = "not_participating"
    ABSTAIN = "abstain"
    FOLLOW_MAJORITY = "follow_majority"


class AssemblyRules(NamedTuple):
    """The defaults are the reading of the law that nobody has to agree on first."""

    invalid_participates: bool = False
    """A spoilt paper takes part and agrees to nothing; else it is as if not given."""
    conflict_invalid: bool = False
    """Co-owners who differ have given a spoilt paper; else they are left out until they designate one of them."""
    last_counts: bool = False
    """Of several papers of one voter the last counts; else the first that is not spoilt."""
    count_parking: bool = False
    silence: Silence = Silence.NOT_PARTICIPATING
    proxy_cap: int | None = None
    """Owners one agent may act for; none: any number."""


_INVALID = {"not_participating": False, "participating": True, "abstain": True}
_CONFLICT = {"excluded": False, "exclude": False, "exclude_until_resolved": False, "invalid": True}
_DUPLICATE = {"first": False, "first_valid": False, "last": True, "last_valid": True}
_SILENCE = {
    "not_participating": Silence.NOT_PARTICIPATING,
    "abstain": Silence.ABSTAIN,
    "deemed_abstain": Silence.ABSTAIN,
    "follow_majority": Silence.FOLLOW_MAJORITY,
    "deemed_follow_majority": Silence.FOLLOW_MAJORITY,
}


def read(params: Params) -> AssemblyRules:
    """From the `params` of a case: the words of the count file, or the longer ones of `domain.yaml`."""
    return AssemblyRules(
        invalid_participates=_INVALID[_word(params, _INVALID, "invalid", "invalid_ballot")],
        conflict_invalid=_CONFLICT[_word(params, _CONFLICT, "co_owner_conflict")],
        last_counts=_DUPLICATE[_word(params, _DUPLICATE, "duplicate")],
        count_parking=_switch(params, "count_parking"),
        silence=_SILENCE[_word(params, _SILENCE, "non_response", "policy")],
        proxy_cap=params.number("proxy_cap"),
    )


def item(params: Params) -> int:
    """Which item of Civil Code art. 278. Raises Unreadable: without it nobody knows the majority."""
    number = params.number("item", params.number("matter"))
    if number is None or not 1 <= number <= 9:
        raise Unreadable("params.item: one of 1 to 9 of Civil Code art. 278 is needed")
    return number


def _word(params: Params, allowed: dict[str, bool] | dict[str, Silence], *names: str) -> str:
    stated = [name for name in names if params.value(name) is not None]
    return params.word(stated[0] if stated else names[0], *allowed)


def _switch(params: Params, name: str) -> bool:
    value = params.value(name)
    if not (value is None or isinstance(value, bool)):
        raise Unreadable(f"params.{name}: true or false")
    return bool(value)
