"""Seats by single transferable vote: who was elected when, and where the votes went."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ...core.text import _
from .figures import decimal, joined, quoted, sentences, units, votes, votes_of
from .parts import Bar, Cell, Explanation, Fate, Line, Question, Step, Table, Verdict
from .verdicts import verdict

Stage = Mapping[str, Any]


class Course(NamedTuple):
    """Of every stage: who was elected by it, and who had left before or left at it."""

    elected: list[list[str]]
    gone: list[set[str]]


def stv_scottish(asked: Question) -> Explanation:
    how = _(
        "每人按喜欢的先后排。拿到当选线的当选，多出来的票按比例转给票上的下一位；没有人到线，票最少的退出，"
        "票转给下一位。席位选满为止。"
    )
    quota = Fraction(asked.tally["quota"])
    course = _course(asked, [quota] * len(asked.tally["stages"]))
    return _explained(asked, how, course, [quota] * len(course.elected), _scottish_text)


def stv_meek(asked: Question) -> Explanation:
    how = _(
        "每人按喜欢的先后排。到当选线的当选，每张到他的票只留下刚好够用的一份，其余传给下一位；没有人到线，票最少的"
        "退出。没有下家的票不算，当选线跟着降。席位选满为止。"
    )
    asked = _to_the_tie(asked) if asked.tied else asked
    stages = asked.tally["stages"]
    gone: set[str] = set()
    elected, left = [], []
    for stage in stages:
        elected.append(list(stage["who"]) if stage["kind"] == "elect" else [])
        left.append(set(gone))
        gone |= set(stage["who"]) if stage["kind"] == "exclude" else set()
    course = Course(elected, left)
    said = _explained(asked, how, course, [Fraction(s["quota"]) for s in stages], _meek_text)
    if not any(elected) or not asked.tally["valid"]:
        return said
    words = _(
        "怎么读下面这张表：当选的人票有富余，每张到他的票他只留一部分，留多少刚好让他够当选线，其余的传给这张票上的"
        "下一位。例如留 60%，就是每张票留 0.6 张，传 0.4 张。别人退出、当选线降了，这个比例就再算一遍，所以每一步"
        "可能不同；没当选也没退出的人留 100%。"
    )
    return said._replace(more=(*said.more, _keeping(asked, course)), notes=(*said.notes, words))


def _keeping(asked: Question, course: Course) -> Table:
    """How much of each vote everybody kept who was elected, at every step."""
    stages = asked.tally["stages"]
    ever = [option for option in asked.winners if any(option in names for names in course.elected)]
    columns = ((_("当选的人"), False), *((_("第 %(n)s 步", n=n + 1), True) for n in range(len(stages))))
    rows: list[tuple[Cell, ...]] = [
        (option, *(f"{decimal(Fraction(stage['keep'][option]) * 100)}%" for stage in stages))
        for option in ever
    ]
    return Table(_("每张到他的票，他留下多少"), columns, tuple(rows))


def _to_the_tie(asked: Question) -> Question:
    """Meek's votes move on after the last stage, until the tie is met: that is a stage more to look at."""
    tally = asked.tally
    votes_then = tally["votes"]
    lost = tally["valid"] - sum(map(Fraction, votes_then.values()))
    met = {
        "kind": "tie",
        "who": [],
        "quota": tally["quota"],
        "votes": votes_then,
        "non_transferable": str(lost),
        "keep": tally["keep"],
    }
    return asked._replace(tally={**tally, "stages": [*tally["stages"], met]})


def _course(asked: Question, quotas: Sequence[Fraction]) -> Course:
    """Scottish stages do not say who was elected; it follows from the quota and from who is elected in the end."""
    stages, settled = asked.tally["stages"], set[str]()
    elected: list[list[str]] = []
    gone: list[set[str]] = []
    left: set[str] = set()
    for number, stage in enumerate(stages):
        left |= {stage["who"]} if stage["kind"] == "exclude" else set()
        reached = [
            o for o in asked.winners if o not in settled and Fraction(stage["votes"][o]) >= quotas[number]
        ]
        if number == len(stages) - 1 and not asked.tied:
            reached += [o for o in asked.winners if o not in settled and o not in reached]
        settled |= set(reached)
        elected.append(reached)
        gone.append(set(left))
    return Course(elected, gone)


