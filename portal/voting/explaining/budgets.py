"""Budgets: which projects are paid for, in which order, and why the others are not."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...core.text import _
from .figures import joined, people, quoted, sentences, units, yuan
from .parts import Bar, Cell, Explanation, Question, Step, Table, Verdict
from .verdicts import verdict


def pb_greedy(asked: Question) -> Explanation:
    by_many, by_value = _("按选的人多少排队。"), _("按每花一元有多少人选排队，花得少、选得多的在前。")
    order = by_many if (asked.params.get("utility") or "cost") == "cost" else by_value
    how = sentences(order, _("钱够就办，不够就看下一个，直到看完。"))
    columns = (
        (_("项目"), False),
        (_("多少人选"), True),
        (_("费用"), True),
        (_("办不办"), False),
        (_("还剩"), True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            s["project"],
            s["approvals"],
            yuan(s["cost"]),
            _("办") if s["funded"] else _("钱不够"),
            yuan(s["left"]),
        )
        for s in asked.tally["steps"]
    ]
    return _explained(asked, how, Table(_("一个一个定"), columns, tuple(rows)))


def pb_mes(asked: Question) -> Explanation:
    tally = asked.tally
    how = _(
        "总的钱平均分给每个投票的人，每人 %(share)s。一个项目由选它的人平摊，摊不起的人把手里剩的都出上。"
        "每次办平摊下来最合算的那个，直到没有哪个项目的支持者凑得够。",
        share=yuan(Fraction(tally["budget"]) / max(1, tally["ballots"])),
    )
    if tally["added"]:
        extra = _(
            "这样钱用不完，就给每人多算 %(more)s（一共 %(share)s），再从头分一遍，办下来的总数不超过预算。",
            more=yuan(tally["added"]),
            share=yuan(tally["endowment"]),
        )
        how = sentences(how, extra)
    columns = (
        (_("项目"), False),
        (_("多少人选"), True),
        (_("费用"), True),
        (_("每人最多出"), True),
        (_("办到这里共花"), True),
    )
    spent = Fraction(0)
    rows: list[tuple[Cell, ...]] = []
    for step in tally["steps"]:
        spent += Fraction(step["cost"])
        each = yuan(step["each_at_most"])
        rows.append((step["project"], step["supporters"], yuan(step["cost"]), each, yuan(spent)))
    return _explained(asked, how, Table(_("一个一个定"), columns, tuple(rows)))


def _explained(asked: Question, how: str, course: Table) -> Explanation:
    tally = asked.tally
    falling = sorted(asked.options, key=lambda o: -tally["approvals"][o])
    most = max(1, tally["ballots"])
    bars = tuple(
        Bar(o, people(tally["approvals"][o]), tally["approvals"][o], most, asked.fate(o)) for o in falling
    )
    wanted = Step(_("多少人选了它"), _("长条画满，就是每个投票的人都选了它。"), bars)
    more = (course,) if course.rows else ()
    return Explanation(_verdict(asked), how, (wanted,), _table(asked), more, tuple(_notes(asked)))


def _verdict(asked: Question) -> Verdict:
    tally = asked.tally
    level = ""
    if asked.tied:
        level = _("剩下的钱办不齐%(names)s，它们一样靠前，分不出先后。", names=quoted(asked.tied))
    if not asked.winners and not asked.tied:
        if any(tally["approvals"].values()):
            none = _("没有一个项目办得起：选了的项目，钱都不够。")
            return Verdict(_("一个也没定下"), "warn", none)
        return verdict(asked, "")
    text = _(
        "定下 %(n)s 个项目：%(names)s。共 %(spent)s，预算 %(budget)s，还剩 %(left)s。",
        n=len(asked.winners),
        names=joined(asked.winners),
        spent=yuan(tally["spent"]),
        budget=yuan(tally["budget"]),
        left=yuan(left(tally)),
    )
    return verdict(asked, text, level)


def left(tally: Mapping[str, Any]) -> str:
    """What is not spent on the projects that are sure."""
    return str(Fraction(tally["budget"]) - Fraction(tally["spent"]))


def _table(asked: Question) -> Table:
    tally = asked.tally
    columns = (
        (_("项目"), False),
        (_("费用"), True),
        (_("多少人选"), True),
        (_("定了没有"), False),
        (_("为什么"), False),
    )
    order = [*asked.winners, *asked.tied]
    order += [o for o in asked.options if o not in order]
    said = {o: _("办") if o in asked.winners else _("并列") if o in asked.tied else _("不办") for o in order}
    rows: list[tuple[Cell, ...]] = [
        (o, yuan(tally["costs"][o]), tally["approvals"][o], said[o], _why(asked, o)) for o in order
    ]
    rows.append((_("合计"), yuan(tally["spent"]), "", "", _("预算 %(n)s", n=yuan(tally["budget"]))))
    return Table(_("每个项目"), columns, tuple(rows))


def _why(asked: Question, option: str) -> str:
    tally, cost = asked.tally, yuan(asked.tally["costs"][option])
    if option in asked.winners:
        return _("没有人选，但钱够") if option in tally.get("unsupported", ()) else ""
    if option in asked.tied:
        return _("剩下的钱办不齐并列的几个")
    if not tally["approvals"][option]:
        return _("没有人选")
    refused = next((s for s in tally["steps"] if s["project"] == option and not s.get("funded", True)), None)
    if refused:
        return _("轮到它只剩 %(left)s，要 %(cost)s", left=yuan(refused["left"]), cost=cost)
    purse = tally.get("supporters_left", {}).get(option)
    if purse is not None:
        return _("选它的人手里一共只剩 %(left)s，要 %(cost)s", left=yuan(purse), cost=cost)
    return _("前面并列的怎么定，都轮不到它")


def _notes(asked: Question) -> list[str]:
    said = []
    if units(left(asked.tally)) and asked.winners:
        said.append(_("剩下的 %(left)s没有花，留在原来的账上。", left=yuan(left(asked.tally))))
    for broken in asked.tally["ties_broken"]:
        among = broken["among"]
        taken = broken["taken"] if isinstance(broken["taken"], list) else [broken["taken"]]
        said.append(_("%(among)s一样靠前，按规则先办%(taken)s。", among=quoted(among), taken=quoted(taken)))
    return said
