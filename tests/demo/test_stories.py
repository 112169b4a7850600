"""The demo's stories obey their format and tell whole, consistent journeys."""

import re
from collections import Counter

import pytest

from .stories import (
    AFTER,
    CATEGORIES,
    COMMUNITY,
    CROWD,
    PEOPLE,
    PROSE,
    SCREENING,
    TOPICS,
    VERBS,
    WHOLE_NUMBERS,
    actors,
    every,
    minutes,
    stage,
    steps,
    strings,
    turnout,
)


@pytest.mark.parametrize("key", TOPICS)
def test_every_step_has_its_fields_and_no_others(key: str) -> None:
    assert TOPICS[key]["key"] == key
    assert set(TOPICS[key]) <= {"key", "stage", "end", "steps"}
    for step in steps(key):
        required, optional = (set(words.split()) for words in VERBS[step["do"]])
        given = set(step) - {"d", "do", "by", "for"}
        assert required <= given <= required | optional, step
        assert turnout(step) > 0, step
        assert isinstance(step.get("by"), str) or step["do"] in CROWD, step
        assert "text" not in step or step["do"] != "rate_project" or turnout(step) == 1, step


@pytest.mark.parametrize("key", TOPICS)
def test_time_runs_forward_and_every_verb_has_what_it_needs(key: str) -> None:
    moments = [minutes(s["d"]) for s in steps(key)]
    assert moments == sorted(moments)
    assert moments[-1] < 0
    assert steps(key)[0]["do"] == "raise"
    done: set[str] = set()
    for step in steps(key):
        assert step["do"] not in AFTER or done & AFTER[step["do"]], step
        assert not done & {"decline", "merge", "refer"} or step["do"] in ("comment", "agree"), step
        done.add(step["do"])


@pytest.mark.parametrize("key", TOPICS)
def test_references_within_a_topic_lead_somewhere(key: str) -> None:
    known: dict[str, set[str]] = {n: set() for n in "comment ask object option choice milestone".split()}
    for step in steps(key):
        verb = step["do"]
        if verb in ("comment", "ask", "object"):
            assert step["id"] not in known[verb], step
            assert step.get("reply_to", step["id"]) in known["comment"] | {step["id"]}, step
            known[verb].add(step["id"])
        elif verb in ("report_comment", "hide_comment", "agree"):
            assert step["to" if verb == "agree" else "id"] in known["comment"], step
        elif verb in ("respond", "rate_response", "answer_objection"):
            assert step["to"] in known["object" if verb == "answer_objection" else "ask"], step
        elif verb == "answer_opinions":
            assert set(step["to"]) <= known["comment"], step
        elif verb in ("milestone_done", "delay"):
            assert step["milestone"] in known["milestone"], step
        elif verb in ("lean", "vote"):
            name = "option" if verb == "lean" else "choice"
            keys = step[name] if isinstance(step[name], list) else [step[name]]
            assert set(keys) <= known[name], step
        known["option" if verb == "raise" else "choice"] |= {o["key"] for o in step.get("options", [])}
        known["milestone"] |= {m["key"] for m in step.get("milestones", [])}


@pytest.mark.parametrize("key", TOPICS)
def test_people_exist_and_act_where_they_belong(key: str) -> None:
    estate = steps(key, "raise")[0].get("estate")
    for step in steps(key):
        named = [step[field] for field in ("for", "in_charge") if field in step]
        for person in [*actors(step), *named, *step.get("supervisors", [])]:
            places = {r["at"] for r in PEOPLE[person]["roles"]}
            assert estate is None or places & {estate, COMMUNITY}, (person, step)
        if step["do"] in SCREENING | {"decide", "open_poll", "close_poll", "start_project"}:
            assert step["by"] == "feng-xiaoxia", step
        if step["do"] in ("hide_comment", "publish") or "for" in step:
            assert PEOPLE[step["by"]]["party"] == "community", step
        if step["do"] == "respond":
            asked = next(a for a in steps(key, "ask") if a["id"] == step["to"])
            assert PEOPLE[step["by"]]["party"] == asked["party"], step


@pytest.mark.parametrize("key", TOPICS)
def test_nobody_endorses_his_own_topic_or_speaks_twice(key: str) -> None:
    proposers = {steps(key)[0]["by"], steps(key)[0].get("for")}
    for verb in ("endorse", "vote"):
        names = [name for s in steps(key, verb) for name in actors(s)]
        assert len(names) == len(set(names))
        assert verb == "vote" or not proposers & set(names)


@pytest.mark.parametrize("key", TOPICS)
def test_the_stage_is_the_one_the_steps_lead_to(key: str) -> None:
    assert TOPICS[key]["stage"] == stage(key)
    ends = {"decline": "declined", "merge": "merged", "refer": "referred"}
    found = next((ends[s["do"]] for s in steps(key, *ends)), "open" if stage(key) == "筛选" else None)
    assert TOPICS[key].get("end") == found
    for step in steps(key, *SCREENING):
        before = [s for s in steps(key, "endorse") if minutes(s["d"]) < minutes(step["d"])]
        assert sum(map(turnout, before)) >= 30, step


