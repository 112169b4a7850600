"""What the count makes of rolls and ballots as the tables hold them: the file, the channels, silence, letters."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly import countfile
from portal.assembly.leaves.doors import building_rows
from portal.assembly.leaves.results import (
    agreement_bars,
    both_counts,
    choice_rows,
    participation_bars,
    result_law,
    result_mark,
    result_sentence,
)
from portal.assembly.models.papers import Proxy
from portal.assembly.models.reaching import Delivery
from portal.assembly.models.rolls import RollUnit, Speaker, Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.tally import tallied
from portal.assembly.words import Capacity, Channel, DeliveryWay, ProxyState, Silence, VoterKind, VoteState
from portal.core.db import db, transaction
from portal.voting.bundle import bundle
from portal.voting.counting.weight import Weight, weight
from tests.assembly.conftest import MakeVote, speaker_of, voter_of
from tests.assembly.papers import put_in
from tests.world import NOW, UNITS, World

ONE = ({"question": "换电梯", "wish": "", "item": 5},)
ALL = sum(UNITS.values())


def closed(make_vote: MakeVote, **given: Any) -> OwnersVote:
    return make_vote(state=VoteState.CLOSED, **{"matters": ONE, **given})


def result(vote: OwnersVote, n: int = 0) -> dict[str, Any]:
    return tallied(vote)[n][1]


def of(pair: list[str | int]) -> Weight:
    return weight(pair, "test")


def reasons(vote: OwnersVote) -> list[str]:
    return [line["reason"] for line in result(vote)["uncounted"]]


def letter(world: World, vote: OwnersVote, key: str, **given: Any) -> int:
    """A written authority for the head of a unit; accepted and for all matters unless said."""
    voter = voter_of(vote, key)
    columns = {
        "state": ProxyState.ACCEPTED,
        "agent_name": "赵强",
        "agent_id": world.ids["tenant"],
        "matters": "0",
        "submitted_by_id": world.ids["worker"],
        "at": vote.opens_at,
        "moved_at": vote.opens_at,
        "once": f"letter-{key}",
    }
    with transaction():
        proxy = Proxy(vote_id=vote.id, voter_id=voter.id, place_path=voter.place_path, **(columns | given))
        db.session.add(proxy)
        db.session.flush()
        return proxy.id


def reach(vote: OwnersVote, world: World, key: str, way: DeliveryWay, warned: bool = True) -> None:
    voter = voter_of(vote, key)
    with transaction():
        db.session.add(
            Delivery(
                vote_id=vote.id,
                voter_id=voter.id,
                place_path=voter.place_path,
                way=way,
                warned=warned,
                by_id=world.ids["worker"],
                at=vote.opens_at,
                once=f"{key}-{way}",
            )
        )


class TestTheFile:
    def test_the_roll_of_the_file_is_the_roll_of_the_vote(self, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        assert of(result(vote)["total"]) == Weight(vote.area, vote.heads) == Weight(ALL, 5)

    def test_the_same_on_every_reading(self, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        for key in UNITS:
            put_in(vote, key, "for", at=vote.opens_at)
        first = countfile.count_text(vote)
        db.session.expire_all()
        assert countfile.count_text(vote) == first
        assert (
            first.encode()
            == json.dumps(
                json.loads(first), ensure_ascii=False, sort_keys=True, separators=(",", ":")
            ).encode()
            + b"\n"
        )

    def test_only_numbers_stand_for_people(self, world: World, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        put_in(vote, "101", "for", channel=Channel.PROXY, proxy_id=letter(world, vote, "101", agent_id=None))
        text = countfile.count_text(vote)
        assert not any(name in text for name in ("王", "顾", "赵", "1990000", "12号楼1单元"))

    def test_the_single_file_says_the_same_on_a_bare_python(
        self, make_vote: MakeVote, tmp_path: Path
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        for key in UNITS:
            put_in(vote, key, "for,against")
        program, file = tmp_path / "recount.pyz", tmp_path / "count.json"
        program.write_bytes(bundle())
        file.write_text(countfile.count_text(vote))
        ran = subprocess.run(
            [sys.executable, "-I", program, file], capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        assert [json.loads(line)["passed"] for line in ran.stdout.splitlines()] == [True, False]
        file.write_text(file.read_text().replace('"choice":"for"', '"choice":"against"', 1))
        ran = subprocess.run(
            [sys.executable, "-I", program, file], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 1

    def test_every_rule_of_the_vote_is_in_it(self, make_vote: MakeVote) -> None:
        vote = closed(
            make_vote, invalid_participates=True, conflict_invalid=True, last_counts=True, proxy_cap=2
        )
        params = countfile.cases(vote, countfile.matters_of(vote))[0]["params"]
        closes = params.pop("closes_at")
        assert re.fullmatch(r"2026-06-16T08:20:00\.000000\+08:00", closes)
        assert params == {
            "item": 5,
            "invalid": "participating",
            "co_owner_conflict": "invalid",
            "duplicate": "last",
            "count_parking": False,
            "non_response": "not_participating",
            "proxy_cap": 2,
        }


class TestHeads:
    def test_co_owners_who_agree_are_one_head(self, world: World, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        for name in ("owner", "co_owner"):
            put_in(vote, "101", "for", speaker_id=speaker_of(world, vote, name).id, channel=Channel.ONLINE)
        assert of(result(vote)["part"]) == Weight(8932, 1)
        assert result(vote)["channels"] == {"online": ["89.32", 1]}

    @pytest.mark.parametrize(
        ("invalid", "conflict", "part"),
        [(False, False, 0), (True, False, 0), (False, True, 0), (True, True, 1)],
    )
    def test_co_owners_who_differ(
        self, world: World, make_vote: MakeVote, invalid: bool, conflict: bool, part: int
    ) -> None:
        vote = closed(make_vote, invalid_participates=invalid, conflict_invalid=conflict)
        for name, said in (("owner", "for"), ("co_owner", "against")):
            put_in(vote, "101", said, speaker_id=speaker_of(world, vote, name).id, channel=Channel.ONLINE)
        counted = result(vote)
        assert counted["part"][1] == part
        assert sum(of(w).heads for w in counted["channels"].values()) == part
        assert counted["conflicts"] == [f"u{world.ids['101']}"]

    def test_whom_they_settled_on_speaks_for_both(self, world: World, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        with transaction():
            db.session.execute(
                sa.update(Speaker)
                .where(Speaker.id == speaker_of(world, vote, "co_owner").id)
                .values(designated=True)
            )
        for name, said in (("owner", "against"), ("co_owner", "for")):
            put_in(vote, "101", said, speaker_id=speaker_of(world, vote, name).id, channel=Channel.ONLINE)
        assert reasons(vote) == ["NOT_DESIGNATED"]
        assert of(result(vote)["agree"]) == Weight(8932, 1)

    def test_a_developer_is_one_head_whoever_comes(self, world: World, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        dev, other = voter_of(vote, "102"), voter_of(vote, "shop")
        with transaction():
            db.session.execute(
                sa.update(RollUnit).where(RollUnit.voter_id == dev.id).values(delivery="unsold")
            )
            db.session.execute(
                sa.update(RollUnit)
                .where(RollUnit.voter_id == other.id)
                .values(delivery="undelivered", voter_id=dev.id)
            )
            db.session.execute(
                sa.update(Voter)
                .where(Voter.id == dev.id)
                .values(kind=VoterKind.DEVELOPER, area=13432, units=2)
            )
            db.session.execute(sa.delete(Voter).where(Voter.id == other.id))
            for n in range(2):
                db.session.add(
                    Speaker(
                        vote_id=vote.id,
                        voter_id=dev.id,
                        place_path=dev.place_path,
                        name=f"代表{n}",
                        capacity=Capacity.REPRESENTATIVE,
                    )
                )
        one, two = db.session.scalars(sa.select(Speaker.id).where(Speaker.voter_id == dev.id)).all()
        put_in(vote, "102", "for", speaker_id=one)
        put_in(vote, "102", "against", speaker_id=two, at=vote.opens_at + timedelta(hours=1))
        counted = result(vote)
        assert counted["total"][1] == 4
        assert of(counted["agree"]) == Weight(13432, 1)
        assert reasons(vote) == ["DUPLICATE"]

    def test_an_unknown_owner_stays_in_what_is_divided_by(self, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        put_in(vote, "202", "for")
        assert of(result(vote)["total"]) == Weight(ALL, 5)
        assert of(result(vote)["part"]) == Weight(12050, 1)


class TestPapers:
    def test_of_two_media_the_first_or_the_last_counts(self, world: World, make_vote: MakeVote) -> None:
        for last, said in ((False, "for"), (True, "against")):
            vote = closed(make_vote, last_counts=last)
            me = speaker_of(world, vote, "chair").id
            put_in(vote, "201", "for", speaker_id=me, channel=Channel.ONLINE)
            put_in(vote, "201", "against", at=vote.opens_at + timedelta(hours=2))
            assert result(vote)["choices"][said] == ["120.50", 1]
            assert list(result(vote)["channels"]) == ["paper" if last else "online"]

    def test_a_blank_on_one_matter_counts_on_the_other(self, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        put_in(vote, "201", "for,")
        assert result(vote, 0)["part"] == ["120.50", 1]
        assert result(vote, 1)["part"] == ["0.00", 0]
        assert result(vote, 1)["uncounted"][0]["reason"] == "BLANK"

    def test_at_the_hour_it_is_late(self, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        put_in(vote, "201", "for", at=vote.closes_at - timedelta(microseconds=1))
        put_in(vote, "202", "for", at=vote.closes_at)
        assert reasons(vote) == ["LATE"]
        assert result(vote)["part"] == ["120.50", 1]

    def test_an_agent_speaks_where_his_letter_says_so(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        put_in(vote, "201", "for,for", channel=Channel.PROXY, proxy_id=letter(world, vote, "201"))
        assert result(vote, 0)["part"][1] == 1
        assert result(vote, 1)["uncounted"][0]["reason"] == "UNAUTHORISED"

    @pytest.mark.parametrize("state", ProxyState)
    def test_only_a_letter_that_stood_at_the_close(
        self, world: World, make_vote: MakeVote, state: ProxyState
    ) -> None:
        vote = closed(make_vote)
        proxy = letter(world, vote, "201", state=state)
        put_in(vote, "201", "for", channel=Channel.PROXY, proxy_id=proxy)
        assert result(vote)["part"][1] == int(state is ProxyState.ACCEPTED)

    def test_one_agent_acts_for_so_many(self, world: World, make_vote: MakeVote) -> None:
        vote = closed(make_vote, proxy_cap=2)
        for key in ("101", "201", "202"):
            put_in(
                vote,
                key,
                "for",
                channel=Channel.PROXY,
                proxy_id=letter(world, vote, key, agent_id=None, agent_name="代理人"),
            )
        assert reasons(vote) == ["PROXY_CAP"]

    def test_all_channels_count_alike(self, world: World, make_vote: MakeVote) -> None:
        mixed, paper = closed(make_vote), closed(make_vote)
        put_in(mixed, "201", "for", speaker_id=speaker_of(world, mixed, "chair").id, channel=Channel.ONLINE)
        put_in(mixed, "202", "against", channel=Channel.PROXY, proxy_id=letter(world, mixed, "202"))
        put_in(mixed, "102", "for", channel=Channel.DESK)
        put_in(mixed, "shop", "abstain", channel=Channel.OFFICIAL)
        for key, said in (("201", "for"), ("202", "against"), ("102", "for"), ("shop", "abstain")):
            put_in(paper, key, said)
        one, other = result(mixed), result(paper)
        assert {k: one[k] for k in ("total", "part", "agree", "choices", "verdict")} == {
            k: other[k] for k in ("total", "part", "agree", "choices", "verdict")
        }
        came = one["channels"].values()
        assert Weight(sum(of(w).area for w in came), sum(of(w).heads for w in came)) == of(one["part"])


class TestSilence:
    def test_only_who_was_reached_with_proof_and_warned(self, world: World, make_vote: MakeVote) -> None:
        vote = closed(make_vote, silence=Silence.FOLLOW_MAJORITY)
        put_in(vote, "201", "for")
        reach(vote, world, "101", DeliveryWay.HANDED)
        reach(vote, world, "102", DeliveryWay.POSTED)
        reach(vote, world, "202", DeliveryWay.REFUSED)
        reach(vote, world, "shop", DeliveryWay.MAIL, warned=False)
        said = result(vote)
        assert said["flag"] == "RULE_DEPENDENT"
        assert said["silent"]["served"] == ["209.82", 2]
        assert said["silent"]["unserved_units"] == 2
        assert (said["part"][1], said["plain"]["part"][1]) == (3, 1)
        assert both_counts(said)[0] == ("参加人数", "3", "1")

    def test_without_the_rule_nobody_is_deemed_anything(self, world: World, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        reach(vote, world, "101", DeliveryWay.HANDED)
        put_in(vote, "201", "for")
        assert "flag" not in result(vote)
        assert result(vote)["part"][1] == 1

    def test_sums_say_the_same_with_silence(self, world: World, make_vote: MakeVote) -> None:
        vote = closed(make_vote, silence=Silence.ABSTAIN, invalid_participates=True)
        for key, word in (("201", "for"), ("202", "invalid"), ("101", "for")):
            put_in(vote, key, word)
        reach(vote, world, "102", DeliveryWay.PORTAL)
        with transaction():
            for matter, counted in tallied(vote):
                matter.result = counted
        [case] = countfile.sums(vote, countfile.matters_of(vote))
        [said] = countfile.counted([case])
        assert {k: said[k] for k in case["expected"]} == case["expected"]
        assert said["part"] == ["419.64", 4]


def shaped(
    total: int, heads: int, part: tuple[int, int], agree: tuple[int, int], item: int
) -> dict[str, Any]:
    """The result of a count of sums, as it would be kept."""

    def pair(hundredths: int, n: int) -> list[str | int]:
        return [f"{hundredths // 100}.{hundredths % 100:02d}", n]

    electorate = {
        "total": pair(total, heads),
        "for": pair(*agree),
        "against": pair(part[0] - agree[0], part[1] - agree[1]),
    }
    [said] = countfile.counted(
        [
            {
                "method": "gates",
                "options": [],
                "params": {"item": item},
                "electorate": electorate,
                "ballots": [],
            }
        ]
    )
    return said


class TestWords:
    def test_half_is_not_more_than_half(self) -> None:
        said = shaped(100000, 10, (80000, 8), (40000, 5), 5)
        assert result_mark(said) == ("未通过", "danger")
        assert result_sentence(said).endswith("同意面积差 0.01㎡，未过半。")
        assert [b.state for b in agreement_bars(said)] == ["pass", "short"]

    def test_three_quarters_is_enough(self) -> None:
        said = shaped(100000, 12, (80000, 8), (60000, 6), 7)
        assert result_mark(said)[0] == "通过"
        assert "都达到 3/4" in result_sentence(said)

    def test_short_of_both(self) -> None:
        said = shaped(100000, 12, (80000, 8), (59999, 5), 7)
        assert result_sentence(said).endswith("同意人数差 1 人、面积差 0.01㎡，未到四分之三。")

    def test_too_few_took_part(self) -> None:
        said = shaped(100000, 3, (66666, 2), (66666, 2), 5)
        assert result_mark(said)[0] == "不成立"
        assert result_sentence(said).endswith("参加的面积差 0.01㎡，没有达到 2/3，这项表决不成立。")
        heads, area = participation_bars(said)
        assert (heads.state, area.state) == ("pass", "short")

    def test_a_missed_mark_is_not_rounded_up_onto_it(self) -> None:
        said = shaped(100000000, 3, (66666666, 2), (66666666, 2), 5)
        assert participation_bars(said)[1].exact == "66.66%"

    def test_nobody_at_all(self) -> None:
        said = shaped(100000, 3, (0, 0), (0, 0), 5)
        assert result_mark(said)[0] == "不成立"
        assert agreement_bars(said)[0].exact == "0.00%"
        assert len(choice_rows(said)) == 4

    @pytest.mark.parametrize("item", range(1, 10))
    def test_every_clause_is_named(self, item: int) -> None:
        law = result_law(shaped(100, 1, (100, 1), (100, 1), item))
        assert f"（{'一二三四五六七八九'[item - 1]}）项" in law
        assert ("3/4" in law) == (item in (6, 7, 8))

    def test_buildings_say_who_took_part(self, make_vote: MakeVote) -> None:
        vote = closed(make_vote)
        put_in(vote, "201", "against")
        assert building_rows(result(vote)) == [
            ("12号楼、东门底商", 1, 5)
        ]  # one shop alone would tell of itself


def test_the_hour_of_the_tests(make_vote: MakeVote) -> None:
    assert closed(make_vote).closes_at < NOW


def test_buildings_stand_in_the_order_of_house_numbers() -> None:
    line = {"part": ["1.00", 1], "total": ["1.00", 3]}
    names = [
        name for name, *_ in building_rows({"buildings": dict.fromkeys(("10号楼", "1号楼", "2号楼"), line)})
    ]
    assert names == ["1号楼", "2号楼", "10号楼"]
