"""The demo's owners' votes obey their format, keep the days of the law and are told by those who are there."""

from collections import Counter
from typing import Any

import pytest

from portal.assembly.wishes import WISHES
from portal.assembly.words import VoteState
from portal.demo.words import VERDICTS

from .stories import COMMUNITY, PEOPLE, TOPICS, Step, actors, minutes, strings, turnout
from .votes import CROWD, VERBS, VOTES, every, steps

DAY = 1440
DAYS = 15
STAFF = {"secretary", "social_worker", "grid_worker", "committee_chair", "committee_member"}
BY_OWNERS = {
    "give_letter",
    "ballot_by_letter",
    "claim_title",
    "stand",
    "agree_to_stand",
    "object_to_candidate",
}
NEEDS_STAFF = set(VERBS) - CROWD - BY_OWNERS - {"speak"} | {"check_papers"}
PROSE = {"title", "body", "reason", "question", "explanation", "scope_reason", "note"}


def first(key: str, verb: str) -> int:
    return minutes(steps(key, verb)[0]["d"])


def marks(say: Any) -> int:
    """How many matters are answered."""
    return len(say)


@pytest.mark.parametrize("key", VOTES)
def test_every_step_has_its_fields_and_no_others(key: str) -> None:
    assert set(VOTES[key]) <= {"key", "stage", "end", "steps"}
    assert VOTES[key]["key"] == key
    assert key not in TOPICS
    assert VOTES[key]["stage"] in list(VoteState)
    assert VOTES[key].get("end", "") in {"", *VERDICTS}
    for step in steps(key):
        required, optional = (set(words.split()) for words in VERBS[step["do"]])
        given = set(step) - {"d", "do", "by", "for"}
        assert required <= given <= required | optional, step
        assert turnout(step) > 0, step
        assert isinstance(step.get("by"), str) or step["do"] in CROWD, step


@pytest.mark.parametrize("key", VOTES)
def test_time_runs_forward_and_the_days_of_the_law_are_kept(key: str) -> None:
    moments = [minutes(s["d"]) for s in steps(key)]
    assert moments == sorted(moments)
    assert moments[-1] < 0
    draft = steps(key)[0]
    assert draft["do"] in ("draft_vote", "call_round")
    for frozen in steps(key, "freeze_roll"):
        posted = max(minutes(s["d"]) for s in steps(key, "post_roll", "amend_roll"))
        assert minutes(frozen["d"]) // DAY - posted // DAY > DAYS
        assert minutes(draft["opens"]) // DAY - first(key, "announce") // DAY >= DAYS
    for ballot in steps(key, "ballot", "ballot_by_letter"):
        assert minutes(draft["opens"]) < minutes(ballot["d"]), ballot
    for certified in steps(key, "certify"):
        assert minutes(certified["d"]) // DAY - first(key, "post_result") // DAY > 7


@pytest.mark.parametrize("key", VOTES)
def test_whoever_does_it_is_there_and_may(key: str) -> None:
    estate = steps(key)[0]["estate"]
    for step in steps(key):
        for person in [*actors(step), step.get("for", "ma-hui"), step.get("clerk", "ma-hui")]:
            roles = [r for r in PEOPLE[person]["roles"] if r["at"] in (estate, COMMUNITY)]
            assert roles, (person, step)
            assert step["do"] not in NEEDS_STAFF or {r["role"] for r in roles} & STAFF, step


@pytest.mark.parametrize("key", VOTES)
def test_papers_are_read_by_different_people_and_answer_every_matter(key: str) -> None:
    matters = len(steps(key)[0].get("matters", "?"))
    readers: dict[str, list[str]] = {}
    for step in steps(key, "papers", "check_papers"):
        readers.setdefault(step["id" if "id" in step else "to"], []).append(step["by"])
    assert all(len(set(names)) == len(names) for names in readers.values()), readers
    for step in steps(key, "ballot", "ballot_by_letter"):
        assert marks(step["say"]) == matters, step
    for step in steps(key, "papers"):
        assert step["say"] == "short" or marks(step["say"]) == matters, step
        assert all(sum(said.values()) == step["papers"] for said in step["say"] if step["say"] != "short"), (
            step
        )


@pytest.mark.parametrize("key", VOTES)
def test_references_lead_somewhere(key: str) -> None:
    before = steps(key)[0].get("of")  # who stood in an election may stand again in the round for it
    known = {s["id"] for s in steps(before) if s["do"] in ("stand", "nominate")} if before else set()
    for step in steps(key):
        assert step.get("to") is None or step["to"] in known, step
        if "id" in step:
            assert step["id"] not in known, step
            known.add(step["id"])
    assert steps(key)[0].get("topic") in {None, *TOPICS}


def test_matters_stand_under_the_item_that_their_wish_leads_to() -> None:
    for key in VOTES:
        for matter in steps(key)[0].get("matters", ()):
            wish = WISHES[matter["wish"]]
            assert matter["item"] in (wish.item, *wish.also), matter["question"]


def test_texts_say_something_and_nothing_is_said_twice() -> None:
    said: Counter[str] = Counter()
    for _, step in every():
        for field, text in strings(step):
            assert text.strip(), step
            assert text.strip() == text.rstrip("\n"), text
            said[text] += field in PROSE and len(text) > 20
    assert [text for text, times in said.items() if times > 1] == []


def test_the_demo_shows_what_a_vote_can_come_to() -> None:
    stages = Counter(v["stage"] for v in VOTES.values())
    assert stages[VoteState.OPEN] >= 1
    ends = {v.get("end", ""): v["stage"] for v in VOTES.values()}
    assert ends["passed"] in (VoteState.FINAL, VoteState.ARCHIVED)
    assert ends["short"] in (VoteState.FINAL, VoteState.ARCHIVED)
    assert ends["vacant"] in (VoteState.FINAL, VoteState.ARCHIVED)
    assert {m["item"] for _, s in every("draft_vote") for m in s["matters"]} >= {2, 3, 4, 5, 9}
    assert {s["do"] for _, s in every()} == set(VERBS)
    assert {s["way"] for _, s in every("deliver")} >= {"handed", "mail", "message", "refused", "posted"}
    answered: list[Step] = [s for _, s in every("answer_owner")]
    assert {s["upheld"] for s in answered} == {True, False}
