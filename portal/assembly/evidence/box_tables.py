"""Lists of what was put into the box: ballots, letters of authority, batches of papers read twice."""

from collections.abc import Iterator

import sqlalchemy as sa

from ...accounts.models import Kinship
from ...accounts.words import KINSHIPS
from ...core.amounts import plain
from ...core.directory import directory
from ...core.text import N_, _
from .. import countfile
from ..actions.sealing import read_after
from ..challenges import CLAIM_WORD, FATE_WORD
from ..electorate import IN_ORDER
from ..leaves.ballots import ballot_word
from ..leaves.results import fate
from ..models.box import OwnerBallot
from ..models.challenges import BallotChallenge
from ..models.papers import NO_PAPER, Batch, BoxCount, BoxSeal, Proxy, Slip
from ..models.rolls import Speaker, Voter
from ..models.votes import OwnersVote
from ..queries.batches import EARLIER
from ..queries.receipts import uncounted
from ..sealing import left_over
from ..words import BATCH_WORD, CHANNEL_WORD, PROXY_WORD
from .table import Table


def of_ballots(vote: OwnersVote, choices: bool) -> Iterator[Table]:
    people = directory.people
    matters = countfile.matters_of(vote)
    left_out = uncounted(vote, matters)
    found = (
        sa.select(OwnerBallot, Voter.number, Voter.label, Voter.area, people.name.label("entered_by"))
        .join(Voter, Voter.id == OwnerBallot.voter_id)
        .outerjoin(people, people.id == OwnerBallot.entered_by_id)
        .order_by(*IN_ORDER)
    )
    yield Table(
        "04-ballots/ballots.csv",
        found.where(OwnerBallot.vote_id == vote.id),
        (
            (N_("编号"), lambda r: r.number),
            (N_("房屋"), lambda r: r.label),
            (N_("专有面积（㎡）"), lambda r: plain(r.area)),
            (N_("投票时间"), lambda r: r.OwnerBallot.at),
            (N_("方式"), lambda r: _(CHANNEL_WORD[r.OwnerBallot.channel])),
            (N_("选择"), lambda r: _said(r.OwnerBallot.choices, choices)),
            (N_("是否计入"), lambda r: fate(left_out.get(r.OwnerBallot.receipt), len(matters))),
            (N_("回执码"), lambda r: r.OwnerBallot.receipt),
            (N_("改过几次"), lambda r: r.OwnerBallot.changes),
            (N_("录入人"), lambda r: r.entered_by),
            (N_("家人代办"), lambda r: _(KINSHIPS[Kinship(r.OwnerBallot.kin)]) if r.OwnerBallot.kin else ""),
            (N_("委托书序号"), lambda r: r.OwnerBallot.proxy_id or ""),
        ),
    )


def of_proxies(vote: OwnersVote) -> Iterator[Table]:
    reviewer, asker, second = (sa.orm.aliased(directory.people) for _n in range(3))
    names = (
        reviewer.name.label("reviewed_by"),
        asker.name.label("asked_by"),
        second.name.label("stopped_by"),
    )
    proxies = (
        sa.select(Proxy, Voter.number, Voter.label, *names)
        .join(Voter, Voter.id == Proxy.voter_id)
        .outerjoin(reviewer, reviewer.id == Proxy.reviewed_by_id)
        .outerjoin(asker, asker.id == Proxy.stop_asked_by_id)
        .outerjoin(second, second.id == Proxy.stopped_by_id)
    )
    yield Table(
        "05-proxies/proxies.csv",
        proxies.where(Proxy.vote_id == vote.id).order_by(Proxy.id),
        (
            (N_("委托书序号"), lambda r: r.Proxy.id),
            (N_("编号"), lambda r: r.number),
            (N_("房屋"), lambda r: r.label),
            (N_("代理人"), lambda r: r.Proxy.agent_name),
            (N_("代理人怎么投"), lambda r: _("手机") if r.Proxy.agent_id else _("纸质票")),
            (N_("写明不是物业公司的人"), lambda r: _("是") if r.Proxy.declared else _("否")),
            (N_("委托的事项"), lambda r: "、".join(str(int(n) + 1) for n in r.Proxy.matters.split(",") if n)),
            (N_("状态"), lambda r: _(PROXY_WORD[r.Proxy.state])),
            (N_("不接受的理由"), lambda r: r.Proxy.refused_because),
            (N_("交来时间"), lambda r: r.Proxy.at),
            (N_("核对人"), lambda r: r.reviewed_by),
            (N_("核对时间"), lambda r: r.Proxy.reviewed_at),
            (N_("为什么替他收回"), lambda r: r.Proxy.stop_because),
            (N_("谁提出收回"), lambda r: r.asked_by),
            (N_("谁核对了收回"), lambda r: r.stopped_by),
        ),
    )


