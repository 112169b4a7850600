"""What people wrote: safe prose, a first line of it, and names and phones half hidden."""

import html
import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markupsafe import Markup, escape

_STRETCH = re.compile(r"[\u4e00-\u9fff\d]{12,}")
"""With the mark behind it more than a line of a heading on a phone."""
_LINE = 12
_LIKELY = re.compile(
    r"(?<=[的会])(?![议员计])(?=[\u4e00-\u9fff])|(?<![不再补重改换维检整装调])(?=[在把从由按改装建修换补调请选续是]|业主|物业|小区)"
)
"""Where a new group of words is likely to begin."""
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?<!\d号)(?<!\d单)(?=[\u4e00-\u9fff])")
_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "h3"}
_TWO_CHARACTER_SURNAMES = frozenset(
    (
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "司徒",
        "东方",
        "独孤",
        "南宫",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "轩辕",
        "宇文",
        "长孙",
        "端木",
    )
)


def _third_level(state: StateCore) -> None:
    """Every heading becomes an h3: the page owns h1 and h2."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3"


def _parser() -> MarkdownIt:
    # A remote picture would tell its server who reads; without the rule a plain link is left.
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
    parser.core.ruler.push("third_level", _third_level)
    return parser


_MARKDOWN = _parser()


def _cleaned(text: str) -> str:
    return nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow ugc",
    )


@lru_cache(1024)
def prose(text: str, cls: str = "prose") -> Markup:
    """`body|prose` — the writer's Markdown as safe HTML, in a block htmx does not look into."""
    return Markup('<div class="%s" hx-ignore>%s</div>') % (cls, Markup(_cleaned(text)))


@lru_cache(2048, typed=True)  # typed: markup and plain text of the same letters are equal
def headed(title: str) -> Markup:
    """`vote.title|headed` — a title that may break inside its long stretches.

    Headings break after punctuation only. A stretch wider than a phone would then be cut anywhere at all, even before a
    comma; so it gets places of its own, never by a mark, inside a number or so near an end that one sign is left over.
    """
    if isinstance(title, Markup):
        return title
    return Markup(_STRETCH.sub(_with_breaks, str(escape(title))))


def _with_breaks(found: re.Match[str]) -> str:
    text = found.group()
    start, middle, end = text[:2], text[2:-2], text[-2:]
    likely = start + _LIKELY.sub("<wbr>", middle) + end
    if all(len(group) <= _LINE for group in likely.split("<wbr>")):
        return likely
    return start + _BETWEEN.sub("<wbr>", middle) + end


def excerpt(text: str, length: int = 80) -> str:
    """`body|excerpt(60)` — its first characters as plain text, with … if something was left out."""
    # Four times the length is enough source for the words wanted; the rest need not be parsed.
    bare = html.unescape(nh3.clean(_MARKDOWN.render(text[: length * 4 + 200]), tags=set()))
    line = " ".join(bare.split())
    return line if len(line) <= length else line[: length - 1].rstrip("，。；、 ") + "…"


def masked(name: str) -> str:
    """`name|masked` — only the surname stays: 张*, 王**, 欧阳*."""
    name = name.strip()
    kept = 2 if name[:2] in _TWO_CHARACTER_SURNAMES and len(name) > 2 else 1
    return name[:kept] + "*" * min(2, max(1, len(name) - kept)) if name else ""


def masked_phone(phone: str) -> str:
    """`phone|masked_phone` — 199****0001; a short number shows its last two digits only."""
    digits = "".join(c for c in phone if c.isdigit())
    if len(digits) >= 11:
        return f"{digits[:-8]}****{digits[-4:]}"
    return "****" + digits[-2:] if digits else ""
