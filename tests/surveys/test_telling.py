"""A result in words: what is told apart by what."""

from flask import Flask

from portal.surveys import telling
from portal.surveys.rules import Asked, Sheet
from portal.surveys.words import Kind


def test_no_table_is_told_in_two_directions(app: Flask) -> None:
    """By the first question (–, 3, –), (–, 3, –); by the second its last row was told: with the sums the 1 followed."""
    questions = [Asked(Kind.ONE, "要不要", False, ("要", "不要", "都行"))]
    questions.append(Asked(Kind.ONE, "哪天", False, ("要", "不要", "都行")))
    counts = {(0, 0): 3, (0, 1): 3, (0, 2): 1, (1, 0): 3, (1, 1): 3, (1, 2): 4}
    sheets = [Sheet({0: a, 1: b}, 1, "owner") for (a, b), many in counts.items() for _ in range(many)]
    with app.test_request_context():
        crossed = {
            (by, question.position)
            for by in ("q0", "q1")
            for question in telling.told(questions, sheets, by, {})
            if question.crossed
        }
        offered = [key for key, _words in telling.ways(questions)]
    assert crossed == {("q0", 1)}
    assert offered == ["building", "relation", "q0"]
