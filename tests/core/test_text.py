"""Words: Chinese is the source; what a catalogue lacks stays Chinese."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.core import text
from portal.core.text import N_, _, speaking, words

PO = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "提交"
msgstr "Send"

msgid "多了 %(over)d 个字"
msgstr "%(over)d characters too many"

msgid "没译"
msgstr ""

#, fuzzy
msgid "猜的"
msgstr "a guess"

msgid "%(num)d 件事"
msgid_plural "%(num)d 件事"
msgstr[0] "%(num)d matter"
msgstr[1] "%(num)d matters"
"""


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO)
    monkeypatch.setattr(text, "FOLDER", tmp_path)
    words.cache_clear()
    token = speaking.set("en")
    yield
    speaking.reset(token)
    words.cache_clear()


def test_a_sentence_is_translated_where_it_is_said() -> None:
    assert _("提交") == "Send"
    assert N_("提交") == "提交"


def test_values_go_into_the_translated_sentence() -> None:
    assert _("多了 %(over)d 个字", over=3) == "3 characters too many"


@pytest.mark.parametrize("sentence", ["没有这一句", "没译", "猜的", "100% 同意"])
def test_what_is_not_translated_stays_chinese(sentence: str) -> None:
    assert _(sentence) == sentence


@pytest.mark.parametrize(("n", "said"), [(0, "0 matters"), (1, "1 matter"), (2, "2 matters")])
def test_plurals(n: int, said: str) -> None:
    assert words("en").ngettext("%(num)d 件事", "%(num)d 件事", n) == said
    assert words("zh").ngettext("%(num)d 件事", "%(num)d 件事", n) == f"{n} 件事"


def test_a_language_without_a_catalogue_is_chinese() -> None:
    speaking.set("ko")
    assert _("提交") == "提交"
    assert words("ko").ngettext("%(num)d 件事", "%(num)d 件事", 1) == "1 件事"