def _explained(asked: Question, how: str, course: Course, quotas: list[Fraction], text: Any) -> Explanation:
    stages, valid = asked.tally["stages"], asked.tally["valid"]
    steps = [
        Step(
            _("第 %(n)s 步", n=n + 1),
            text(asked, course, n),
            _bars(asked, course, n),
            Line(_("当选线：%(votes)s", votes=votes_of(quotas[n])), units(quotas[n]), max(1, _whole(asked))),
        )
        for n in range(len(stages))
        if valid
    ]
    return Explanation(
        verdict=_verdict(asked),
        how=how,
        steps=tuple(steps),
        table=_table(asked, course),
        notes=tuple(_notes(asked)),
    )


def _whole(asked: Question) -> int:
    """The same length of bars in every step: a little over the most that anybody ever had."""
    stages = asked.tally["stages"]
    most = max((Fraction(v) for s in stages for v in s["votes"].values()), default=Fraction(1))
    return units(max(most, Fraction(asked.tally["quota"])) * 11 / 10)


def _bars(asked: Question, course: Course, number: int) -> tuple[Bar, ...]:
    held = {o: Fraction(v) for o, v in asked.tally["stages"][number]["votes"].items()}
    whole = max(1, _whole(asked))
    elected = {o for stage in course.elected[: number + 1] for o in stage}
    stage = asked.tally["stages"][number]
    leaving = stage["who"] if stage["kind"] == "exclude" else ()
    shown = [o for o in asked.options if o not in course.gone[number]]

    def fate(option: str) -> Fate:
        if option in elected:
            return Fate.IN
        if option in leaving:
            return Fate.OUT
        last = number == len(course.elected) - 1
        return Fate.TIED if last and option in asked.tied else Fate.STAYS

    falling = sorted(shown, key=lambda o: -held[o])
    return tuple(Bar(o, votes_of(held[o]), units(held[o]), whole, fate(o)) for o in falling)


def _scottish_text(asked: Question, course: Course, number: int) -> str:
    stages = asked.tally["stages"]
    stage = stages[number]
    if stage["kind"] == "first":
        start = _("先数每张票排第一的。")
    elif stage["kind"] == "surplus":
        over = Fraction(stages[number - 1]["votes"][stage["who"]]) - Fraction(asked.tally["quota"])
        name, many = quoted([stage["who"]]), votes_of(over)
        start = _("%(name)s比当选线多 %(votes)s，多的按比例转给票上的下一位。", name=name, votes=many)
    else:
        had = votes_of(stages[number - 1]["votes"][stage["who"]])
        start = _(
            "没有人新到当选线，票最少的%(name)s（%(votes)s）退出。", name=quoted([stage["who"]]), votes=had
        )
    moved = _moved(stages[number - 1], stage) if number else ""
    return sentences(start, moved, _elected(asked, course, number, Fraction(asked.tally["quota"])))


def _meek_text(asked: Question, course: Course, number: int) -> str:
    stage = asked.tally["stages"][number]
    quota = votes_of(stage["quota"])
    if stage["kind"] == "first":
        return _("先数每张票排第一的。")
    if stage["kind"] == "tie":
        return _("多出来的票接着往下传，传到这里，票最少的几个人一样多。")
    if stage["kind"] == "elect":
        return _elected(asked, course, number, Fraction(stage["quota"]))
    had = votes_of(stage["votes"][stage["who"][0]])
    return _(
        "当选线是 %(quota)s，没有人新到线。票最少的%(name)s（%(votes)s）退出，票转给下一位。",
        quota=quota,
        name=quoted(stage["who"]),
        votes=had,
    )