def of_batches(vote: OwnersVote, choices: bool) -> Iterator[Table]:
    first, second, third = (sa.orm.aliased(directory.people) for _n in range(3))
    found = (
        sa.select(Batch, first.name.label("first"), second.name.label("second"), third.name.label("third"))
        .outerjoin(first, first.id == Batch.first_by_id)
        .outerjoin(second, second.id == Batch.second_by_id)
        .outerjoin(third, third.id == Batch.third_by_id)
    )
    yield Table(
        "06-batches/batches.csv",
        found.where(Batch.vote_id == vote.id).order_by(Batch.number),
        (
            (N_("批次"), lambda r: r.Batch.number),
            (N_("收票时间"), lambda r: r.Batch.received_at),
            (N_("状态"), lambda r: _(BATCH_WORD[r.Batch.state])),
            (N_("第一遍"), lambda r: r.first),
            (N_("第二遍"), lambda r: r.second),
            (N_("裁定"), lambda r: r.third),
        ),
    )
    slips = (
        sa.select(
            Slip,
            Batch.number.label("batch"),
            Voter.number,
            EARLIER.label("earlier"),
            Speaker.name.label("signed_by"),
        )
        .join(Batch, Batch.id == Slip.batch_id)
        .join(Voter, Voter.id == Slip.voter_id)
        .outerjoin(
            Speaker, Speaker.id == sa.case((Slip.third.is_not(None), Slip.third_signer), else_=Slip.signer)
        )
    )
    yield Table(
        "06-batches/slips.csv",
        slips.where(Batch.vote_id == vote.id).order_by(Batch.number, Voter.number, Slip.nth),
        (
            (N_("批次"), lambda r: r.batch),
            (N_("编号"), lambda r: r.number),
            (N_("这一户的第几张"), lambda r: r.earlier + 1),
            (N_("录入时间"), lambda r: r.Slip.at),
            (N_("截止以后录的"), lambda r: _("是") if r.Slip.at >= vote.closes_at else _("否")),
            (N_("第一遍"), lambda r: _said(r.Slip.first, choices)),
            (N_("第二遍"), lambda r: _said(r.Slip.second, choices)),
            (N_("裁定"), lambda r: _said(r.Slip.third, choices)),
            (N_("委托书序号"), lambda r: r.Slip.settled[1]),
            (N_("谁签了字"), lambda r: _signed(r.Slip.settled[2], r.signed_by)),
            (N_("备注"), lambda r: r.Slip.note),
        ),
    )


