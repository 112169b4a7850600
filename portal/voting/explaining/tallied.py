"""One mark, or several: the options with the most votes."""

from ...core.leaves_figures import share
from ...core.text import _
from .figures import quoted, sentences, votes
from .parts import Bar, Explanation, Question, Step, Table, Verdict
from .verdicts import listed, verdict


def plurality(asked: Question) -> Explanation:
    how = _("每人选一项，票多的一项为准。弃权和无效的票不算进各项。")
    return _explained(asked, how, _("每项占有效票的多少。"))


def approval(asked: Question) -> Explanation:
    how = _("每人可以选几项，选了几项就给几项各加一票，票多的为准。")
    return _explained(asked, how, _("一张票可以选几项，加起来会超过票数。"))


def _explained(asked: Question, how: str, note: str) -> Explanation:
    tally, valid = asked.tally["tally"], asked.tally["valid"]
    falling = sorted(asked.options, key=lambda o: -tally[o])
    bars = tuple(Bar(o, votes(tally[o]), tally[o], valid, asked.fate(o)) for o in falling)
    columns = ((_("选项"), False), (_("票数"), True), (_("占有效票"), True))
    rows = tuple((o, tally[o], share(tally[o], valid)) for o in asked.options)
    return Explanation(
        verdict=_verdict(asked),
        how=how,
        steps=(Step(_("各项票数"), note, bars),),
        table=Table(_("计票明细"), columns, rows),
    )


def _verdict(asked: Question) -> Verdict:
    tally = asked.tally["tally"]
    level = ""
    if asked.tied:
        same = votes(tally[asked.tied[0]])
        level = _("%(level)s都是 %(votes)s，分不出先后。", level=quoted(asked.tied), votes=same)
        if asked.winners:
            left = asked.seats - len(asked.winners)
            level = sentences(level, _("剩下 %(left)s 个名额定不下来。", left=left))
    if len(asked.winners) == 1 and asked.seats == 1:
        winner = asked.winners[0]
        return verdict(
            asked, _("%(winner)s得 %(votes)s，最多。", winner=quoted([winner]), votes=votes(tally[winner]))
        )
    falling = sorted(asked.winners, key=lambda o: -tally[o])
    chosen = listed(falling, lambda o: votes(tally[o]))
    return verdict(asked, _("选出 %(n)s 项：%(names)s。", n=len(falling), names=chosen), level)
