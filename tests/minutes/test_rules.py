"""The rules of minutes, without a database."""

import hashlib
import json
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock
from portal.meetings.hands import Rule
from portal.meetings.quorum import Presence
from portal.meetings.sides import Side
from portal.meetings.words import MotionState
from portal.minutes import masking, prefilled, rules, sealing
from portal.minutes.masking import Telling
from portal.minutes.rules import Known, Placed, relined

NOW = clock.at(date(2026, 6, 25), 21)
WORDS = st.lists(st.sampled_from("一二三四五六"), max_size=8)


def known(*texts: str) -> list[Known]:
    return [Known(n, text) for n, text in enumerate(texts, 1)]


def test_lines_that_stay_are_themselves() -> None:
    assert relined(known("甲", "乙", "丙"), ["甲", "新", "乙", "丙"]) == (
        [Placed(1, "甲"), Placed(None, "新"), Placed(2, "乙"), Placed(3, "丙")],
        [],
    )


def test_a_line_that_was_mended_keeps_its_place() -> None:
    assert relined(known("甲", "乙", "丙"), ["甲", "乙二", "丙"]) == (
        [Placed(1, "甲"), Placed(2, "乙二"), Placed(3, "丙")],
        [],
    )


def test_a_line_that_is_gone_is_named() -> None:
    assert relined(known("甲", "乙", "丙"), ["甲", "丙"]) == ([Placed(1, "甲"), Placed(3, "丙")], [2])
    assert relined(known("甲"), []) == ([], [1])
    assert relined([], ["甲"]) == ([Placed(None, "甲")], [])


@given(WORDS, WORDS)
def test_every_line_is_accounted_for(before: list[str], after: list[str]) -> None:
    placed, gone = relined(known(*before), after)
    kept = [p.id for p in placed if p.id is not None]
    assert [p.text for p in placed] == after
    assert len(set(kept)) == len(kept)
    assert sorted([*kept, *gone]) == list(range(1, len(before) + 1))
    assert relined(known(*before), before) == ([Placed(n, t) for n, t in enumerate(before, 1)], [])


def test_paragraphs_become_lines() -> None:
    assert rules.paragraphs("  一\r\n\n  二  三 \n") == ["一", "二 三"]
    assert rules.paragraphs(" \n") == []


@pytest.mark.parametrize(
    ("left", "moved"), [(48, 48), (25, 25), (24, 24), (23, 24), (1, 24), (0, 24), (-5, 24)]
)
def test_a_correction_leaves_a_day_to_read_it(left: int, moved: int) -> None:
    until = rules.after_correction(NOW + timedelta(hours=left), NOW)
    assert until == NOW + timedelta(hours=moved)


def test_hours_of_reading() -> None:
    assert rules.earliest_end(NOW) == NOW + timedelta(hours=24)
    assert rules.usual_end(NOW) == clock.at(date(2026, 6, 28), 18)
    assert rules.earliest_end(NOW) <= rules.usual_end(NOW) <= rules.latest_end(NOW)


def test_late_is_counted_in_days() -> None:
    day = date(2026, 7, 1)
    assert rules.days_late(day, day) == 0
    assert rules.days_late(day, date(2026, 7, 3)) == 2
    assert rules.days_late(day, date(2026, 6, 3)) == 0
    assert clock.local(rules.end_of(day)) == datetime(2026, 7, 1, 23, 59, tzinfo=clock.ZONE)


def test_speakers_without_words_are_found() -> None:
    assert rules.unfinished(["物业（赞成）：", "居民（反对）：太贵", "居民（提问）： "]) == 2


def test_the_number() -> None:
    assert rules.number(2026, 3) == "纪〔2026〕003号"


