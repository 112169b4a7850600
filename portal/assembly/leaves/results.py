"""What came out, in words and bars. Whole numbers decide; a percentage is only shown."""

from collections import Counter as Counted
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from ...core.leaves_figures import grouped, num, share
from ...core.text import N_, _
from ...voting.counting.papers import Reason
from ...voting.counting.share import MAJORITY, THREE_QUARTERS, TWO_THIRDS
from ...voting.counting.weight import Weight, weight
from ...voting.explaining.figures import joined
from ..uncounted import Aside, Why
from ..wishes import ITEM_WORD, numeral
from ..words import (
    CHANNEL_WORD,
    CHOICE_WORD,
    COUNTER_WORD,
    OBJECTION_WORD,
    SILENCE_WORD,
    Channel,
    Choice,
    Counter,
    ObjectionKind,
    Silence,
)

Result = dict[str, Any]
UNCOUNTED_WORD: dict[Why, str] = {
    Reason.NOT_ON_ROLL: N_("不在名册上"),
    Reason.NOT_A_CO_OWNER: N_("投票的人不是共有人"),
    Reason.NOT_DESIGNATED: N_("共有人推选了别人"),
    Reason.UNAUTHORISED: N_("没有有效的委托书，或者经业主提出划去了"),
    Reason.LATE: N_("截止以后才收到"),
    Reason.PROXY_CAP: N_("代理人受托超过上限"),
    Reason.DUPLICATE: N_("同一位业主投了几次，只算一次"),
    Reason.INVALID: N_("票面看不清选了什么"),
    Reason.BLANK: N_("没有选"),
    Reason.CO_OWNER_CONFLICT: N_("共有人意见不一致"),
    Aside.STRUCK: N_("经业主提出，两个人核对后划去了"),
    Aside.BELOW: N_("业主自己投了纸质票，以他自己的为准"),
}
CHOICES = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, Choice.INVALID)
MARKS = {f"{s.num}/{s.den}": Fraction(s.num, s.den) for s in (MAJORITY, TWO_THIRDS, THREE_QUARTERS)}
"""Where the law draws its line on a bar."""


class Bar(NamedTuple):
    """A legal share, as `tbar` draws it."""

    label: str
    part: int
    whole: int
    limit: str
    gate: str
    note: str
    state: str
    exact: str
    against: int | None = None
    abstained: int | None = None


def of(pair: list[str | int]) -> Weight:
    """A stored `["9000.00", 90]`."""
    return weight(pair, "result")


def square(hundredths: int) -> str:
    return _("%(n)s㎡", n=grouped(hundredths))


def result_mark(result: Result) -> tuple[str, str]:
    """The result of a matter in one word, and the tone it is said in."""
    if result["passed"]:
        return _("通过"), "ok"
    return (_("不成立") if result["verdict"] == "no_quorum" else _("未通过")), "danger"


def result_sentence(result: Result) -> str:
    """The result in two or three sentences, with what is missing in heads and ㎡."""
    total, part = of(result["total"]), of(result["part"])
    start = _(
        "名册上 %(total)s 位业主，%(part)s 位参加了表决。", total=num(total.heads), part=num(part.heads)
    )
    return start + joins_participation(result) + (_agreement(result) if result["part_ok"] else "")


def result_law(result: Result) -> str:
    """The clause that was applied."""
    item = int(result["item"])
    clause = _(
        "《民法典》第二百七十八条第一款第（%(n)s）项：%(what)s。",
        n=numeral(item),
        what=_(ITEM_WORD[item]),
    )
    if result["kind"] == "special":
        return clause + _("参加的人数和面积都要达到 2/3，其中同意的人数和面积都要达到 3/4。")
    return clause + _("参加的人数和面积都要达到 2/3，其中同意的人数和面积都要超过一半。")


def participation_bars(result: Result) -> tuple[Bar, Bar]:
    whole, part = of(result["total"]), of(result["part"])
    return (
        bar(_("参加的人数"), part.heads, whole.heads, "2/3", bool(result["quorum_owners"]), _heads_note),
        bar(_("参加的面积"), part.area, whole.area, "2/3", bool(result["quorum_area"]), _area_note),
    )


def agreement_bars(result: Result) -> tuple[Bar, Bar]:
    """Of those who took part; who is deemed to have said something is among them."""
    whole, agree = of(result["part"]), of(result["agree"])
    limit = "3/4" if result["kind"] == "special" else "1/2"
    said = said_with_silent(result)
    no, none = said[Choice.AGAINST], said[Choice.ABSTAIN]
    heads = bar(
        _("同意的人数"), agree.heads, whole.heads, limit, bool(result["threshold_owners"]), heads_cast
    )
    area = bar(_("同意的面积"), agree.area, whole.area, limit, bool(result["threshold_area"]), area_cast)
    return (
        heads._replace(against=no.heads, abstained=none.heads),
        area._replace(against=no.area, abstained=none.area),
    )


def said_with_silent(result: Result) -> dict[Choice, Weight]:
    said = {choice: of(result["choices"][choice]) for choice in CHOICES}
    if "silent" in result:
        deemed = Choice(result["silent"]["deemed"])
        said[deemed] = said[deemed].plus(of(result["silent"]["served"]))
    return said


def choice_rows(result: Result) -> list[tuple[str, Weight, Weight]]:
    """(choice, what was said, of how much) in the order of the paper; silence in a line of its own."""
    whole = of(result["part"])
    rows = [(_(CHOICE_WORD[choice]), of(result["choices"][choice]), whole) for choice in CHOICES]
    if "silent" in result:
        deemed = _(CHOICE_WORD[Choice(result["silent"]["deemed"])])
        rows.append((_("没投票，算%(deemed)s", deemed=deemed), of(result["silent"]["served"]), whole))
    return rows


