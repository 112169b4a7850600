"""Elections without the procedure: what a paper may mark, how seats are settled, what the count makes of it all."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.assembly import countfile, marks, nominees
from portal.assembly.jurisdictions import PACKS
from portal.assembly.marks import Asked
from portal.assembly.models.votes import OwnersVote
from portal.assembly.official.checking import Ground, Why, check
from portal.assembly.official.reading import Row
from portal.assembly.seats import check_seats, fewest
from portal.assembly.tally import tallied
from portal.assembly.words import Channel, Silence, VoteState
from portal.core.db import transaction
from portal.core.errors import Invalid
from portal.voting.bundle import bundle
from portal.voting.counting import recount
from portal.voting.counting.weight import Weight, weight
from tests.assembly.conftest import CLOSES, OPENS, MakeVote, speaker_of
from tests.assembly.electing import SEATS, WITH_QUESTION, five_stand
from tests.assembly.papers import put_in
from tests.world import UNITS, World

LIST = (Asked(2, (1, 2, 4)), marks.QUESTION)
ALL = sum(UNITS.values())


class TestMarks:
    @pytest.mark.parametrize(
        ("said", "kept"),
        [("c4+c1", "c1+c4"), ("c2", "c2"), ("c2+c2", "c2"), ("abstain", "abstain")],
    )
    def test_candidates_are_kept_by_number(self, app: Flask, said: str, kept: str) -> None:
        assert marks.spoken([said, "for"], LIST) == f"{kept},for"

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ("", "还没有选"),
            ("c1+c2+c4", "最多选 2 位，您选了 3 位"),
            ("c3", "名单有变化"),
            ("c1+abstain", "不能再选候选人"),
            ("for", "不能再选候选人"),
            ("invalid", "不能再选候选人"),
        ],
    )
    def test_what_elects_nobody_is_refused(self, app: Flask, said: str, words: str) -> None:
        with pytest.raises(Invalid, match=words) as refused:
            marks.spoken([said, "for"], LIST)
        assert refused.value.field == "choice-0"

    def test_a_question_takes_no_candidates(self, app: Flask) -> None:
        with pytest.raises(Invalid):
            marks.spoken(["c1", "c1"], LIST)

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("c2+c1", "c1+c2"),
            ("c1+c2+c4", "invalid"),
            ("", ""),
            ("invalid", "invalid"),
            ("abstain", "abstain"),
        ],
    )
    def test_a_paper_with_too_many_is_unclear(self, app: Flask, said: str, kept: str) -> None:
        assert marks.read_off([said, "for"], LIST) == f"{kept},for"

    @pytest.mark.parametrize("said", ["c3", "for", "c1+none", "?"])
    def test_what_is_no_reading_is_refused(self, app: Flask, said: str) -> None:
        with pytest.raises(Invalid):
            marks.read_off([said, "for"], LIST)


class TestSeats:
    @pytest.mark.parametrize("seats", [3, 5, 15])
    def test_a_whole_committee_is_odd(self, app: Flask, seats: int) -> None:
        check_seats("election", 3, seats)

    @pytest.mark.parametrize("seats", [None, 0, 1, 2, 4, 17])
    def test_and_never_fewer_than_three(self, app: Flask, seats: int | None) -> None:
        with pytest.raises(Invalid) as refused:
            check_seats("election", 3, seats)
        assert refused.value.field == "seats"

    def test_a_by_election_fills_what_is_vacant(self, app: Flask) -> None:
        check_seats("by_election", 3, 2)

    def test_only_elections_have_seats_and_they_come_under_item_three(self, app: Flask) -> None:
        check_seats("recall", 3, None)
        for wish, item, seats in (("recall", 3, 1), ("election", 9, 5)):
            with pytest.raises(Invalid):
                check_seats(wish, item, seats)

    @pytest.mark.parametrize(
        ("place", "units", "area", "least"),
        [
            ("national", 5000, 1, 3),
            ("beijing", 99, 1, 3),
            ("beijing", 100, 1, 5),
            ("shanghai", 500, 1_000_000, 3),
            ("shanghai", 500, 1_000_001, 5),
            ("taizhou", 20, 1, 5),
        ],
    )
    def test_small_estates_may_have_a_small_committee(
        self, place: str, units: int, area: int, least: int
    ) -> None:
        assert fewest(PACKS[place], units, area) == least


class TestDoors:
    @pytest.mark.parametrize(
        ("label", "typed", "same"),
        [
            ("12号楼1单元201室", "12-1-201", True),
            ("12号楼1单元201室", " 12号楼 1单元 201室 ", True),
            ("12号楼1单元201室", "12-1-202", False),
            ("东门底商1号", "东门底商1号", True),
            ("东门底商1号", "1", False),
            ("12号楼1单元201室", "", False),
            ("A座1-201", "a座1单元201室", True),
            ("A座1-201", "B座1-201", False),
        ],
    )
    def test_a_door_is_found_as_people_write_it(self, label: str, typed: str, same: bool) -> None:
        assert nominees._same_door(label, typed) is same


def elected(vote: OwnersVote) -> dict[str, Any]:
    return tallied(vote)[0][1]


def of(pair: list[str | int]) -> Weight:
    return weight(pair, "test")


class TestTheCount:
    def test_the_case_of_the_domain_file(self) -> None:
        """O06: each seat needs more than half of both; e has exactly half of the area."""
        said = {"a": ["4000.00", 40], "b": ["3500.00", 35], "c": ["3100.00", 33], "d": ["3000.01", 31],
                "e": ["3000.00", 31], "f": ["2900.00", 32]}  # fmt: skip
        got = recount(
            {
                "method": "committee_election",
                "options": [],
                "params": {"seats": 5},
                "electorate": {"total": ["9000.00", 90], "part": ["6000.00", 60], "candidates": said},
                "ballots": [],
            }
        )
        assert (sorted(got["elected"]), got["vacant"]) == (["a", "b", "c", "d"], 1)
        assert got["candidates"]["e"]["shortfall_area"] == "0.01"
        assert got["candidates"]["e"]["majority_heads"] is True

    def test_ballots_of_every_channel_elect(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED, matters=SEATS)
        five_stand(world, vote)
        put_in(vote, "101", "c1+c2", speaker_id=speaker_of(world, vote, "owner").id, channel=Channel.ONLINE)
        put_in(vote, "201", "c1+c2+c3")
        put_in(vote, "202", "c1+c4")
        put_in(vote, "shop", "abstain")
        got = elected(vote)
        assert (sorted(got["elected"]), got["vacant"], got["tied"]) == (["c1"], 2, [])
        assert of(got["candidates"]["c2"]["votes"]) == Weight(8932 + 12050, 2)
        assert of(got["abstained"]) == Weight(4500, 1)
        assert got["channels"] == {"online": ["89.32", 1], "paper": ["286.00", 3]}
        assert sum(of(line["part"]).heads for line in got["buildings"].values()) == 4
        assert list(got["candidates"]) == ["c1", "c2", "c3", "c4", "c5"]

    def test_a_paper_with_too_many_takes_part_only_if_the_rules_say_so(
        self, world: World, make_vote: MakeVote
    ) -> None:
        for participates, heads in ((False, 1), (True, 2)):
            vote = make_vote(state=VoteState.CLOSED, matters=SEATS, invalid_participates=participates)
            five_stand(world, vote)
            put_in(vote, "101", "c1+c2+c3+c4")
            put_in(vote, "201", "c1")
            got = elected(vote)
            assert of(got["part"]).heads == heads
            assert [u["reason"] for u in got["uncounted"]] == ([] if participates else ["INVALID"])

    def test_an_unclear_paper_and_an_empty_one(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED, matters=SEATS)
        five_stand(world, vote)
        put_in(vote, "101", "invalid")
        put_in(vote, "201", "")
        assert [u["reason"] for u in elected(vote)["uncounted"]] == ["INVALID", "BLANK"]

    def test_who_was_served_and_is_silent_takes_part_and_elects_nobody(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED, matters=SEATS, silence=Silence.FOLLOW_MAJORITY)
        five_stand(world, vote)
        put_in(vote, "101", "c1")
        got = elected(vote)
        assert got["silent"]["deemed"] == "abstain"
        assert got["silent"]["unserved_units"] == 4
        assert got["flag"] == "RULE_DEPENDENT"

    def test_a_question_on_the_same_paper_is_counted_by_itself(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED, matters=WITH_QUESTION)
        five_stand(world, vote)
        for key in ("101", "102", "201", "202"):
            put_in(vote, key, "c1+c3,for")
        election, question = (result for _matter, result in tallied(vote))
        assert election["elected"] == ["c1", "c3"]
        assert question["passed"] is True

    def test_the_single_file_and_the_sums_say_the_same(
        self, world: World, make_vote: MakeVote, tmp_path: Path
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED, matters=WITH_QUESTION)
        five_stand(world, vote)
        for key, said in (
            ("101", "c1+c2,for"),
            ("102", "c1,for"),
            ("201", "c1+c2,for"),
            ("202", "c2,against"),
        ):
            put_in(vote, key, said)
        matters = countfile.matters_of(vote)
        with transaction():
            for matter, result in tallied(vote):
                matter.result = result
        text = countfile.count_text(vote)
        assert not any(name in text for name in ("王", "顾", "12号楼1单元"))
        program, file = tmp_path / "recount.pyz", tmp_path / "count.json"
        program.write_bytes(bundle())
        for content in (text, countfile.spelled(countfile.sums(vote, matters))):
            file.write_text(content)
            ran = subprocess.run(
                [sys.executable, "-I", program, file], capture_output=True, text=True, check=False
            )
            assert (ran.returncode, ran.stderr) == (0, "")
            assert json.loads(ran.stdout.splitlines()[0])["elected"] == ["c1", "c2"]


class TestOfficialRows:
    @pytest.mark.parametrize(
        ("cell", "kept"),
        [
            ("1+4", "c1+c4"),
            ("4、1", "c1+c4"),
            ("c1 c4", "c1+c4"),
            ("2号", "c2"),
            ("弃权", "abstain"),
            ("无效", "invalid"),
        ],
    )
    def test_a_cell_is_read_as_people_write_it(self, cell: str, kept: str) -> None:
        assert [b.choices for b in check([row(cell)], ground()).ballots] == [f"{kept},"]

    @pytest.mark.parametrize(
        ("cell", "why"),
        [
            ("3", Why.CANDIDATES),
            ("同意", Why.CANDIDATES),
            ("", Why.CANDIDATES),
            ("1+2+4", Why.TOO_MANY),
        ],
    )
    def test_what_is_refused_says_why(self, cell: str, why: Why) -> None:
        assert check([row(cell)], ground()).refused == [(2, why)]


def ground() -> Ground:
    return Ground({"1"}, LIST, OPENS, CLOSES, {"7": 1}, frozenset())


def row(choice: str) -> Row:
    return Row(2, "1", "7", "1", choice, "online", "2026-06-16 09:20", "S1", "0" * 64)
