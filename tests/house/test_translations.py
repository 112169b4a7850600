"""Every text of the interface is translated, wholly and with the same placeholders.

That the catalogues know all texts of code and templates is the other half: `make check` compares them.
"""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from portal.core.text import FOLDER, LANGUAGES

SOURCE = "zh"


def catalogue(lang: str) -> Catalog:
    with (FOLDER / lang / "LC_MESSAGES" / "messages.po").open("rb") as opened:
        return read_po(opened, locale=lang)


def texts(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string or ""]


TRANSLATED = sorted(set(LANGUAGES) - {SOURCE})


def test_every_folder_is_a_language_on_offer() -> None:
    assert sorted(path.name for path in Path(FOLDER).iterdir()) == TRANSLATED


@pytest.mark.parametrize("lang", TRANSLATED)
def test_catalogue_is_complete(lang: str) -> None:
    catalog = catalogue(lang)
    messages = [message for message in catalog if message.id]
    assert len(messages) > 100
    assert [m.id for m in messages if m.fuzzy or not all(text.strip() for text in texts(m))] == []
    assert [(m.id, wrong) for m in messages for wrong in m.check(catalog)] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_texts_are_text_and_not_markup(lang: str) -> None:
    """Words become part of the compiled template, where nothing escapes them any more."""
    found = [
        text for m in catalogue(lang) if m.id for text in [m.id, *texts(m)] if set(str(text)) & set("<>&")
    ]
    assert found == []
