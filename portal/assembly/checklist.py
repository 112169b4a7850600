"""The checklist of a vote: every step from the draft to the archive, what stands in its way, and who has to act."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ..core import access, clock
from ..core.actor import Actor
from ..core.errors import Unmet
from ..core.eventlog import Event
from ..core.text import N_, _
from . import events as e
from .count_guards import imported
from .guards import SHORT
from .lifecycle import OWNERS_VOTE
from .policy import Can
from .sealing import HOURS
from .terms import hung_out_until
from .words import PostingKind, VoteState

S = VoteState
ORDER = (
    S.DRAFT,
    S.ROLL_POSTED,
    S.FROZEN,
    S.NOTICE,
    S.OPEN,
    S.CLOSED,
    S.COUNTING,
    S.PRELIMINARY,
    S.FINAL,
    S.ARCHIVED,
)


class Mark(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"


@dataclass(frozen=True)
class Step:
    """One line. `act`: words and address of its page, `post`: it is done by one button; `waits`: an hour that has not
    come; `override`: the rule that may be answered for; `kept`: that rule was not kept, and why."""

    key: str
    title: str
    note: str
    mark: Mark
    unmet: tuple[Unmet, ...] = ()
    act: tuple[str, str] | None = None
    post: bool = False
    at: datetime | None = None
    until: datetime | None = None
    override: str = ""
    kept: Any = None


@dataclass(frozen=True)
class _Plan:
    """What every step is made from: its move, where it is done, and which of the rules may give way."""

    key: str
    event: type[Event]
    title: str
    note: str
    verb: str
    path: str
    post: bool = False
    rule: str = ""
    hours: Callable[[Any], tuple[datetime | None, datetime | None]] = field(default=lambda vote: (None, None))


def _of_posting(kind: PostingKind) -> Callable[[Any], tuple[datetime | None, datetime | None]]:
    """When the latest posting of a kind was hung out, and until when."""

    def hours(vote: Any) -> tuple[datetime | None, datetime | None]:
        found = next((p for p in vote.postings if p.kind == kind), None)
        return (found.at, found.until) if found else (None, None)

    return hours


PLANS: tuple[_Plan, ...] = (
    _Plan(
        "roll",
        e.RollPosted,
        N_("公示业主名册"),
        N_("名册按房屋登记簿生成。业主看看自己家的面积和姓名对不对。"),
        N_("去公示名册"),
        "roll/posting",
        rule="talked",
        hours=_of_posting(PostingKind.ROLL),
    ),
    _Plan(
        "freeze",
        e.RollFrozen,
        N_("确定名册"),
        N_("公示期满、异议都答复了，名册就定下来，算出指纹。"),
        N_("确定名册"),
        "roll/freeze",
        post=True,
        rule="roll_days",
    ),
    _Plan(
        "notice",
        e.NoticePosted,
        N_("发出公告"),
        N_("告诉每一户：表决什么、什么时候、怎么投。发出以后票面不能再改，没写进公告的事不能表决。"),
        N_("去发公告"),
        "announcement",
        rule="notice_days",
        hours=_of_posting(PostingKind.NOTICE),
    ),
    _Plan(
        "open",
        e.VoteOpened,
        N_("开始投票"),
        N_("到了时间自动开始。把票送到每一户，谁没送到要记下来。"),
        N_("开始投票"),
        "opening",
        post=True,
        hours=lambda vote: (vote.opens_at, None),
    ),
    _Plan(
        "close",
        e.VoteClosed,
        N_("截止"),
        N_("到了时间自动截止，不能提前。票不够可以在截止前公告延期。"),
        N_("截止"),
        "closure",
        post=True,
        hours=lambda vote: (None, vote.closes_at),
    ),
    _Plan(
        "count",
        e.CountBegun,
        N_("公开唱票计票"),
        N_("纸质票录完两遍，至少两位监票人、一位计票人到场签字。"),
        N_("去计票"),
        "count",
        rule="count",
        hours=lambda vote: (vote.counts_at, None),
    ),
    _Plan(
        "preliminary",
        e.PreliminaryPosted,
        N_("公示初步结果"),
        N_("计票的人都签了字，先贴初步结果，听取异议。"),
        N_("去公示结果"),
        "preliminary",
        hours=_of_posting(PostingKind.PRELIMINARY),
    ),
    _Plan(
        "final",
        e.ResultCertified,
        N_("公布结果"),
        N_("公示期满、异议都答复了，出具结果证明。"),
        N_("去公布"),
        "certification",
        hours=_of_posting(PostingKind.FINAL),
    ),
    _Plan(
        "archive",
        e.VoteArchived,
        N_("归档"),
        N_("名册、公告、选票、异议和证明一起存好，业主一年内可以到法院申请撤销。"),
        N_("归档"),
        "archive",
        post=True,
    ),
)


def steps(actor: Actor, vote: Any) -> list[Step]:
    """The steps of a vote (the row of `plan_page`). The paper is the first; of a void vote nothing is left to do."""
    found = [_paper(actor, vote), *(_step(actor, vote, plan) for plan in PLANS)]
    place = next(n for n, step in enumerate(found) if step.key == "count")
    official = [_official(actor, vote)] if vote.official_evote else []
    return [*found[:place], _seal(actor, vote), *official, *found[place:]]


def _official(actor: Actor, vote: Any) -> Step:
    """Where the authority has its own system, its result file comes in before anybody counts."""
    there = vote.state in (S.OPEN, S.CLOSED) and imported(vote.id)
    mark = Mark.NOW if vote.state == S.CLOSED else Mark.TODO
    if there or vote.state in ORDER[ORDER.index(S.COUNTING) :]:
        mark = Mark.DONE
    may = vote.state == S.CLOSED and access.may(actor, Can.IMPORT_OFFICIAL, vote)
    note = _("截止以后从主管部门的系统拿到结果文件，导入进来。每一行对着名册核，没收的写明原因。")
    act = (_("去导入结果文件"), f"/owners-votes/{vote.id}/official") if may else None
    return Step("official", _("导入主管部门系统的结果"), note, mark, act=act)


def _seal(actor: Actor, vote: Any) -> Step:
    """Told before the close already: what nobody has read in by then counts only if the box is counted in time."""
    at = f"/owners-votes/{vote.id}"
    note = _(
        "截止后 %(hours)d 小时以内，两个人数清票箱里还没录的纸质票，贴出来；截止以后最多再录这么多张。"
        "没有记数，那时没录的纸质票就不计入。",
        hours=HOURS,
    )
    mark = Mark.TODO
    unmet: tuple[Unmet, ...] = ()
    act = None
    if (vote.seal and vote.seal.stands) or vote.state in ORDER[ORDER.index(S.COUNTING) :]:
        mark = Mark.DONE
    elif vote.state == S.CLOSED:
        mark = Mark.NOW
    if vote.state == S.OPEN and access.may(actor, Can.ENTER_PAPER, vote):
        unmet = (Unmet(_("收到的纸质票，请在截止以前录进去。"), f"{at}/batches"),)
    elif vote.state == S.CLOSED and not (vote.seal and vote.seal.stands):
        act = (_("去封箱记数"), f"{at}/seal")
    until = vote.seal_until if vote.state in (S.OPEN, S.CLOSED) else None
    when = vote.seal.stated_at if vote.seal and vote.seal.stands else None
    return Step("seal", _("封箱记数"), note, mark, unmet, act, at=when, until=None if when else until)


def _paper(actor: Actor, vote: Any) -> Step:
    """What is decided may change until it is announced."""
    address = f"/owners-votes/{vote.id}/matters/new"
    written = bool(vote.matters)
    mark = Mark.DONE if written else Mark.NOW if vote.state in ORDER else Mark.TODO
    unmet = () if written or mark is Mark.TODO else (Unmet(_("表决票上还没有表决事项。"), address),)
    act = (_("写表决事项"), address) if not written and access.may(actor, Can.AMEND, vote) else None
    note = _("用平常的话说要办什么事，平台告诉您属于法律上的哪一项、要多少人同意。")
    return Step("paper", _("写好表决票"), note, mark, unmet, act)


def _step(actor: Actor, vote: Any, plan: _Plan) -> Step:
    at, until = plan.hours(vote)
    move = OWNERS_VOTE.moves[plan.event]
    mark = _mark(vote, move.sources[0], bool(vote.matters))
    unmet = OWNERS_VOTE.unmet(actor, vote, plan.event) if mark is Mark.NOW else ()
    if plan.event is e.NoticePosted and mark is Mark.TODO:
        unmet = tuple(_too_early(actor, vote))
    may = mark is Mark.NOW and access.may(actor, move.may, vote)
    ready = may and not (plan.post and unmet)
    kept = vote.overrides.get(plan.rule)
    late = bool(may and plan.rule and not kept and SHORT[plan.rule](vote))
    return Step(
        key=plan.key,
        title=_(plan.title),
        note=_(plan.note),
        mark=mark,
        unmet=unmet,
        act=(_(plan.verb), f"/owners-votes/{vote.id}/{plan.path}") if ready else None,
        post=plan.post,
        at=at,
        until=until,
        override=plan.rule if late and access.may(actor, Can.OVERRIDE, vote) else "",
        kept=kept,
    )


def _too_early(actor: Actor, vote: Any) -> Iterable[Unmet]:
    """Seen in time: the roll hangs out and the notice after it, so that the voting cannot begin when it should."""
    if vote.state not in (S.DRAFT, S.ROLL_POSTED):
        return
    settled = max(vote.roll_until or hung_out_until(actor.now, vote.roll_days), actor.now)
    first = clock.local(settled).date() + timedelta(days=vote.notice_days + 1)
    if clock.local(vote.opens_at).date() < first:
        sentence = _(
            "名册公示完再公告 %(days)d 天，最早 %(day)s 才能开始投票，请把时间往后改。",
            days=vote.notice_days,
            day=first,
        )
        yield Unmet(sentence, f"/owners-votes/{vote.id}/edit")


def _mark(vote: Any, source: StrEnum, written: bool) -> Mark:
    if vote.state not in ORDER:
        return Mark.TODO
    here, there = ORDER.index(vote.state), ORDER.index(VoteState(source))
    if here > there:
        return Mark.DONE
    return Mark.NOW if here == there and (written or source is not S.DRAFT) else Mark.TODO
