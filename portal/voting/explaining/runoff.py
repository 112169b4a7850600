"""Instant run-off: who left in which round, and where the papers went."""

from collections.abc import Mapping
from typing import Any

from ...core.text import _
from .figures import joined, quoted, sentences, votes
from .parts import Bar, Cell, Explanation, Fate, Line, Question, Step, Table
from .verdicts import verdict

Round = Mapping[str, Any]


def irv(asked: Question) -> Explanation:
    rounds = asked.tally["rounds"]
    steps = [_step(asked, number) for number in range(len(rounds))]
    return Explanation(
        verdict=verdict(asked, _why(asked)),
        how=_(
            "先数每张票排第一的。没有一项过半，就让票最少的退出，它的票转给票上排在后面、还没退出的一项，再数，"
            "直到有一项过半。"
        ),
        steps=tuple(steps),
        table=_table(asked),
        notes=tuple(_notes(asked)),
    )


def _why(asked: Question) -> str:
    rounds, winners = asked.tally["rounds"], asked.winners
    if not winners or not rounds:
        return ""
    last, winner = rounds[-1], winners[0]
    have, all_ = votes(last["tally"][winner]), sum(last["tally"].values())
    if len(rounds) == 1:
        return _(
            "%(winner)s第一轮就得了 %(votes)s，超过 %(all)s 张票的一半。",
            winner=quoted([winner]),
            votes=have,
            all=all_,
        )
    return _(
        "数了 %(rounds)s 轮，%(winner)s最后得 %(votes)s，超过还在数的 %(all)s 张票的一半。",
        rounds=len(rounds),
        winner=quoted([winner]),
        votes=have,
        all=all_,
    )


def _step(asked: Question, number: int) -> Step:
    round_: Round = asked.tally["rounds"][number]
    tally: Mapping[str, int] = round_["tally"]
    all_, leaving = sum(tally.values()), round_["eliminated"]
    falling = sorted(tally, key=lambda o: -tally[o])
    half = Line(_("过半：%(votes)s", votes=votes(all_ // 2 + 1)), 1, 2)

    def fate(option: str) -> Fate:
        if option in leaving:
            return Fate.OUT
        if leaving:
            return Fate.STAYS
        return asked.fate(option)

    return Step(
        title=_("第 %(n)s 轮", n=number + 1),
        text=_left(asked, number) if leaving else _last(asked, round_),
        bars=tuple(Bar(o, votes(tally[o]), tally[o], all_, fate(o)) for o in falling),
        line=half,
    )


def _left(asked: Question, number: int) -> str:
    """Nobody has the majority: who leaves, and where the papers go."""
    now, after = asked.tally["rounds"][number : number + 2]
    (out,) = now["eliminated"]
    gone = now["tally"][out]
    level = [o for o, n in now["tally"].items() if n == gone and o != out]
    start = _("没有一项过半。票最少的%(name)s（%(votes)s）退出。", name=quoted([out]), votes=votes(gone))
    tie = _("%(names)s的票一样少，谁先退出都不影响结果。", names=quoted(level)) if level else ""
    return sentences(
        start, tie, moved(out, now["tally"], after["tally"], after["exhausted"] - now["exhausted"])
    )


def moved(out: str, before: Mapping[str, int], after: Mapping[str, int], exhausted: int) -> str:
    """Where the papers of one who left went, in a sentence."""
    if not before[out]:
        return ""
    gains = {o: n - before[o] for o, n in after.items() if n > before.get(o, 0) and o != out}
    to = joined(_("%(name)s %(votes)s", name=quoted([o]), votes=votes(n)) for o, n in gains.items())
    went = _("它的票转给%(to)s。", to=to) if to else ""
    spent = _("%(votes)s后面没有再排别的，不再数。", votes=votes(exhausted)) if exhausted else ""
    return sentences(went, spent)


def _last(asked: Question, round_: Round) -> str:
    tally = round_["tally"]
    if asked.winners:
        winner = asked.winners[0]
        return _("%(name)s得 %(votes)s，过半，就定它。", name=quoted([winner]), votes=votes(tally[winner]))
    fewest = min(tally.values(), default=0)
    level = [o for o, n in tally.items() if n == fewest]
    return _(
        "%(names)s都是最少的 %(votes)s，谁退出会决定最后定哪一项，所以数到这里停下。",
        names=quoted(level),
        votes=votes(fewest),
    )


def _table(asked: Question) -> Table:
    """An option a row, a round a column; what came in from others in brackets."""
    rounds = asked.tally["rounds"]
    columns = [(_("选项"), False), *((_("第 %(n)s 轮", n=n + 1), True) for n in range(len(rounds)))]
    rows: list[tuple[Cell, ...]] = []
    for option in asked.options:
        held = [r["tally"].get(option) for r in rounds]
        rows.append((option, *("" if n is None else n for n in held)))
    rows.append((_("不再数的票"), *(r["exhausted"] - asked.tally["blank"] for r in rounds)))
    return Table(_("每一轮的票数"), tuple(columns), tuple(rows))


def _notes(asked: Question) -> list[str]:
    tally, said = asked.tally, []
    if tally["without_first_preference"] and tally["rounds"]:
        names = quoted(tally["without_first_preference"])
        said.append(_("没有一张票把%(names)s排第一，第一轮前就退出了。", names=names))
    if not tally["all_ties_followed"]:
        said.append(too_many_ways())
    return said


def too_many_ways() -> str:
    return _("并列太多，没能把每一种先后都算完：并列的里面，可能有怎么定都选不上的。")