def test_names_and_phones_are_half_hidden() -> None:
    text = masking.hidden("王秀兰说王芳的电话是 19900000001，王秀也在", ["王芳", "王秀兰", "王", ""])
    assert text == "王**说王*的电话是 199****0001，王秀也在"
    assert masking.hidden("没有人名", []) == "没有人名"


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("打 199 0000 0001 找他", "打 199****0001 找他"),
        ("打199-0000-0001找他", "打199****0001找他"),
        ("证号 110101199003070013。", "证号 110***************。"),
        ("证号11010119900307001X", "证号110***************"),
        ("证号 110101 19900307 001x", "证号 110***************"),
        ("合同 2026110101199003070013 号", "合同 2026110101199003070013 号"),
        ("预算 19900000001234 分", "预算 19900000001234 分"),
    ],
)
def test_numbers_of_people_are_half_hidden(typed: str, public: str) -> None:
    assert masking.hidden(typed, []) == public


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("物业：样品下周到。", ()),
        ("王秀兰说防滑。", (Telling.NAME,)),
        ("找王秀兰，199 0000 0001", (Telling.NAME, Telling.PHONE)),
        ("身份证 110101199003070013", (Telling.IDENTITY,)),
        ("身份证 110101199003070013，电话 19900000001", (Telling.PHONE, Telling.IDENTITY)),
    ],
)
def test_what_says_who_somebody_is(text: str, by: tuple[Telling, ...]) -> None:
    assert masking.telling(text, ["王秀兰", "兰", ""]) == by
    assert masking.warned([(text, "/there")], ["王秀兰"]) == ([(text, by, "/there")] if by else [])


def test_names_that_were_typed_are_half_hidden_too() -> None:
    typed = document(parts=[{"sections": [{"lines": [{"id": 7, "text": "李国强没来，王秀兰说的"}]}]}])
    line = masking.public(typed, ["李国强"])["parts"][0]["sections"][0]["lines"][0]
    assert line["text"] == "李**没来，王**说的"
    assert set(masking.texts_in(typed)) >= {"李国强没来，王秀兰说的", "陈立军送样品", "沈佳慧"}


def document(**given: Any) -> dict[str, Any]:
    return {
        "people": [{"name": "王秀兰", "substitute": "小周", "side": "resident"}],
        "chair": "冯小霞",
        "recorder": "沈佳慧",
        "tasks": [{"people": ["陈立军"], "what": "陈立军送样品"}],
        "parts": [{"sections": [{"lines": [{"id": 7, "text": "王秀兰和冯小霞都同意"}]}]}],
        **given,
    }


def test_everybody_reads_no_full_name() -> None:
    public = masking.public(document())
    told = json.dumps(public, ensure_ascii=False)
    assert not any(name in told for name in ("王秀兰", "小周", "冯小霞", "沈佳慧", "陈立军"))
    assert public["parts"][0]["sections"][0]["lines"][0] == {"id": 7, "text": "王**和冯**都同意"}
    assert public["masked"] is True
    assert document()["people"][0]["name"] == "王秀兰", "the document itself stays"


def test_one_spelling() -> None:
    one, other = {"b": 1, "a": "字"}, {"a": "字", "b": 1}
    assert sealing.spelled(one) == sealing.spelled(other) == '{"a":"字","b":1}\n'


def test_an_addendum_takes_in_the_one_before() -> None:
    first = sealing.chained("0" * 64, 1, "补记", "2026-07-01T09:00:00+08:00")
    assert len(first) == 64
    assert first != sealing.chained("1" * 64, 1, "补记", "2026-07-01T09:00:00+08:00")
    spelled = '{"at":"t","before":"b","position":1,"text":"x"}\n'
    assert sealing.chained("b", 1, "x", "t") == hashlib.sha256(spelled.encode()).hexdigest()


def person(side: Side, member: bool = True, came: bool = True) -> SimpleNamespace:
    return SimpleNamespace(side=side, member=member, arrived_at=NOW if came else None)


