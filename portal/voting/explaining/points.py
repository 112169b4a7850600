"""Points: scores given, or points by place."""

from fractions import Fraction

from ...core.text import _
from .figures import decimal, points, quoted, units
from .parts import Bar, Explanation, Question, Step, Table, Verdict
from .verdicts import listed, verdict


def score(asked: Question) -> Explanation:
    """The bars are drawn from the lowest score of the scale, where nobody is worth anything, to the highest."""
    tally, values = asked.tally, asked.tally["values"]
    mean = asked.params.get("aggregate") == "mean"
    lowest, highest = int(asked.params.get("min") or 0), asked.params.get("max")
    times = 1 if mean else max(1, tally["valid"])
    heard = [Fraction(v) for v in values.values() if v is not None]
    top = Fraction(highest) * times if highest is not None else max([*heard, Fraction(lowest + 1) * times])
    floor = Fraction(lowest) * times

    def bar(option: str) -> Bar:
        if values[option] is None:
            return Bar(option, _("没有人打分"), 0, 1, asked.fate(option))
        part, whole = units(Fraction(values[option]) - floor), units(top - floor)
        return Bar(option, points(values[option]), part, max(1, whole), asked.fate(option))

    falling = _falling(asked.options, values)
    what = _("平均分") if mean else _("总分")
    columns = ((_("选项"), False), (what, True), (_("打分的票"), True))
    rows = tuple(
        (o, "" if values[o] is None else decimal(values[o]), tally["scored"][o]) for o in asked.options
    )
    return Explanation(
        verdict=_verdict(asked, values, mean),
        how=_how_scored(asked, mean),
        steps=(Step(_("各项得分"), _("从高到低。"), tuple(map(bar, falling))),),
        table=Table(_("计票明细"), columns, rows),
    )


def borda(asked: Question) -> Explanation:
    values, best = asked.tally["scores"], len(asked.options) - 1
    whole = max(1, units(best * (asked.tally["valid"] + asked.tally["blank"])))
    falling = _falling(asked.options, values)
    bars = tuple(Bar(o, points(values[o]), units(values[o]), whole, asked.fate(o)) for o in falling)
    columns = ((_("选项"), False), (_("得分"), True))
    average = asked.params.get("truncated") == "average"
    rest = _("没排的平分剩下的分。") if average else _("没排的得 0 分。")
    how = _(
        "每张票上，排第一的得 %(best)s 分，往后每降一位少一分，排最后的得 0 分。%(rest)s所有票加起来，分高的为准。",
        best=best,
        rest=rest,
    )
    return Explanation(
        verdict=_verdict(asked, values, mean=False),
        how=how,
        steps=(Step(_("各项得分"), _("长条画满，就是每张票都把它排第一。"), bars),),
        table=Table(_("计票明细"), columns, tuple((o, decimal(values[o])) for o in asked.options)),
    )


def _falling(options: list[str], values: dict[str, str | None]) -> list[str]:
    """The highest first, those without a value last."""

    def order(option: str) -> tuple[bool, Fraction]:
        value = values[option]
        return value is None, -Fraction(value or 0)

    return sorted(options, key=order)


def _how_scored(asked: Question, mean: bool) -> str:
    lowest, highest = asked.params.get("min") or 0, asked.params.get("max")
    by_mean, by_sum = _("每项把得到的分平均，平均分高的为准。"), _("每项把得到的分加起来，总分高的为准。")
    rule = by_mean if mean else by_sum
    ignored = asked.params.get("unscored") == "ignore"
    rest = _("没打分的不算。") if ignored else _("没打分的按最低分算。")
    if highest is None:
        return rule + rest
    scale = _("每人给每一项打 %(lowest)s 到 %(highest)s 分。", lowest=lowest, highest=highest)
    return scale + rule + rest


def _verdict(asked: Question, values: dict[str, str | None], mean: bool) -> Verdict:
    level = ""
    if asked.tied and not asked.winners:
        same = points(values[asked.tied[0]])
        level = _("%(level)s都是 %(points)s，分不出先后。", level=quoted(asked.tied), points=same)
    falling = _falling(asked.winners, values)
    if len(falling) == 1 and asked.seats == 1:
        named, best = quoted(falling), points(values[falling[0]])
        if mean:
            return verdict(asked, _("%(winner)s平均 %(points)s，最高。", winner=named, points=best))
        return verdict(asked, _("%(winner)s得 %(points)s，最高。", winner=named, points=best))
    chosen = listed(falling, lambda o: points(values[o]))
    return verdict(asked, _("选出 %(n)s 项：%(names)s。", n=len(falling), names=chosen), level)
