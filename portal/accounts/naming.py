"""How people are called on pages: 后台实名, 前台昵称."""

import re
from typing import Any

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.leaves_text import masked


def shown_name(actor: Actor, name: str, nickname: str = "") -> str:
    """A person's name for this reader: the nickname he chose; else his name, of which visitors see the surname."""
    return nickname or (name if actor.id is not None else masked(name))


def shown(person: Any) -> sa.ColumnElement[str]:
    """The column of the name a person goes by: his nickname if he chose one. Pages mask it for visitors."""
    return sa.func.coalesce(sa.func.nullif(person.nickname, ""), person.name)


def masked_door(label: str) -> str:
    """A door plate for somebody who has not shown that it is his: 12号楼1单元101室 → 12号楼1单元1**室."""
    groups = list(re.finditer(r"[0-9A-Za-z]+", label))
    if not groups:
        return label
    number = groups[-1]
    kept = number.group()[:1] + "*" * max(1, len(number.group()) - 1)
    return label[: number.start()] + kept + label[number.end() :]
