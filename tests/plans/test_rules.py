"""The pure rules of drafts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.discussion.rules import reason_missing
from portal.discussion.words import Uptake
from portal.plans import rules
from portal.plans.rules import Change, Piece

TEXT = st.text(st.sampled_from("换木板装扶手。！？；\n "), max_size=60)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("换木板。", "换木板。", [Piece(Change.KEPT, "换木板。")]),
        ("", "换木板。", [Piece(Change.ADDED, "换木板。")]),
        (
            "换木板。刷油。",
            "换木板。装扶手。",
            [
                Piece(Change.KEPT, "换木板。"),
                Piece(Change.REMOVED, "刷油。"),
                Piece(Change.ADDED, "装扶手。"),
            ],
        ),
        (
            "一、换板。\n二、刷油。",
            "一、换板。\n",
            [Piece(Change.KEPT, "一、换板。\n"), Piece(Change.REMOVED, "二、刷油。")],
        ),
    ],
)
def test_what_is_different(before: str, after: str, expected: list[Piece]) -> None:
    assert rules.compare(before, after) == expected


@given(TEXT, TEXT)
def test_both_drafts_can_be_read_out_of_the_comparison(before: str, after: str) -> None:
    pieces = rules.compare(before, after)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after


@given(TEXT)
def test_sentences_are_the_text(text: str) -> None:
    assert "".join(rules.sentences(text)) == text


def test_white_space_makes_no_new_draft() -> None:
    assert rules.same_wording("换 木板。\n", "换木板。")
    assert not rules.same_wording("换木板。", "换木板！")


@pytest.mark.parametrize(
    ("uptake", "reason", "wanting"),
    [
        (Uptake.ADOPTED, "", False),
        (Uptake.PARTLY, "", True),
        (Uptake.PARTLY, "只换一半", False),
        (Uptake.DECLINED, "  ", True),
        (Uptake.DECLINED, "超出预算", False),
    ],
)
def test_only_what_was_adopted_whole_needs_no_reason(uptake: Uptake, reason: str, wanting: bool) -> None:
    assert bool(reason_missing(uptake, reason)) is wanting
