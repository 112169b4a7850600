"""Pure questions of a discussion."""

import pytest

from portal.discussion import queries, rules
from portal.discussion.paragraphs import paragraphs
from portal.discussion.words import REASON_RULE, REASON_WORD, Reason


@pytest.mark.parametrize(
    ("reports", "reason", "waits"),
    [
        (1, Reason.ABUSE, False),
        (2, Reason.OFF_TOPIC, False),
        (3, Reason.ABUSE, True),
        (1, Reason.PERSONAL_DATA, True),
        (1, Reason.ILLEGAL, True),
    ],
)
def test_when_a_comment_waits_for_a_moderator(reports: int, reason: Reason, waits: bool) -> None:
    assert rules.needs_moderator(reports, reason) is waits


def test_every_reason_has_a_word_and_a_rule_and_none_is_criticism() -> None:
    assert set(REASON_WORD) == set(REASON_RULE) == set(Reason)
    assert not any("批评" in word for word in REASON_WORD.values())


def test_a_body_is_paragraphs_and_nothing_else() -> None:
    html = paragraphs("一句 <b>话</b>\n第二行\n\n\n另一段 https://example.com")
    assert str(html).startswith('<div class="comment__body" hx-ignore>')
    assert "<p>一句 &lt;b&gt;话&lt;/b&gt;<br>第二行</p><p>另一段 https://example.com</p>" in html
    assert "<a" not in html


@pytest.mark.parametrize(
    "text", ["", "1", "1~2", "a~1~0", "-1~2~0", "1~99999999999~0", "9999999999~1~0", "١~1~0"]
)
def test_an_unreadable_cursor_is_none(text: str) -> None:
    assert queries._key(text) is None


def test_a_cursor_comes_back() -> None:
    assert queries._key("48~1234~7") == (48, 1234, 7)
