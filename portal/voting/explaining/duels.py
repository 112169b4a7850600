"""Methods that count duels: everybody against everybody, and what is done where they go round in a circle."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...core.text import _
from .figures import joined, quoted, sentences
from .parts import Bar, Cell, Explanation, Fate, Question, Step, Table
from .runoff import too_many_ways
from .verdicts import verdict


class Duel(NamedTuple):
    """Two options compared on every paper. `ahead` has the more votes; if as many, the duel is drawn."""

    ahead: str
    behind: str
    votes: int
    against: int

    @property
    def drawn(self) -> bool:
        return self.votes == self.against


def schulze(asked: Question) -> Explanation:
    beats_all = asked.tally["condorcet_winner"]
    why = (
        _beat_everybody(beats_all)
        if beats_all
        else _("没有一项全赢。按最强的一环一环比，%(name)s不输给谁。", name=quoted(asked.winners))
    )
    how = _(
        "把每两项单独拿出来比：票上排在前面的得这张票。谁和别的每一项比都赢，就定谁。没有这样的，就看“甲赢乙、乙赢丙”"
        "这样连起来的路，路有多强看最弱的一环，两边的路谁强谁赢。"
    )
    more = () if beats_all else tuple(_paths(asked))
    steps = () if beats_all else (Step(_("看连起来的路"), _roads(asked)),)
    return _explained(asked, how, why, steps, more)


def ranked_pairs(asked: Question) -> Explanation:
    beats_all = asked.tally["condorcet_winner"]
    why = (
        _beat_everybody(beats_all)
        if beats_all
        else _("没有一项全赢。从赢得最多的一场开始认，%(name)s最后不输给谁。", name=quoted(asked.winners))
    )
    how = _(
        "把每两项单独拿出来比：票上排在前面的得这张票。从赢得最多的一场开始，一场一场认；和前面认过的绕成圈的一场不认。"
        "最后不输给谁的那一项胜出。"
    )
    steps = tuple(_locking(asked)) if not beats_all else ()
    return _explained(asked, how, why, steps, ())


def _explained(
    asked: Question, how: str, why: str, steps: Sequence[Step], more: tuple[Table, ...]
) -> Explanation:
    first = Step(_("两两对比"), _compared(asked), _wins(asked))
    return Explanation(
        verdict=verdict(asked, why),
        how=how,
        steps=(first, *steps) if asked.tally["valid"] else (),
        table=_matrix(asked),
        more=(*more, _duel_table(asked)),
        notes=() if asked.tally["all_ties_followed"] else (too_many_ways(),),
    )


def duels(asked: Question) -> list[Duel]:
    """Every pair once, the clearest first."""
    pairwise, found = asked.tally["pairwise"], []
    for n, one in enumerate(asked.options):
        for other in asked.options[n + 1 :]:
            here, there = pairwise[one][other], pairwise[other][one]
            found.append(Duel(one, other, here, there) if here >= there else Duel(other, one, there, here))
    return sorted(found, key=lambda d: d.against - d.votes)


def _beat_everybody(name: str) -> str:
    return _("%(name)s和别的每一项单独比，都赢。", name=quoted([name]))


def _compared(asked: Question) -> str:
    winner = asked.tally["condorcet_winner"]
    if winner:
        least = min(
            (d for d in duels(asked) if d.ahead == winner), key=lambda d: d.votes - d.against, default=None
        )
        if least is None:
            return _beat_everybody(winner)
        closest = _(
            "最接近的一场是对%(name)s：%(votes)s 比 %(against)s。",
            name=quoted([least.behind]),
            votes=least.votes,
            against=least.against,
        )
        return sentences(_beat_everybody(winner), closest)
    circle = _circle(asked)
    if circle:
        chain = joined(_("%(a)s赢%(b)s", a=quoted([a]), b=quoted([b])) for a, b in circle)
        return _("没有一项和别的每一项比都赢，绕成了圈：%(chain)s。", chain=chain)
    nobody = _("没有一项和别的每一项比都赢。")
    level = [d for d in duels(asked) if d.drawn and {d.ahead, d.behind} <= set(asked.tied)]
    drawn = (
        _("%(a)s和%(b)s打平，%(n)s 比 %(n)s。", a=quoted([d.ahead]), b=quoted([d.behind]), n=d.votes)
        for d in level
    )
    return sentences(nobody, *drawn)


def _circle(asked: Question) -> list[tuple[str, str]]:
    """A shortest circle of wins: through one who stays, if there is such a circle; empty if there is none at all."""
    beats = {o: [d.behind for d in duels(asked) if d.ahead == o and not d.drawn] for o in asked.options}
    surviving = asked.winners + asked.tied
    others = [o for o in asked.options if o not in surviving]
    for starts in (surviving, others):
        found = min((way for o in starts if (way := _round_trip(o, beats))), key=len, default=[])
        if found:
            return list(zip(found, [*found[1:], found[0]], strict=True))
    return []


def _round_trip(start: str, beats: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way of wins back to the start."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        if start in beats[way[-1]]:
            return way
        for after in beats[way[-1]]:
            if after not in seen:
                seen.add(after)
                ways.append([*way, after])
    return []


def _wins(asked: Question) -> tuple[Bar, ...]:
    """How many of its duels every option won."""
    most = max(1, len(asked.options) - 1)
    won = {o: sum(d.ahead == o and not d.drawn for d in duels(asked)) for o in asked.options}
    falling = sorted(asked.options, key=lambda o: -won[o])
    return tuple(
        Bar(o, _("赢 %(n)s 场，共 %(all)s 场", n=won[o], all=most), won[o], most, asked.fate(o))
        for o in falling
    )


def _matrix(asked: Question) -> Table:
    pairwise = asked.tally["pairwise"]
    columns = ((_("排在前面的"), False), *((_("比“%(name)s”", name=o), True) for o in asked.options))
    rows: list[tuple[Cell, ...]] = [
        (one, *("" if one == other else pairwise[one][other] for other in asked.options))
        for one in asked.options
    ]
    return Table(_("每一格：把左边排在上边之前的票数"), columns, tuple(rows), matrix=True)


def _duel_table(asked: Question) -> Table:
    columns = ((_("对比"), False), (_("结果"), False), (_("多几票"), True))
    rows: list[tuple[Cell, ...]] = []
    for d in duels(asked):
        pair = _("%(a)s比%(b)s", a=quoted([d.ahead]), b=quoted([d.behind]))
        score = _("%(votes)s 比 %(against)s", votes=d.votes, against=d.against)
        rows.append((pair, _("%(score)s，平", score=score) if d.drawn else score, d.votes - d.against))
    return Table(_("一场一场"), columns, tuple(rows))


def _roads(asked: Question) -> str:
    surviving = asked.winners or asked.tied
    if not surviving:
        return ""
    if asked.tied:
        return _("%(names)s之间，两边的路一样强，分不出先后。", names=quoted(surviving))
    return _("从%(name)s到别的每一项的路，都不比回来的路弱，所以定它。", name=quoted(surviving))


def _paths(asked: Question) -> Iterator[Table]:
    """Of those who stay: how strong the way there and the way back."""
    strengths = asked.tally["path_strengths"]
    surviving = asked.winners or asked.tied
    if not surviving:
        return
    columns = ((_("从谁到谁"), False), (_("去的路"), True), (_("回来的路"), True))
    rows: list[tuple[Cell, ...]] = []
    for one in surviving:
        for other in asked.options:
            if one != other:
                pair = _("%(a)s到%(b)s", a=quoted([one]), b=quoted([other]))
                rows.append((pair, strengths[one][other], strengths[other][one]))
    yield Table(_("连起来的路有多强"), columns, tuple(rows))


def _locking(asked: Question) -> Iterator[Step]:
    """Duels as they were locked, the strongest first."""
    margins = asked.params.get("strength") == "margins"
    lines: list[Bar] = []
    open_ones: list[str] = []
    whole = max(1, asked.tally["valid"])
    for lock in asked.tally["locking"]:
        if open_ones and asked.tied and lock["state"] != "open":
            break  # what follows depends on how the open ones fall
        label = _("%(a)s赢%(b)s", a=quoted([lock["over"]]), b=quoted([lock["under"]]))
        figure = _("%(votes)s 比 %(against)s", votes=lock["votes"], against=lock["against"])
        said = {"locked": _("认"), "dropped": _("绕成圈，不认"), "open": _("和别的一样强，先认哪场没定")}[
            lock["state"]
        ]
        fate = {"locked": Fate.IN, "dropped": Fate.OUT, "open": Fate.TIED}[lock["state"]]
        part = lock["votes"] - lock["against"] if margins else lock["votes"]
        lines.append(Bar(label, f"{figure} · {said}", part, whole, fate, plain=True))
        open_ones += [label] if lock["state"] == "open" else []
    if not lines:
        return
    text = _("按多出来的票从多到少。") if margins else _("按赢家的票从多到少。")
    if open_ones and asked.tied:
        text = sentences(text, _("有几场一样强，先认哪一场，结果就不同，所以分不出先后。"))
    yield Step(_("一场一场认"), text, tuple(lines))