def test_merged_topic_was_open_when_the_other_came_into_it() -> None:
    for _, step in every("merge"):
        accepted = steps(step["into"], "accept")[0]
        assert minutes(accepted["d"]) < minutes(step["d"])


def test_polls_close_on_their_hour_and_postings_run_five_days() -> None:
    for key, poll in every("open_poll"):
        for vote in steps(key, "vote"):
            assert minutes(poll["d"]) < minutes(vote["d"]) < minutes(poll["closes"])
        closed = [s["d"] for s in steps(key, "close_poll")]
        assert closed == ([] if minutes(poll["closes"]) > 0 else [poll["closes"]])
    for key, posting in every("publish"):
        assert minutes(posting["until"]) - minutes(posting["d"]) >= 5 * 1440
        assert all(
            minutes(s["d"]) < minutes(posting["until"]) for s in steps(key, "object", "answer_objection")
        )
        assert all(minutes(s["d"]) > minutes(posting["until"]) for s in steps(key, "start_project"))


def test_decisions_print_the_numbers_that_were_cast() -> None:
    for key, decision in every("decide"):
        votes = steps(key, "vote")
        total = re.search(r"投票(\d+)人", decision["basis"])
        assert bool(total) == bool(votes), decision["basis"]
        if total:
            options = steps(key, "open_poll")[0]["options"]
            counts = Counter[str]()
            for vote in votes:
                counts[vote["choice"]] += turnout(vote)
            printed = [int(n) for n in re.findall(r"\D(\d+)人", decision["basis"])]
            assert printed == [sum(counts.values()), *(counts[o["key"]] for o in options)]


def test_projects_spend_within_a_funded_budget_and_finish_in_order() -> None:
    for key, project in every("start_project"):
        budget = sum(b["amount_yuan"] for b in project["budget"])
        assert budget == sum(f["amount_yuan"] for f in project["funding"])
        assert 0 < sum(s["amount_yuan"] for s in steps(key, "spend")) <= budget
        due = {m["key"]: m["due"] for m in project["milestones"]}
        assert list(due.values()) == sorted(due.values())
        finished = [s["milestone"] for s in steps(key, "milestone_done")]
        assert finished == list(due)[: len(finished)]
        assert bool(steps(key, "accept_project")) == (len(finished) == len(due))
        due |= {s["milestone"]: s["to"] for s in steps(key, "delay")}
        assert list(due.values()) == sorted(due.values())
        assert all(due[m] >= 0 for m in due if m not in finished), (
            "an open milestone is overdue without a reason"
        )


def test_texts_say_something_and_nothing_is_said_twice() -> None:
    said = Counter(text for _, s in every() for field, text in strings(s) if field in PROSE and len(text) > 8)
    assert [text for text, times in said.items() if times > 1] == []
    for _, step in every():
        for field, text in strings(step):
            assert text.strip() == text.rstrip("\n"), text
            assert len(text) >= (2 if field in PROSE else 1), step
        for field in WHOLE_NUMBERS & set(step):
            assert type(step[field]) is int, step
            assert step[field] >= 0, step
    for key, step in every("raise"):
        assert 120 <= len(step["body"]) <= 350, key
        assert step["category"] in CATEGORIES, key


def test_the_demo_shows_every_stage_and_every_kind_of_answer() -> None:
    stages = Counter(t["stage"] for t in TOPICS.values())
    at_least = {"征集": 4, "筛选": 3, "协商": 5, "表决": 2, "公示": 2, "实施": 3, "评价": 2}
    assert len(TOPICS) >= 26
    assert all(stages[name] >= n for name, n in at_least.items()), stages
    assert {t.get("end") for t in TOPICS.values()} >= {"open", "declined", "merged", "referred"}
    answers = set()
    for key, asked in every("ask"):
        due = (int(asked["d"].split()[0]) + asked["due_days"]) * 1440 + 17 * 60
        given = [minutes(s["d"]) for s in steps(key, "respond") if s["to"] == asked["id"]]
        answers.add(
            ("late" if given[0] > due else "in time") if given else ("waiting" if due > 0 else "overdue")
        )
    assert answers == {"late", "in time", "waiting", "overdue"}
    assert {s["secrecy"] for _, s in every("open_poll")} == {"named", "secret"}
    assert {s.get("method") for _, s in every("open_poll")} >= {None, "irv", "stv_scottish", "pb_mes"}
    assert {"hide_comment", "delay", "object"} <= {s["do"] for _, s in every()}
    talk = {key: len(steps(key, "comment")) for key in TOPICS}
    assert talk.pop("lift") >= 30
    assert all(3 <= n <= 12 for n in talk.values()), talk
