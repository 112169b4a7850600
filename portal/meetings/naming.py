"""Whose names stand in what was typed: those of all accounts of the community, since anybody may be spoken of."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.words import RELATIONS, ROLES
from ..core.db import db
from ..core.hiding import hidden
from .sides import SIDE_WORD
from .speaking import STANCE_WORD

_HAN = "[㐀-鿿豈-﫿\U00020000-\U000323af]"
_NAME = re.compile(rf"{_HAN}{{2,4}}|{_HAN}+(?:[·•]{_HAN}+)+|[가-힣]{{3,}}")
_LETTERS = re.compile(r"[^\W\d_](?:[ .'’-]{0,2}[^\W\d_])*\.?")
"""A name in another writing; of at least `FEWEST` letters."""
FEWEST = 4
_SAID = (SIDE_WORD, STANCE_WORD, ROLES, RELATIONS)
_WORDS = {
    *("主任", "书记", "委员", "代表", "居委会", "街道", "楼门长", "党员", "同意", "弃权"),
    *(word for words in _SAID for word in words.values()),
}
"""What minutes say all the time. An account called so would turn it into stars."""


def said_often(*words: Mapping[Any, str]) -> None:
    """An upper feature tells its own words of that kind."""
    _WORDS.update(word for of in words for word in of.values())


def like_a_name(name: str) -> bool:
    """Whether it names a person wherever it stands. An account may have any name: a word of minutes, a part of one, a
    year."""
    if any(name in word or name.startswith(word) for word in _WORDS):
        return False
    if _NAME.fullmatch(name):
        return True
    letters = sum(c.isalpha() for c in name)
    return bool(letters >= FEWEST and not re.search(_HAN, name) and _LETTERS.fullmatch(name))


def community_of(path: str) -> str:
    """The path of the community a place lies in."""
    return "/" + path.strip("/").partition("/")[0] + "/"


def names_within(community_path: str, texts: Iterable[str]) -> list[str]:
    """The names of accounts that occur in the texts and look like a person's; one statement, which brings only those
    that do occur. A closed account keeps its name out of sight too."""
    whole = "\n".join(texts)
    found = sa.select(User.name).where(
        User.place_path == community_path, sa.literal(whole).contains(User.name)
    )
    return [name for name in db.session.scalars(found.distinct()) if name in whole and like_a_name(name)]


def for_everybody(place_path: str, text: str) -> str:
    """A text typed at a table of this place as anybody may read it."""
    return hidden(text, names_within(community_of(place_path), [text]))