def channel_rows(result: Result) -> list[tuple[str, Weight]]:
    """How the ballots that count came in; all count alike."""
    came = result.get("channels", {})
    return [(_(CHANNEL_WORD[c]), of(came[c])) for c in Channel if c in came]


def left_out(result: Result) -> str:
    """How many papers did not count, by reason; co-owners who differ are told of by their homes."""
    reasons = (Reason(line["reason"]) for line in result["uncounted"])
    papers = Counted(r for r in reasons if r is not Reason.CO_OWNER_CONFLICT)
    return _("、").join(_("%(why)s %(n)d 张", why=_(UNCOUNTED_WORD[r]), n=n) for r, n in papers.items())


def silence_note(result: Result, silence: str) -> str:
    """What the rules make of owners who were served the paper and gave none back."""
    silent = result["silent"]
    served, unserved = of(silent["served"]), of(silent["unserved"])
    deemed = _(CHOICE_WORD[Choice(silent["deemed"])])
    rule = _(SILENCE_WORD[Silence(silence)])
    first = _(
        "议事规则写明：%(rule)s。有送达凭证又没有投票的 %(heads)s 位、%(area)s，算%(deemed)s。",
        rule=rule,
        heads=num(served.heads),
        area=square(served.area),
        deemed=deemed,
    )
    rest = _(
        "没有送达凭证的 %(heads)s 位、%(area)s 不算。", heads=num(unserved.heads), area=square(unserved.area)
    )
    return first + (rest if unserved.heads else "")


def both_counts(result: Result) -> list[tuple[str, str, str]]:
    """(line, with the silent, without them) where a result leans on silence."""
    plain = result["plain"]
    rows = [
        (label, num(of(result[key]).heads), num(of(plain[key]).heads))
        for label, key in ((_("参加人数"), "part"), (_("同意人数"), "agree"))
    ]
    rows += [
        (label, square(of(result[key]).area), square(of(plain[key]).area))
        for label, key in ((_("参加面积"), "part"), (_("同意面积"), "agree"))
    ]
    return [*rows, (_("结论"), result_mark(result)[0], result_mark(plain)[0])]


def fate(reasons: dict[int, Why] | None, matters: int) -> str:
    """Whether a ballot counted, and if not on every matter, why. `reasons`: by position of the matter."""
    if not reasons:
        return _("计入")
    said = joined(dict.fromkeys(_(UNCOUNTED_WORD[r]) for r in reasons.values()))
    if len(reasons) == matters:
        return _("没有计入：%(why)s", why=said)
    return _("%(n)d 项没有计入：%(why)s", n=len(reasons), why=said)


def counter_word(role: str) -> str:
    return _(COUNTER_WORD[Counter(role)])


def objection_word(kind: str) -> str:
    return _(OBJECTION_WORD[ObjectionKind(kind)])


def silence_word(silence: str) -> str:
    return _(SILENCE_WORD[Silence(silence)])


def joins_participation(result: Result) -> str:
    """Whether enough took part, and what is missing."""
    if result["part_ok"]:
        return _("参加的人数和面积都达到 2/3，表决有效。")
    return _(
        "参加的%(short)s，没有达到 2/3，这项表决不成立。", short=_short(result["shortfalls"]["participation"])
    )


def _agreement(result: Result) -> str:
    special = result["kind"] == "special"
    if not result["agree_ok"]:
        gate = _("未到四分之三") if special else _("未过半")
        return _("同意%(short)s，%(gate)s。", short=_short(result["shortfalls"]["agreement"]), gate=gate)
    part, agree = of(result["part"]), of(result["agree"])
    gate = _("都达到 3/4") if special else _("都超过一半")
    return _(
        "参加的人里，同意的人数占 %(heads)s、面积占 %(area)s，%(gate)s。",
        heads=share(agree.heads, part.heads),
        area=share(agree.area, part.area),
        gate=gate,
    )


def _short(gate: dict[str, Any]) -> str:
    return missing(of([gate["area"], gate["owners"]]))


def missing(short: Weight) -> str:
    """What a gate is short of: heads, area or both."""
    heads = _("人数差 %(n)s 人", n=num(short.heads)) if short.heads else ""
    area = _("面积差 %(area)s", area=square(short.area)) if short.area else ""
    return _("%(one)s、%(other)s", one=heads, other=area) if heads and area else heads or area


def bar(label: str, part: int, whole: int, limit: str, met: bool, note: Callable[[int, int], str]) -> Bar:
    """A share of the whole beside its legal mark."""
    gate = _("须超过 1/2") if limit == "1/2" else _("须达 %(limit)s", limit=limit)
    state = "pass" if met else "short"
    exact = share(part, whole, None if met else MARKS[limit])
    return Bar(label, part, whole, limit, gate, note(part, whole), state, exact)


def _heads_note(part: int, whole: int) -> str:
    return _("%(part)s 人，共 %(whole)s 人", part=num(part), whole=num(whole))


def _area_note(part: int, whole: int) -> str:
    return _("%(part)s，共 %(whole)s", part=square(part), whole=square(whole))


def heads_cast(part: int, whole: int) -> str:
    return _("%(part)s 人，参加的共 %(whole)s 人", part=num(part), whole=num(whole))


def area_cast(part: int, whole: int) -> str:
    return _("%(part)s，参加的共 %(whole)s", part=square(part), whole=square(whole))


FILTERS: dict[str, Callable[..., Any]] = {
    "participation_bars": participation_bars,
    "agreement_bars": agreement_bars,
    "choice_rows": choice_rows,
    "channel_rows": channel_rows,
    "left_out": left_out,
    "silence_note": silence_note,
    "counter_word": counter_word,
    "objection_word": objection_word,
    "silence_word": silence_word,
}
