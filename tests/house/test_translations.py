"""The English catalogue says everything the Chinese source says, with the same placeholders."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "portal/translations/en/LC_MESSAGES/messages.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*(?::\w+)?\}|%%")
CHINESE = re.compile(r"[\u4e00-\u9fff]")

Texts = tuple[str, ...]
"""The singular, and the plural where there is one."""


@cache
def source() -> dict[Texts, str]:
    """Every text of code and templates, with one place where it stands."""
    found: dict[Texts, str] = {}
    for folder, pattern, method in (("portal", "**.py", "python"), ("templates", "**.*", "jinja2")):
        options = {"**.*": {"silent": "false"}} if method == "jinja2" else {}
        for name, line, message, _, _ in extract_from_dir(
            ROOT / folder, [(pattern, method)], options, keywords=KEYWORDS
        ):
            texts = message if isinstance(message, tuple) else (message,)
            found.setdefault(tuple(texts), f"{folder}/{name}:{line}")
    return found


@cache
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as opened:
        return read_po(opened, locale="en")


def translated() -> Iterator[tuple[Texts, Texts, str]]:
    """(Chinese, English, place) of every text; English is empty where it is missing or only guessed."""
    for texts, place in source().items():
        message = catalogue().get(texts[0])
        said = "" if message is None or message.fuzzy else message.string
        yield texts, tuple(said) if isinstance(said, (list, tuple)) else (said or "",), place


def test_there_is_something_to_say() -> None:
    assert len(source()) > 100


def test_every_text_has_its_english() -> None:
    assert CATALOGUE.exists(), "make messages"
    assert [f"{place}: {chinese[0]}" for chinese, english, place in translated() if not all(english)] == []


def test_placeholders_are_the_same() -> None:
    wrong = []
    for chinese, english, place in translated():
        wanted = {frozenset(PLACEHOLDER.findall(text)) for text in chinese}
        if any(text and frozenset(PLACEHOLDER.findall(text)) not in wanted for text in english):
            wrong.append(f"{place}: {chinese[0]} → {english[0]}")
    assert wrong == []


def test_plurals_have_two_forms() -> None:
    assert [c[0] for c, english, _ in translated() if len(c) > 1 and len(english) != 2] == []


def test_english_is_english() -> None:
    """Names of places stay Chinese in data, not in the words of the portal."""
    allowed = {"中文"}
    assert [
        e for _, english, _ in translated() for e in english if CHINESE.search(e) and e not in allowed
    ] == []
