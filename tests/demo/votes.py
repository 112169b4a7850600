"""Reading of the demo's owners' votes, and their format as portal/demo/README.md states it."""

from collections.abc import Iterator
from typing import Any

import yaml

from .stories import DEMO, Step

FOLDER = DEMO / "votes"
VOTES: dict[str, dict[str, Any]] = {
    p.stem: yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("*.yaml"))
}

# verb: (required fields, optional fields) besides d, do, by, for
VERBS: dict[str, tuple[str, str]] = {
    "draft_vote": (
        "title estate convener convener_name scope_reason opens closes matters",
        "building topic official official_where",
    ),
    "post_roll": ("where", "photos"),
    "object_to_roll": ("id body", "n"),
    "answer_owner": ("to upheld body", ""),
    "speak": ("id body", "reply_to"),
    "mend_title": ("person owners reason", ""),
    "claim_title": ("clerk", ""),
    "amend_roll": ("where reason", ""),
    "freeze_roll": ("", ""),
    "stand": ("id says", "declares"),
    "nominate": ("id plate name how", ""),
    "agree_to_stand": ("to says", "declares"),
    "qualify": ("who", ""),
    "object_to_candidate": ("to id body", ""),
    "call_round": ("of title estate opens closes", ""),
    "official": ("papers say", ""),
    "announce": ("where", "photos"),
    "extend": ("closes reason where", ""),
    "assign_visits": ("rounds", ""),
    "deliver": ("way homes", "buildings witnesses note"),
    "read_notice": ("", "n"),
    "ballot": ("say", "n"),
    "give_letter": ("id agent letter", "home"),
    "review_letter": ("to accepted", "reason"),
    "ballot_by_letter": ("to say", ""),
    "papers": ("id papers say received", "large letters say_by_letter misread"),
    "check_papers": ("to", ""),
    "seal_box": ("papers where", ""),
    "count_box": ("", ""),
    "plan_count": ("at where", ""),
    "name_counters": ("tellers scrutineers", ""),
    "count": ("", ""),
    "sign": ("", ""),
    "post_result": ("where", "photos"),
    "object_to_result": ("id body", "n"),
    "certify": ("where", "photos"),
    "archive": ("", ""),
}
CROWD = {"object_to_roll", "object_to_result", "read_notice", "ballot", "sign"}
PICTURES = ("photos", "letter")


def steps(key: str, *verbs: str) -> list[Step]:
    return [s for s in VOTES[key]["steps"] if not verbs or s["do"] in verbs]


def every(*verbs: str) -> Iterator[tuple[str, Step]]:
    return ((key, s) for key in VOTES for s in steps(key, *verbs))


def shown() -> set[str]:
    """Every picture that a vote shows."""
    given = [s[field] for _, s in every() for field in PICTURES if field in s]
    return {name for one in given for name in ([one] if isinstance(one, str) else one)}