def test_attendance_is_counted_by_side() -> None:
    people = [person(Side.RESIDENT), person(Side.RESIDENT, came=False), person(Side.OTHER, member=False)]
    assert prefilled.present(people) == ["居民：应到 2 人，到会 1 人。", "列席 1 人。"]
    assert prefilled.present([]) == []


def motion(state: MotionState, **given: Any) -> SimpleNamespace:
    words: dict[str, Any] = {
        "text": "换塑木板", "amends_id": None, "moved_side": "resident", "seconded_side": "committee",
        "n_members": 4, "n_present": 4, "n_aside": 0, "n_for": 3, "n_against": 1, "n_abstain": 0,
        "lacking": [],
    }  # fmt: skip
    return SimpleNamespace(**{**words, "state": state, **given})


GOES_BY = SimpleNamespace(rule=Rule.MORE_FOR, quorum=Presence.HALF)


def test_a_motion_reads_with_its_tally() -> None:
    (line,) = prefilled.motions([motion(MotionState.CARRIED)], GOES_BY)
    assert line == (
        "动议：换塑木板。居民提出，业委会附议。应到 4 人，参加表态 4 人：赞成 3，反对 1，弃权 0。结果：通过。"
        "赞成的要比反对的多，要 2 人赞成，够了。"
    )
    (moved,) = prefilled.motions([motion(MotionState.MOVED, seconded_side=None)], GOES_BY)
    assert "赞成" not in moved
    assert prefilled.agreed([motion(MotionState.CARRIED), motion(MotionState.LOST)]) == ["换塑木板"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"n_for": 2, "n_against": 2}, "赞成的要比反对的多，要 3 人赞成，还差 1 人。"),
        ({"n_present": 2, "n_for": 2, "n_against": 0}, "到会的人不够作决定，还差 1 人。"),
        ({"lacking": ["property", "committee"]}, "物业、业委会到的人不够，不能作决定。"),
    ],
)
def test_what_was_lost_says_why(given: dict[str, Any], why: str) -> None:
    """The room said so when it was decided; who reads the minutes was not there."""
    lost = motion(MotionState.LOST, **given)
    assert prefilled.open_points([lost, motion(MotionState.LOST, amends_id=1)], GOES_BY) == [
        "“换塑木板”没有通过：" + why
    ]
    assert prefilled.motions([lost], GOES_BY)[0].endswith("结果：没有通过。" + why)


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("3栋2单元501室漏水", "3栋*单元***室漏水"),
        ("18号楼1202的老人，十二栋三单元五零一也是", "18号楼***的老人，十二栋*单元***也是"),
        ("王家住 501，12-2-1501 没人", "王家住 ***，12-*-*** 没人"),
        ("2单元 301、302号", "*单元 ***、302号"),
        ("3栋2单元502张阿姨，12号楼1202家漏水", "3栋*单元***张阿姨，12号楼***家漏水"),
        ("住501天天吵，2单元101年久失修，3栋501人不在", "住***天天吵，*单元***年久失修，3栋***人不在"),
        ("12号楼-101，东单元的101，12#1202", "12号楼-***，*单元的***，12#***"),
        ("3栋2单元5楼502，我家在501", "3栋*单元5楼***，我家在***"),
    ],
)
def test_doors_of_homes_are_hidden(typed: str, public: str) -> None:
    assert masking.hidden(typed, []) == public
    assert masking.hidden(public, []) == public
    assert masking.telling(typed, []) == (Telling.DOOR,)


@pytest.mark.parametrize(
    "typed",
    [
        "18栋300多户，3号楼120户，2单元120人签了字",
        "3栋2单元楼道，2026年6月18日，2026-06-18，0971-0000 110",
        "12栋1200平方米，18栋240㎡，一共 450 元，社区305室开会",
        "18栋300张选票，3号楼的120家商户，2单元120天，2单元100人不同意，5号楼 303路公交",
    ],
)
def test_what_is_counted_is_no_door(typed: str) -> None:
    assert masking.hidden(typed, []) == typed
    assert masking.telling(typed, []) == ()
