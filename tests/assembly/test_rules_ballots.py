"""Marks, ticket codes and shares: no database."""

import pytest
from flask import Flask

from portal.assembly import marks, tickets
from portal.core.errors import Invalid

TWO = (marks.QUESTION, marks.QUESTION)


def test_a_ballot_answers_every_matter() -> None:
    assert marks.spoken(["for", "abstain"], TWO) == "for,abstain"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (["for", ""], "choice-1"),
        (["invalid", "for"], "choice-0"),
        (["yes", "for"], "choice-0"),
        (["for"], ""),
        (["for", "for", "for"], ""),
    ],
)
def test_what_is_no_ballot_names_its_matter(app: Flask, said: list[str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        marks.spoken(said, TWO)
    assert refused.value.field == field


def test_an_agent_speaks_on_what_the_letter_names(app: Flask) -> None:
    assert marks.spoken(["", "against"], TWO, [1]) == ",against"
    with pytest.raises(Invalid):
        marks.spoken(["for", "against"], TWO, [1])


def test_a_paper_may_be_unclear_or_empty(app: Flask) -> None:
    assert marks.read_off(["invalid", ""], TWO) == "invalid,"
    with pytest.raises(Invalid):
        marks.read_off(["both", ""], TWO)


@pytest.mark.parametrize("typed", ["34", "0034", " {code} ", "34-{check}", "https://x.example/t/{code}"])
def test_a_ticket_is_read_as_typed_and_as_scanned(app: Flask, typed: str) -> None:
    code, check = tickets.code_of(12, 34), tickets.check_of(12, 34)
    assert tickets.read(12, typed.format(code=code, check=check.lower())) == 34


@pytest.mark.parametrize("typed", ["", "abc", "34-**", "13-0034-{check}", "12-0035-{check}", "9" * 20])
def test_a_ticket_of_another_vote_or_mistyped_is_none(app: Flask, typed: str) -> None:
    check = tickets.check_of(12, 34)
    assert tickets.check_of(12, 35) != check != tickets.check_of(13, 34)
    assert tickets.read(12, typed.format(check=check)) is None
