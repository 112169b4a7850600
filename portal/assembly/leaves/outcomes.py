"""What came out of any matter, a question or an election, as the pages and papers ask for it."""

from collections.abc import Callable
from typing import Any

from ...core.text import _
from ..wishes import ITEM_WORD, numeral
from . import elections, results
from .results import Result


def is_election(result: Result) -> bool:
    return "seats" in result


def mark(result: Result) -> tuple[str, str]:
    """The result in one word, and the tone it is said in."""
    return elections.election_mark(result) if is_election(result) else results.result_mark(result)


def sentence(result: Result) -> str:
    return elections.election_sentence(result) if is_election(result) else results.result_sentence(result)


def law(result: Result) -> str:
    """The clause that was applied."""
    if not is_election(result):
        return results.result_law(result)
    clause = _("《民法典》第二百七十八条第一款第（%(n)s）项：%(what)s。", n=numeral(3), what=_(ITEM_WORD[3]))
    return clause + _("参加的人数和面积都要达到 2/3，每个名额都要人数和面积都超过参加的一半。")


def both(result: Result) -> list[tuple[str, str, str]]:
    """(line, with the silent, without them) where a result leans on silence."""
    return elections.both_elections(result) if is_election(result) else results.both_counts(result)


FILTERS: dict[str, Callable[..., Any]] = {
    "owners_result_mark": mark,
    "owners_result_sentence": sentence,
    "owners_result_law": law,
    "both_counts": both,
}
