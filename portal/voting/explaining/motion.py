"""A motion: whether enough took part, whether enough are for it, and how many are missing."""

from ...core.leaves_figures import share
from ...core.text import _
from .. import motions
from ..motions import Base, Share
from .figures import sentences, votes
from .parts import Bar, Explanation, Fate, Line, Question, Step, Table, Verdict


def resolution(asked: Question) -> Explanation:
    steps = _carried(asked)
    if motions.quorum_of(asked.params) is not Share.NONE:
        steps.insert(0, _quorum(asked))
    return Explanation(
        verdict=_verdict(asked),
        how=sentences(*motions.said(asked.params)),
        steps=tuple(steps),
        table=_table(asked),
    )


def _whole(asked: Question) -> int:
    """Of which those for it are a part."""
    tally = asked.tally
    wholes = {
        Base.FOR_AGAINST: tally["n_for"] + tally["n_against"],
        Base.CAST: tally["cast"],
        Base.ELIGIBLE: asked.params["eligible"],
    }
    return int(wholes[motions.base_of(asked.params)])


def _quorum(asked: Question) -> Step:
    roll, cast = asked.params["eligible"], asked.tally["cast"]
    needed = motions.least(motions.quorum_of(asked.params), roll)
    text = _("名册上一共 %(roll)s，至少要投出 %(needed)s。", roll=votes(roll), needed=votes(needed))
    bar = Bar(_("投了票的"), votes(cast), cast, max(1, roll))
    return Step(_("投票的够不够"), text, (bar,), _mark(needed, max(1, roll)))


def _carried(asked: Question) -> list[Step]:
    """Those for it under their mark; the others, drawn as long, without one."""
    tally, whole = asked.tally, max(1, _whole(asked))
    needed, met = motions.least(motions.threshold_of(asked.params), _whole(asked)), tally["threshold_met"]
    stands = _("够了") if met else _("差 %(n)s", n=votes(needed - tally["n_for"]))
    figure = f"{votes(tally['n_for'])} · {stands}"
    agree = Bar(_(motions.FOR), figure, tally["n_for"], whole, Fate.IN if met else Fate.STAYS, plain=True)
    base = _(motions.BASE_WORD[motions.base_of(asked.params)])
    text = _("算的是%(whole)s，一共 %(n)s。", whole=base, n=votes(_whole(asked)))
    others = tuple(Bar(word, votes(n), n, whole) for word, n in _others(asked))
    return [
        Step(_("同意的够不够"), text, (agree,), _mark(needed, whole)),
        Step(_("其余的"), _("长条画满，和上面的一样多。"), others),
    ]


def _others(asked: Question) -> list[tuple[str, int]]:
    """Those of the whole that are not for it."""
    tally, base = asked.tally, motions.base_of(asked.params)
    found = [(_(motions.AGAINST), tally["n_against"])]
    if base is not Base.FOR_AGAINST:
        found.append((_("弃权"), tally["n_abstain"]))
    if base is Base.ELIGIBLE:
        found.append((_("没投"), asked.params["eligible"] - tally["cast"]))
    return found


def _mark(needed: int, whole: int) -> Line:
    return Line(_("竖线：至少 %(needed)s", needed=votes(needed)), needed, max(whole, needed))


def _verdict(asked: Question) -> Verdict:
    tally, whole = asked.tally, _whole(asked)
    if not tally["cast"]:
        return Verdict(_("没有人投票"), "warn", _("没有人投票，这次定不下来。"))
    if not tally["quorum_met"]:
        needed = motions.least(motions.quorum_of(asked.params), asked.params["eligible"])
        short = _(
            "至少要投出 %(needed)s，投出了 %(cast)s，差 %(short)s，不能作决定。",
            needed=votes(needed),
            cast=votes(tally["cast"]),
            short=votes(needed - tally["cast"]),
        )
        return Verdict(_("投票的人不够"), "warn", short)
    needed, got = motions.least(motions.threshold_of(asked.params), whole), votes(tally["n_for"])
    if tally["passed"]:
        text = _("同意 %(got)s，至少要 %(needed)s，够了。", got=got, needed=votes(needed))
        return Verdict(_("通过"), "ok", text)
    text = _(
        "同意 %(got)s，至少要 %(needed)s，差 %(short)s。",
        got=got,
        needed=votes(needed),
        short=votes(needed - tally["n_for"]),
    )
    return Verdict(_("未通过"), "danger", text)


def _table(asked: Question) -> Table:
    tally, roll = asked.tally, asked.params["eligible"]
    columns = ((_("选项"), False), (_("票数"), True), (_("占投票的"), True), (_("占名册"), True))
    counted = (
        (_(motions.FOR), tally["n_for"]),
        (_(motions.AGAINST), tally["n_against"]),
        (_("弃权"), tally["n_abstain"]),
    )
    rows = [(word, n, share(n, tally["cast"]), share(n, roll)) for word, n in counted]
    rows.append((_("没投"), roll - tally["cast"], "", share(roll - tally["cast"], roll)))
    return Table(_("计票明细"), columns, tuple(rows))