def of_seal(vote: OwnersVote) -> Iterator[Table]:
    """The papers in the box at the close, as two people counted them, beside those read in afterwards."""
    first, second, third = (sa.orm.aliased(directory.people) for _n in range(3))
    found = (
        sa.select(BoxSeal, first.name.label("first"), second.name.label("second"), third.name.label("third"))
        .outerjoin(first, first.id == BoxSeal.stated_by_id)
        .outerjoin(second, second.id == BoxSeal.confirmed_by_id)
        .outerjoin(third, third.id == BoxSeal.third_by_id)
    )
    after = read_after(vote)
    yield Table(
        "06-batches/seal.csv",
        found.where(BoxSeal.vote_id == vote.id),
        (
            (N_("截止时没录的张数"), lambda r: r.BoxSeal.papers),
            (N_("记数的人"), lambda r: r.first),
            (N_("记数时间"), lambda r: r.BoxSeal.stated_at),
            (N_("他数到"), lambda r: r.BoxSeal.first),
            (N_("再数的人"), lambda r: r.second),
            (N_("再数时间"), lambda r: r.BoxSeal.confirmed_at),
            (N_("他数到"), lambda r: r.BoxSeal.second),
            (N_("第三个数的人"), lambda r: r.third),
            (N_("他数到"), lambda r: r.BoxSeal.third),
            (N_("截止以后录的张数"), lambda _r: after),
            (N_("相差"), lambda r: "" if r.BoxSeal.papers is None else left_over(r.BoxSeal, after)),
        ),
    )


def of_box_counts(vote: OwnersVote) -> Iterator[Table]:
    """Rounds in which three people found three numbers."""
    people = directory.people
    found = (
        sa.select(BoxCount, people.name.label("by"))
        .join(people, people.id == BoxCount.by_id)
        .order_by(BoxCount.round, BoxCount.nth)
    )
    yield Table(
        "06-batches/box-counts.csv",
        found.where(BoxCount.vote_id == vote.id),
        (
            (N_("第几轮"), lambda r: r.BoxCount.round),
            (N_("数的人"), lambda r: r.by),
            (N_("什么时候数的"), lambda r: r.BoxCount.at),
            (N_("他数到"), lambda r: r.BoxCount.papers),
        ),
    )


def of_challenges(vote: OwnersVote) -> Iterator[Table]:
    """What owners said of ballots that staff entered in their names, and what became of it."""
    enterer, answerer, second = (sa.orm.aliased(directory.people) for _n in range(3))
    found = (
        sa.select(
            BallotChallenge,
            Voter.number,
            enterer.name.label("enterer"),
            answerer.name.label("answerer"),
            second.name.label("second"),
        )
        .join(Voter, Voter.id == BallotChallenge.voter_id)
        .outerjoin(enterer, enterer.id == BallotChallenge.entered_by_id)
        .outerjoin(answerer, answerer.id == BallotChallenge.answered_by_id)
        .outerjoin(second, second.id == BallotChallenge.confirmed_by_id)
        .order_by(BallotChallenge.id)
    )
    yield Table(
        "04-ballots/challenges.csv",
        found.where(BallotChallenge.vote_id == vote.id),
        (
            (N_("编号"), lambda r: r.number),
            (N_("回执码"), lambda r: r.BallotChallenge.receipt),
            (N_("录入人"), lambda r: r.enterer),
            (N_("哪里不对"), lambda r: _(CLAIM_WORD[r.BallotChallenge.claim])),
            (N_("想说明的"), lambda r: r.BallotChallenge.text),
            (N_("提出时间"), lambda r: r.BallotChallenge.at),
            (N_("怎么办了"), lambda r: _(FATE_WORD[r.BallotChallenge.fate])),
            (N_("答复"), lambda r: r.BallotChallenge.answer),
            (N_("答复人"), lambda r: r.answerer),
            (N_("答复时间"), lambda r: r.BallotChallenge.answered_at),
            (N_("第二个人"), lambda r: r.second),
        ),
    )


def _signed(signer: int | None, name: str | None) -> str:
    """Of co-owners: who signed the paper."""
    return "" if signer is None else name or _("共有人都签了字")


def _said(words: str | None, choices: bool) -> str:
    """同意 / 不同意 / …: what a paper says on every matter, or nothing."""
    if words == NO_PAPER:
        return _("箱里没有这张票")
    if words is None or not choices:
        return ""
    return " / ".join(ballot_word(word) for word in words.split(","))
