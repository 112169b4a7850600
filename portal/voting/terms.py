"""Terms of a poll: what is set besides question and options, checked, in the shape of the count file."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..core.errors import Invalid
from ..core.text import _
from . import motions
from .motions import Base, Body, Share
from .papers import FEWEST_OPTIONS, KIND, MOST_OPTIONS, Kind
from .words import Method

BLANK_WORD = "弃权"
"""Every paper has it already: a ballot without a mark."""
USUAL_HIGHEST, HIGHEST = 5, 10
"""Scores: a hand has five fingers; a longer row of scores than ten does not fit a telephone."""


class Line(NamedTuple):
    """An option as it is printed. `cost` in 分, for budgets; `note` says more about it in one sentence."""

    title: str
    cost: int | None = None
    note: str = ""
    user_id: int | None = None
    """Whose name it is, where it names somebody with an account."""


class Terms(NamedTuple):
    """Each is of some methods only, and passed over by the others. None: the usual."""

    seats: int | None = None
    min_choices: int | None = None
    max_choices: int | None = None
    lowest: int | None = None
    highest: int | None = None
    budget: int | None = None
    """分."""
    within_budget: bool = True
    """The choices of one paper may not cost more than the sum."""
    body: str | None = None
    quorum: str | None = None
    threshold: str | None = None
    base: str | None = None
    """Of motions: words of `motions`; the last three where the body's rules are 自己定."""


USUAL = Terms()
Params = dict[str, Any]


def params(method: Method, terms: Terms, options: int) -> Params:
    """The `params` of the count file; `options`: how many. Raises Invalid with the field."""
    return _OF[method](terms, options)


def budget(method: Method, terms: Terms) -> int | None:
    """The sum to spend in 分, None where no money is shared out. Raises Invalid."""
    if KIND[method] is not Kind.BUDGET:
        return None
    if not terms.budget:
        raise Invalid(_("请写一共有多少钱。"), "budget")
    return terms.budget


def lines(
    method: Method, options: Sequence[str | Line], to_spend: int | None, most: int | None = None
) -> list[Line]:
    """The options as they are printed: a title alone, or with cost and note; a motion prints its own.

    `most`: how many there may be, where it is not the usual number of the method. Raises Invalid.
    """
    if method is Method.RESOLUTION:
        return [Line(motions.FOR), Line(motions.AGAINST)]
    printed = [Line(o) if isinstance(o, str) else o for o in options]
    few, many = FEWEST_OPTIONS, most or MOST_OPTIONS[KIND[method]]
    if not few <= len(printed) <= many:
        raise Invalid(_("请写 %(few)d 到 %(many)d 个选项。", few=few, many=many), "options")
    titles = [line.title for line in printed]
    if not all(titles) or len(set(titles)) != len(titles):
        raise Invalid(_("每个选项都要写，而且不能重复。"), "options")
    if BLANK_WORD in titles:
        raise Invalid(_("“弃权”不用写，每张票上都有。"), "options")
    if to_spend is None:
        return [line._replace(cost=None) for line in printed]
    for number, line in enumerate(printed):
        _check_cost(line, to_spend, f"options.{number}.cost")
    return printed


def _check_cost(line: Line, to_spend: int, field: str) -> None:
    if not line.cost:
        raise Invalid(_("请写“%(title)s”要多少钱。", title=line.title), field)
    if line.cost > to_spend:
        raise Invalid(_("“%(title)s”比总数还贵，办不了。", title=line.title), field)


def _resolution(terms: Terms, _options: int) -> Params:
    return motions.rules(
        Body(terms.body or Body.COUNCIL),
        Share(terms.quorum or Share.NONE),
        Share(terms.threshold or Share.HALF),
        Base(terms.base or Base.FOR_AGAINST),
    )


def _plurality(_terms: Terms, _options: int) -> Params:
    return {"seats": 1}


def _approval(terms: Terms, options: int) -> Params:
    most = options if terms.max_choices is None else terms.max_choices
    fewest = 1 if terms.min_choices is None else terms.min_choices
    seats = 1 if terms.seats is None else terms.seats
    if not 1 <= most <= options:
        raise Invalid(_("最多能选几项，请写 1 到 %(count)d。", count=options), "max_choices")
    if not 1 <= fewest <= most:
        raise Invalid(_("最少要选几项，请写 1 到 %(count)d。", count=most), "min_choices")
    _check_seats(seats, options)
    return {"seats": seats, "min_choices": fewest, "max_choices": most}


def _score(terms: Terms, _options: int) -> Params:
    """The sum, and what is not scored gets the lowest: so a few friends' high scores alone win nothing."""
    lowest = 0 if terms.lowest is None else terms.lowest
    highest = USUAL_HIGHEST if terms.highest is None else terms.highest
    if not 0 < highest <= HIGHEST:
        raise Invalid(_("最高分请写 1 到 %(most)d。", most=HIGHEST), "highest")
    if not 0 <= lowest < highest:
        raise Invalid(_("最低分要比最高分小，请写 0 到 %(most)d。", most=highest - 1), "lowest")
    return {"min": lowest, "max": highest, "unscored": "min", "aggregate": "sum", "seats": 1}


def _seats(terms: Terms, options: int) -> Params:
    if terms.seats is None:
        raise Invalid(_("请写要选出几个。"), "seats")
    _check_seats(terms.seats, options)
    return {"seats": terms.seats}


def _check_seats(seats: int, options: int) -> None:
    if not 1 <= seats < options:
        raise Invalid(_("选出几个，要比选项少：请写 1 到 %(most)d。", most=options - 1), "seats")


def _fixed(**given: int | str) -> Callable[[Terms, int], Params]:
    return lambda _terms, _options: dict(given)


def _shared_out(**given: str) -> Callable[[Terms, int], Params]:
    return lambda terms, _options: {**given, "within_budget": terms.within_budget}


_OF: dict[Method, Callable[[Terms, int], Params]] = {
    Method.RESOLUTION: _resolution,
    Method.PLURALITY: _plurality,
    Method.APPROVAL: _approval,
    Method.SCORE: _score,
    Method.IRV: _fixed(stop="majority"),
    Method.SCHULZE: _fixed(strength="winning_votes"),
    Method.RANKED_PAIRS: _fixed(strength="winning_votes"),
    # The mean of the places that are left: whoever ranks one option alone gets no more say than others.
    Method.BORDA: _fixed(truncated="average", seats=1),
    Method.STV_SCOTTISH: _seats,
    Method.STV_MEEK: _seats,
    # Worth what it costs: what a voter gets out of the sum is the money spent on projects he approves of.
    Method.PB_MES: _shared_out(utility="cost", completion="add1"),
    Method.PB_GREEDY: _shared_out(utility="cost"),
}


def terms_of(poll: Any) -> Terms:
    """What was set, for the form that changes it."""
    stated = poll.params
    if poll.method is Method.RESOLUTION:
        return Terms(
            body=stated["body"],
            quorum=motions.quorum_of(stated).value,
            threshold=motions.threshold_of(stated).value,
            base=motions.base_of(stated).value,
        )
    return Terms(
        seats=stated.get("seats"),
        min_choices=stated.get("min_choices"),
        max_choices=stated.get("max_choices"),
        lowest=stated.get("min"),
        highest=stated.get("max"),
        budget=poll.budget,
        within_budget=stated.get("within_budget", True),
    )