def _moved(before: Stage, after: Stage) -> str:
    """Where the votes of a stage went."""
    gains = {
        o: Fraction(v) - Fraction(before["votes"][o])
        for o, v in after["votes"].items()
        if Fraction(v) > Fraction(before["votes"][o])
    }
    to = joined(_("%(name)s %(votes)s", name=quoted([o]), votes=votes_of(n)) for o, n in gains.items())
    went = _("转给%(to)s。", to=to) if to else ""
    spent = Fraction(after["non_transferable"]) - Fraction(before["non_transferable"])
    lost = _("%(votes)s后面没有再排别人，不再转。", votes=votes_of(spent)) if spent > 0 else ""
    return sentences(went, lost)


def _elected(asked: Question, course: Course, number: int, quota: Fraction) -> str:
    names = course.elected[number]
    held = asked.tally["stages"][number]["votes"]
    reached = [o for o in names if Fraction(held[o]) >= quota]
    rest = [o for o in names if o not in reached]
    first = _("%(names)s到了当选线，当选。", names=quoted(reached)) if reached else ""
    last = _("剩下的人不比剩下的席位多，%(names)s当选。", names=quoted(rest)) if rest else ""
    return sentences(first, last)


def _verdict(asked: Question) -> Verdict:
    if not asked.winners and not asked.tied:
        return verdict(asked, "")
    quota = votes_of(asked.tally["quota"])
    names = joined(asked.winners)
    text = _("选出 %(n)s 人，按当选先后：%(names)s。", n=len(asked.winners), names=names)
    return verdict(asked, sentences(text, _("当选线是 %(quota)s。", quota=quota)))


def _table(asked: Question, course: Course) -> Table:
    """A candidate a row, a step a column, and when elected."""
    stages = asked.tally["stages"] if asked.tally["valid"] else []
    columns = (
        (_("候选人"), False),
        *((_("第 %(n)s 步", n=n + 1), True) for n in range(len(stages))),
        (_("结果"), True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            option,
            *(_held(stage, course, n, option) for n, stage in enumerate(stages)),
            _outcome(asked, option),
        )
        for option in asked.options
    ]
    lost = [decimal(s["non_transferable"]) for s in stages]
    rows.append((_("不再转的票"), *lost, ""))
    return Table(_("每一步的票数"), columns, tuple(rows))


def _held(stage: Stage, course: Course, number: int, option: str) -> Cell:
    return "" if option in course.gone[number] else decimal(stage["votes"][option])


def _outcome(asked: Question, option: str) -> str:
    if option in asked.winners:
        return _("第 %(n)s 个当选", n=asked.winners.index(option) + 1)
    return _("并列") if option in asked.tied else _("没有当选")


def _notes(asked: Question) -> list[str]:
    said: list[str] = []
    if not asked.tally["valid"]:
        return said
    fixed = Fraction(asked.tally["quota"]).denominator == 1
    if fixed:
        said.append(
            _(
                "当选线这样来：%(valid)s 张有效票，除以席位数加一（%(by)s），取整再加一，是 %(quota)s。"
                "拿到这么多票的，最多只能有 %(seats)s 人。",
                valid=asked.tally["valid"],
                by=asked.seats + 1,
                quota=votes(int(Fraction(asked.tally["quota"]))),
                seats=asked.seats,
            )
        )
    harmless = asked.tally["lots"][:-1] if asked.tied else asked.tally["lots"]
    for lot in harmless:
        names = quoted(lot["options"])
        said.append(
            _("第 %(n)s 步时%(names)s票一样，先处理谁都不影响谁当选。", n=lot["stage"] + 1, names=names)
        )
    if asked.tied and asked.tally["lots"]:
        names = quoted(asked.tally["lots"][-1]["options"])
        said.append(
            _("数到%(names)s票一样，前面每一步也一样，先处理谁会决定谁当选，所以停在这里。", names=names)
        )
    return said
