"""What every page has around it: the community's name and the ways through the portal. It asks no database."""

from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from flask import Flask, current_app, g, session

from ..core import access
from ..core.actor import Actor
from ..core.text import N_, _, speaking

NAME = "community_name"
"""In a visitor's session: the name of the community he chose."""


class Way(NamedTuple):
    """One entry of a bar: key of its pages, words, icon, address, and the permission it needs somewhere."""

    key: str
    words: str
    icon: str
    address: str
    may: str = ""


HOME = Way("home", N_("首页"), "house", "/")
TOPICS = Way("topics", N_("议题"), "message-square", "/topics")
MEETINGS = Way("meetings", N_("会议"), "calendar-days", "/meetings")
POLLS = Way("polls", N_("表决"), "vote", "/polls")
SURVEYS = Way("surveys", N_("意见征询"), "clipboard-list", "/surveys")
AWARDS = Way("awards", N_("评选"), "badge-check", "/awards")
DECISIONS = Way("decisions", N_("决定"), "scale", "/decisions")
PROJECTS = Way("projects", N_("项目"), "hammer", "/projects")
VOLUNTEERING = Way("volunteering", N_("志愿服务"), "hand-heart", "/volunteering")
POINTS = Way("points", N_("积分"), "coins", "/points")
ME = Way("me", N_("我的"), "user-round", "/me")
DESK = Way("desk", N_("工作台"), "inbox", "/desk", "desk:open")

NAV = (HOME, TOPICS, MEETINGS, POLLS, DECISIONS, PROJECTS, VOLUNTEERING, POINTS, DESK)
TABS = (HOME, TOPICS, POLLS, POINTS, ME)
VOTES = (
    Way("owners-votes", N_("业主表决"), "vote", "/owners-votes"),
    POLLS._replace(words=N_("议事会表态")),
    SURVEYS,
    AWARDS,
)
"""The bar has one way to all that people are asked: its lists stand beside each other."""
DESK_WAYS = (
    DESK._replace(words=N_("待办队列")),
    TOPICS,
    MEETINGS,
    POLLS,
    SURVEYS,
    AWARDS,
    DECISIONS,
    PROJECTS,
    VOLUNTEERING,
    Way("volunteers", N_("志愿者"), "users-round", "/volunteers", "place:keep_volunteers"),
    POINTS._replace(address="/points/books", may="points_programme:read_books"),
    Way("partners", N_("合伙商户"), "store", "/partners"),
    Way("moderation", N_("发言管理"), "shield-check", "/moderation", "topic:moderate"),
    Way("units", N_("房屋名册"), "users-round", "/units", "place:see_register"),
    Way("rosters", N_("名册导入"), "upload", "/rosters", "place:read_roster"),
    Way("grids", N_("网格"), "layers", "/grids", "place:see_register"),
    Way("people", N_("账号"), "user-round", "/people", "user:list"),
    Way("cards", N_("联系卡"), "qr-code", "/cards", "code:issue"),
    Way("audit", N_("审计"), "eye", "/audit", "audit:see"),
)
FOOT = (
    (N_("积分兑换"), "/mall"),
    (N_("议事规则"), "/rules"),
    (N_("隐私说明"), "/privacy"),
    (N_("无障碍"), "/accessibility"),
)


def init_app(app: Flask) -> None:
    app.context_processor(around)


def around() -> dict[str, Any]:
    """The bars of a page for its reader: only ways that exist and that he may go."""
    actor: Actor = g.get("actor") or Actor()
    staff = holds(actor, "desk:open")
    return {
        "community_name": community_name(actor),
        "community_phone": current_app.config["COMMUNITY_PHONE"],
        "community_counter": community_counter(),
        "nav_items": _items(actor, NAV),
        "tab_items": _items(actor, TABS),
        "vote_items": _items(actor, VOTES),
        "desk_items": _items(actor, DESK_WAYS) if staff or holds(actor, "audit:see") else [],
        "notices_url": f"{HOME.address}#todo",
        "foot_items": [(_(words), address) for words, address in FOOT],
    }


def community_name(actor: Actor) -> str:
    """The name in the bar: the actor's community as his account's query brought it, or as a visitor chose it."""
    chosen = session.get(NAME, "") if actor.id is None and actor.community != "/" else ""
    return actor.community_name or chosen


def community_counter() -> str:
    """Where and when the counter is open, in the reader's language where the community says it in that, too."""
    said: str = current_app.config.get(f"COMMUNITY_COUNTER_{speaking.get().upper()}", "")
    return said or str(current_app.config["COMMUNITY_COUNTER"])


def holds(actor: Actor, permission: str) -> bool:
    """Whether the actor may do this at any place where he holds a post."""
    return any(access.may(actor, permission, _spot(path)) for _role, path in actor.grants)


def _spot(path: str) -> SimpleNamespace:
    """A place as far as a rule about posts looks at it."""
    return SimpleNamespace(place_path=path)


def _items(actor: Actor, ways: tuple[Way, ...]) -> list[tuple[str, str, str, str]]:
    known = _addresses(current_app._get_current_object())  # type: ignore[attr-defined]
    return [
        (way.key, _(way.words), way.icon, way.address)
        for way in ways
        if way.address in known and (not way.may or (way.may in access.RULES and holds(actor, way.may)))
    ]


@cache
def _addresses(app: Flask) -> frozenset[str]:
    """The addresses without arguments that this application has."""
    return frozenset(rule.rule for rule in app.url_map.iter_rules() if not rule.arguments)
