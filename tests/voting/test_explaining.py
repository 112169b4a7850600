"""Explanations of worked cases: they say what the count says, in words that can be checked by hand."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.text import speaking
from portal.voting.counting import recount
from portal.voting.explaining import Explanation, Question, explain
from portal.voting.explaining.figures import decimal, quoted, votes_of, yuan
from portal.voting.explaining.methods import METHODS
from portal.voting.explaining.parts import Fate
from portal.voting.words import Method
from tests.voting.counting.questions import questions

CASES = Path(__file__).parents[1] / "data" / "cases"


def worked() -> Iterator[tuple[str, dict[str, Any]]]:
    for method in sorted(set(METHODS) - {"resolution"}):
        whole = json.loads((CASES / f"{method}.json").read_text())
        for case in whole if isinstance(whole, list) else whole["cases"]:
            yield case["id"], case


WORKED = dict(worked())


def explained(case: dict[str, Any], **params: Any) -> Explanation:
    stated = {**(case.get("params") or {}), **params}
    tally = recount({**case, "params": stated})
    return explain(Question(case["method"], case["options"], stated, tally))


def ranked(options: str, *papers: tuple[str, int], method: str = "irv", **params: Any) -> Explanation:
    """Options of one letter; a paper is the letters in their order."""
    ballots = [{"ranking": list(ranking), "count": n} for ranking, n in papers]
    return explained({"method": method, "options": list(options), "params": params, "ballots": ballots})


def test_every_method_of_a_poll_is_explained() -> None:
    assert set(METHODS) == {m.value for m in Method}


@pytest.mark.parametrize("name", WORKED)
class TestEveryCase:
    def test_the_verdict_names_who_was_chosen_or_is_level(self, name: str) -> None:
        said, tally = explained(WORKED[name]).verdict, recount(WORKED[name])
        assert said.mark
        assert said.text.endswith("。")
        assert [o for o in tally["winners"] + tally["tied"] if o not in said.text] == []
        assert (said.mark == "票数相同") == bool(tally["tied"])

    def test_bars_are_no_longer_than_the_whole(self, name: str) -> None:
        for step in explained(WORKED[name]).steps:
            assert step.title
            assert [b for b in step.bars if not (0 <= b.part <= b.whole or b.whole == 0)] == []
            assert [b for b in step.bars if not b.label or not b.figure] == []
            assert step.line is None or 0 < step.line.part <= step.line.whole

    def test_tables_are_square_and_hold_every_option(self, name: str) -> None:
        told = explained(WORKED[name])
        for table in (told.table, *told.more):
            assert {len(row) for row in table.rows} == {len(table.columns)}
        assert set(WORKED[name]["options"]) <= {row[0] for row in told.table.rows}

    def test_nothing_of_the_program_shows(self, name: str) -> None:
        told = explained(WORKED[name])
        texts = [told.verdict.text, told.how, *told.notes]
        texts += [text for step in told.steps for text in (step.title, step.text)]
        texts += [str(cell) for table in (told.table, *told.more) for row in table.rows for cell in row]
        assert [t for t in texts if re.search(r"None|Fraction|%\(|\{|nan", t)] == []


class TestFigures:
    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ("7/2", "3.5"),
            ("4/3", "1.33"),
            ("12.34567", "12.35"),
            ("1250", "1,250"),
            (0, "0"),
            ("-1/2", "−0.5"),
        ],
    )
    def test_decimals(self, value: object, said: str) -> None:
        assert decimal(value) == said

    def test_votes_and_money(self) -> None:
        assert votes_of("3.00000") == "3 票"
        assert votes_of("2.57142") == "2.57 票"
        token = speaking.set("en")
        assert [votes_of(said).replace("\u00a0", " ") for said in ("1.00001", "1", "0.67")] == [
            "1 vote",
            "1 vote",
            "0.67 votes",
        ]
        speaking.reset(token)
        assert yuan("1200.5") == "1,200.50 元"
        assert yuan("25/3") == "8.33 元"
        assert quoted(["甲", "乙"]) == "“甲”“乙”"


class TestRunOff:
    def test_rounds_say_who_left_and_where_the_papers_went(self) -> None:
        told = ranked("甲乙丙", ("甲", 5), ("乙", 4), ("丙乙", 2), ("丙", 1))
        first, last = told.steps
        assert first.text == (
            "没有一项过半。票最少的“丙”（3 票）退出。它的票转给“乙” 2 票。1 票后面没有再排别的，不再数。"
        )
        assert {b.label: b.fate for b in first.bars}["丙"] is Fate.OUT
        assert first.line is not None
        assert first.line.label == "过半：7 票"
        assert last.text == "“乙”得 6 票，过半，就定它。"
        assert told.verdict.text == "数了 2 轮，“乙”最后得 6 票，超过还在数的 11 张票的一半。"
        assert told.table.rows[-1] == ("不再数的票", 0, 1)

    def test_at_once(self) -> None:
        said = ranked("甲乙", ("甲", 3), ("乙", 1)).verdict.text
        assert said == "“甲”第一轮就得了 3 票，超过 4 张票的一半。"

    def test_a_tie_that_decides_stops_the_count(self) -> None:
        told = ranked("甲乙", ("甲", 2), ("乙", 2))
        assert told.verdict.mark == "票数相同"
        assert "谁退出会决定最后定哪一项" in told.steps[-1].text
        assert {b.fate for b in told.steps[-1].bars} == {Fate.TIED}

    def test_blank_papers_are_not_papers_that_ran_out(self) -> None:
        told = ranked("甲乙", ("甲", 2), ("乙", 1), ("", 4))
        assert told.table.rows[-1] == ("不再数的票", 0)

    def test_who_had_no_first_preference_is_said(self) -> None:
        told = ranked("甲乙丙", ("甲丙", 2), ("乙", 1))
        assert told.notes == ("没有一张票把“丙”排第一，第一轮前就退出了。",)


CIRCLE = (("甲乙丙丁", 12), ("乙丙甲丁", 10), ("丙甲乙丁", 11))


class TestDuels:
    @pytest.mark.parametrize("method", ["schulze", "ranked_pairs"])
    def test_who_beats_everybody(self, method: str) -> None:
        told = ranked("甲乙丙", ("甲乙丙", 4), ("乙甲丙", 3), ("丙甲乙", 2), method=method)
        assert told.verdict.text == "“甲”和别的每一项单独比，都赢。"
        (step,) = told.steps
        assert step.text.endswith("最接近的一场是对“乙”：6 比 3。")
        assert told.table.rows[0] == ("甲", "", 6, 7)

    @pytest.mark.parametrize("method", ["schulze", "ranked_pairs"])
    def test_a_circle_is_shown(self, method: str) -> None:
        told = ranked("甲乙丙丁", *CIRCLE, method=method)
        assert "绕成了圈：“甲”赢“乙”、“乙”赢“丙”、“丙”赢“甲”。" in told.steps[0].text

    def test_paths_there_and_back(self) -> None:
        told = ranked("甲乙丙丁", *CIRCLE, method="schulze")
        table = next(t for t in told.more if t.caption == "连起来的路有多强")
        assert ("“甲”到“丙”", 22, 21) in table.rows
        assert "从“甲”到别的每一项的路" in told.steps[1].text

    def test_what_was_locked_and_what_not(self) -> None:
        told = ranked("甲乙丙丁", *CIRCLE, method="ranked_pairs")
        bars = {b.label: (b.figure, b.fate) for b in told.steps[1].bars}
        assert bars["“甲”赢“乙”"] == ("23 比 10 · 认", Fate.IN)
        assert bars["“丙”赢“甲”"] == ("21 比 12 · 绕成圈，不认", Fate.OUT)

    def test_equal_strength_that_decides_is_left_open(self) -> None:
        told = ranked("甲乙丙", ("甲乙丙", 1), ("乙丙甲", 1), ("丙甲乙", 1), method="ranked_pairs")
        assert told.verdict.mark == "票数相同"
        assert {b.fate for b in told.steps[1].bars} == {Fate.TIED}
        assert "先认哪一场，结果就不同" in told.steps[1].text

    def test_a_drawn_duel(self) -> None:
        told = ranked("甲乙丙", ("甲乙丙", 2), ("乙甲丙", 2), method="schulze")
        assert "“甲”和“乙”打平，2 比 2。" in told.steps[0].text


class TestSeats:
    def test_surplus_and_exclusion_step_by_step(self) -> None:
        told = explained(WORKED["stv_scottish-truncation-of-transfer-value"])
        texts = [step.text for step in told.steps]
        assert texts[0] == "先数每张票排第一的。“A”到了当选线，当选。"
        assert texts[1].startswith(
            "“A”比当选线多 6 票，多的按比例转给票上的下一位。转给“B” 3 票、“C” 2.57 票"
        )
        assert texts[2] == ("没有人新到当选线，票最少的“D”（4.43 票）退出。4.43 票后面没有再排别人，不再转。")
        assert texts[3].endswith("剩下的人不比剩下的席位多，“C”当选。")
        assert told.verdict.text == "选出 2 人，按当选先后：A、C。当选线是 8 票。"
        assert told.notes[0].startswith(
            "当选线这样来：23 张有效票，除以席位数加一（3），取整再加一，是 8 票。"
        )

    def test_who_is_elected_when_is_what_the_count_says(self) -> None:
        told = explained(WORKED["stv_scottish-five-seat-committee"])
        elected = [b.label for step in told.steps for b in step.bars if b.fate is Fate.IN]
        assert list(dict.fromkeys(elected)) == recount(WORKED["stv_scottish-five-seat-committee"])["winners"]

    @pytest.mark.parametrize("name", ["stv_meek-castor-and-pollux-four", "stv_meek-castor-and-pollux-five"])
    def test_meek_is_shown_until_the_tie(self, name: str) -> None:
        told = explained(WORKED[name])
        assert {b.label for b in told.steps[-1].bars if b.fate is Fate.TIED} == {"Pollux", "Helen"}
        assert "争剩下的 1 个名额" in told.verdict.text

    def test_meek_lowers_the_quota(self) -> None:
        told = explained(WORKED["stv_meek-quota-falls-with-what-nobody-can-use"])
        lines = [step.line.label for step in told.steps if step.line]
        assert lines == ["当选线：6.33 票", "当选线：6.33 票", "当选线：4.5 票", "当选线：4.5 票"]

    def test_meek_says_how_much_of_each_vote_everybody_keeps(self) -> None:
        case = WORKED["stv_meek-quota-falls-with-what-nobody-can-use"]
        told, tally = explained(case), recount(case)
        (keeping,) = told.more
        assert [row[0] for row in keeping.rows] == tally["winners"]
        assert all(len(row) == 1 + len(tally["stages"]) for row in keeping.rows)
        first = keeping.rows[0]
        assert (first[1], first[-1]) == ("100%", "45%")
        assert any("每张票留 0.6 张" in note for note in told.notes)


class TestBudgets:
    @pytest.fixture
    def case(self) -> dict[str, Any]:
        return {
            "method": "pb_greedy",
            "options": ["灯", "坡道", "沙坑", "牌"],
            "costs": {"灯": "50", "坡道": "60", "沙坑": "40", "牌": "10"},
            "budget": "100",
            "params": {},
            "ballots": [
                {"approve": ["灯", "坡道"], "count": 5},
                {"approve": ["灯", "沙坑"], "count": 3},
                {"approve": []},
            ],
        }

    def test_why_each_is_in_or_out(self, case: dict[str, Any]) -> None:
        told = explained(case)
        assert told.verdict.text.startswith(
            "定下 3 个项目：灯、沙坑、牌。共 100 元，预算 100 元，还剩 0 元。"
        )
        why = {row[0]: row[-1] for row in told.table.rows}
        assert why["坡道"] == "轮到它只剩 50 元，要 60 元"
        assert why["牌"] == "没有人选，但钱够"
        (course,) = told.more
        assert course.rows[0] == ("灯", 8, "50 元", "办", "50 元")
        assert course.rows[1] == ("坡道", 5, "60 元", "钱不够", "50 元")

    def test_equal_shares_say_what_was_left_in_the_purses(self, case: dict[str, Any]) -> None:
        told = explained({**case, "method": "pb_mes"})
        assert "每人 11.11 元" in told.how
        why = {row[0]: row[-1] for row in told.table.rows}
        assert why["牌"] == "没有人选"
        assert why["坡道"] == "选它的人手里一共只剩 24.30 元，要 60 元"

    def test_money_that_does_not_reach_for_the_tied(self, case: dict[str, Any]) -> None:
        ballots = [{"approve": ["坡道"]}, {"approve": ["灯"]}]
        told = explained({**case, "ballots": ballots})
        assert told.verdict.mark == "票数相同"
        assert "“灯”“坡道”" in told.verdict.text

    def test_nothing_can_be_paid(self) -> None:
        told = explained(WORKED["pb_greedy-nothing-affordable-cost"])
        assert told.verdict.mark == "一个也没定下"


class TestMarks:
    def test_several_seats_name_everybody(self) -> None:
        told = explained(WORKED["approval-seats-equal-options"])
        assert told.verdict.text.startswith("选出 5 项：“A”（1 票）")

    def test_yes_or_no(self) -> None:
        case = {"method": "plurality", "options": ["同意", "不同意"], "params": {}}
        passed = explained({**case, "ballots": [{"choice": "同意"}]})
        failed = explained({**case, "ballots": [{"choice": "不同意"}]})
        assert (passed.verdict.mark, failed.verdict.mark) == ("通过", "未通过")

    def test_scores_by_mean_leave_out_who_said_nothing(self) -> None:
        told = explained(WORKED["score-mean-thirds"])
        assert told.verdict.text == "“A”平均 2.75 分，最高。"
        assert "没打分的不算" in told.how


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(set(METHODS) - {"resolution"})).flatmap(questions))
def test_any_small_election_is_explained(case: dict[str, Any]) -> None:
    tally, told = recount(case), explained(case)
    assert [o for o in tally["winners"] + tally["tied"] if o not in told.verdict.text] == []
    for step in told.steps:
        assert all(0 <= b.part <= b.whole or b.whole == 0 for b in step.bars)
        assert step.text or step.bars
    for table in (told.table, *told.more):
        assert {len(row) for row in table.rows} <= {len(table.columns)}
    bars = [b for step in told.steps for b in step.bars]
    chosen = {b.label for b in bars if b.fate is Fate.IN and not b.plain}
    assert chosen <= set(tally["winners"])
    if bars and not tally["tied"]:
        assert chosen == set(tally["winners"])
