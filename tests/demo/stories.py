"""Reading of the demo's stories, and their format as portal/demo/README.md states it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from portal.demo.sources import NOT_TOPICS

DEMO = Path(__file__).parents[2] / "portal" / "demo"
STORIES = DEMO / "stories"
Step = dict[str, Any]


def read(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((STORIES / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


PEOPLE = read("people")
PICTURES = read("pictures")
TOPICS = {p.stem: read(p.stem) for p in sorted(STORIES.glob("*.yaml")) if p.stem not in NOT_TOPICS}

# verb: (required fields, optional fields) besides d, do, by, for
VERBS: dict[str, tuple[str, str]] = {
    "raise": ("title category place_text body", "estate building photos options"),
    "endorse": ("", "n"),
    "accept": ("reason", ""),
    "decline": ("reason", ""),
    "merge": ("into reason", ""),
    "refer": ("to reason", ""),
    "ask": ("id party question due_days", ""),
    "respond": ("to body cost_yuan days", "attach"),
    "rate_response": ("to solved", "n"),
    "comment": ("id body", "reply_to"),
    "agree": ("to", "n"),
    "report_comment": ("id rule reason", ""),
    "hide_comment": ("id rule reason", ""),
    "draft_plan": ("text", "changes cost_yuan"),
    "answer_opinions": ("to", ""),
    "lean": ("option", "n"),
    "open_poll": ("question options secrecy closes", "method seats budget_yuan rule"),
    "vote": ("choice", "n"),
    "close_poll": ("", ""),
    "decide": ("title text basis effect_from", ""),
    "publish": ("until", ""),
    "object": ("id body", ""),
    "answer_objection": ("to body", ""),
    "start_project": ("title in_charge supervisors budget funding milestones", "contractor"),
    "update": ("text", "before after photos"),
    "spend": ("amount_yuan purpose receipt", ""),
    "milestone_done": ("milestone note", ""),
    "delay": ("milestone to reason", ""),
    "accept_project": ("text", ""),
    "rate_project": ("stars", "text n"),
    "close_project": ("", ""),
}
CROWD = {"endorse", "agree", "lean", "vote", "rate_response", "rate_project"}
SCREENING = {"accept", "decline", "merge", "refer"}
WHOLE_NUMBERS = {"n", "due_days", "days", "cost_yuan", "amount_yuan", "due", "stars", "seats", "budget_yuan"}
PROSE = {"title", "body", "reason", "question", "basis", "text", "note", "purpose", "place_text"}
# a verb may come only after one of these
AFTER = {
    **{verb: {"endorse"} for verb in SCREENING},
    "ask": {"accept"},
    "respond": {"ask"},
    "open_poll": {"accept"},
    "vote": {"open_poll"},
    "close_poll": {"vote"},
    "decide": {"accept"},
    "publish": {"decide"},
    "object": {"publish"},
    "start_project": {"publish"},
    "accept_project": {"milestone_done"},
    "agree": {"comment"},
    "rate_project": {"accept_project"},
    "close_project": {"accept_project"},
    "hide_comment": {"report_comment"},
    **{verb: {"start_project"} for verb in ("update", "spend", "milestone_done", "delay")},
}
REACHED = {
    "accept_project": "评价",
    "start_project": "实施",
    "decide": "公示",
    "open_poll": "表决",
    "accept": "协商",
}
CATEGORIES = set(
    "环境卫生 停车交通 电动车充电/消防 设施维修/改造 电梯 物业服务与费用 公共收益/维修资金 养老助残 托幼儿童 "
    "文体空间 邻里公约(噪音宠物楼道) 治安 新就业群体 商户经营 涉外/民族 慈善互助 其他".split()
)
COMMUNITY = "东兴社区"


def minutes(moment: str) -> int:
    """Minutes from the beginning of day 0; negative before it."""
    found = re.fullmatch(r"(-?\d+) ([01]\d|2[0-3]):([0-5]\d)", moment)
    assert found, f"not a moment: {moment!r}"
    day, hour, minute = (int(part) for part in found.groups())
    return day * 1440 + hour * 60 + minute


def actors(step: Step) -> list[str]:
    by = step.get("by", [])
    return [by] if isinstance(by, str) else list(by)


def turnout(step: Step) -> int:
    return len(actors(step)) + int(step.get("n", 0))


def steps(key: str, *verbs: str) -> list[Step]:
    return [s for s in TOPICS[key]["steps"] if not verbs or s["do"] in verbs]


def every(*verbs: str) -> Iterator[tuple[str, Step]]:
    return ((key, s) for key in TOPICS for s in steps(key, *verbs))


def strings(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, "option" if name == "title" and field == "options" else str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, field)
    elif isinstance(value, str):
        yield field, value


def stage(key: str) -> str:
    """Where the steps themselves leave the topic."""
    verbs = {s["do"] for s in steps(key)}
    for verb, name in REACHED.items():
        if verb in verbs:
            return name
    cosigned = sum(turnout(s) for s in steps(key, "endorse"))
    return "筛选" if verbs & SCREENING or cosigned >= 30 else "征集"
