"""Lists of who was called to vote and how they were told: roll, postings, overrides, deliveries, visits."""

from collections.abc import Iterator

import sqlalchemy as sa

from ...core.amounts import plain
from ...core.directory import directory
from ...core.text import N_, _
from ..election_words import CANDIDATE_WORD, DECLARED_WORD, NOMINATOR_WORD, Declared
from ..models.elections import Candidate
from ..models.reaching import Delivery, DoorVisit
from ..models.rolls import RollChange, RollUnit, RollVersion, Speaker, UnknownOwner, Voter
from ..models.votes import Matter, Override, OwnersVote, Posting
from ..queries.hung import digest_column
from ..words import CAPACITY_WORD, DELIVERY_WORD, POSTING_WORD, STANDING_WORD, VOTER_WORD
from .table import Table


def of_roll(vote: OwnersVote) -> Iterator[Table]:
    units = sa.select(
        Voter.number, Voter.kind, Voter.name, RollUnit.unit_id, RollUnit.label, RollUnit.building, RollUnit.use,
        RollUnit.delivery, RollUnit.area, RollUnit.area_source,
    ).join(Voter, Voter.id == RollUnit.voter_id)  # fmt: skip
    yield Table(
        "01-roll/units.csv",
        units.where(RollUnit.vote_id == vote.id).order_by(Voter.number, RollUnit.id),
        (
            (N_("编号"), lambda r: r.number),
            (N_("业主类型"), lambda r: _(VOTER_WORD[r.kind])),
            (N_("业主"), lambda r: r.name),
            (N_("房屋编号"), lambda r: f"u{r.unit_id}"),
            (N_("房屋"), lambda r: r.label),
            (N_("楼"), lambda r: r.building),
            (N_("用途"), lambda r: r.use),
            (N_("交付"), lambda r: r.delivery),
            (N_("专有面积（㎡）"), lambda r: plain(r.area)),
            (N_("面积来源"), lambda r: r.area_source),
        ),
    )
    speakers = sa.select(
        Voter.number,
        Speaker.name,
        Speaker.capacity,
        Speaker.designated,
        Speaker.standing,
        Speaker.objection,
        Speaker.decision,
        Speaker.owner_id,
        Speaker.for_owner_id,
    ).join(Voter, Voter.id == Speaker.voter_id)
    yield Table(
        "01-roll/speakers.csv",
        speakers.where(Speaker.vote_id == vote.id).order_by(Voter.number, Speaker.id),
        (
            (N_("编号"), lambda r: r.number),
            (N_("姓名"), lambda r: r.name),
            (N_("身份"), lambda r: _(CAPACITY_WORD[r.capacity])),
            (N_("共有人推选的代表"), lambda r: _("是") if r.designated else ""),
            (N_("能不能投"), lambda r: _(STANDING_WORD[r.standing])),
            (N_("业主的异议"), lambda r: r.objection),
            (N_("决定的理由"), lambda r: r.decision),
            (N_("业主编号"), lambda r: f"p{r.owner_id}" if r.owner_id else ""),
            (N_("替哪一位业主"), lambda r: f"p{r.for_owner_id}" if r.for_owner_id else ""),
        ),
    )


def of_unknown(vote: OwnersVote) -> Iterator[Table]:
    people = directory.people
    found = (
        sa.select(UnknownOwner, RollUnit.label, people.name.label("by"))
        .join(
            RollUnit,
            sa.and_(RollUnit.unit_id == UnknownOwner.unit_id, RollUnit.vote_id == UnknownOwner.vote_id),
        )
        .outerjoin(people, people.id == UnknownOwner.by_id)
    )
    yield Table(
        "01-roll/unknown.csv",
        found.where(UnknownOwner.vote_id == vote.id).order_by(RollUnit.id),
        (
            (N_("房屋编号"), lambda r: f"u{r.UnknownOwner.unit_id}"),
            (N_("房屋"), lambda r: r.label),
            (N_("业主不明的理由"), lambda r: r.UnknownOwner.reason),
            (N_("经办人"), lambda r: r.by),
            (N_("时间"), lambda r: r.UnknownOwner.at),
        ),
    )


def of_versions(vote: OwnersVote) -> Iterator[Table]:
    yield Table(
        "01-roll/versions.csv",
        sa.select(RollVersion.version, RollVersion.at, RollVersion.reason, RollVersion.hash)
        .where(RollVersion.vote_id == vote.id)
        .order_by(RollVersion.version),
        (
            (N_("名册版本"), lambda r: r.version),
            (N_("时间"), lambda r: r.at),
            (N_("理由"), lambda r: r.reason),
            (N_("文件指纹"), lambda r: r.hash),
        ),
    )


def of_changes(vote: OwnersVote) -> Iterator[Table]:
    """Units that changed hands while people voted; empty where none did."""
    people, taker = directory.people, sa.orm.aliased(Voter)
    found = (
        sa.select(
            RollChange,
            RollUnit.label,
            Voter.number,
            taker.number.label("now"),
            people.name.label("by"),
        )
        .join(
            RollUnit,
            sa.and_(RollUnit.unit_id == RollChange.unit_id, RollUnit.vote_id == RollChange.vote_id),
        )
        .join(Voter, Voter.id == RollChange.voter_id)
        .outerjoin(taker, taker.id == RollChange.new_voter_id)
        .outerjoin(people, people.id == RollChange.by_id)
    )
    yield Table(
        "01-roll/changes.csv",
        found.where(RollChange.vote_id == vote.id).order_by(RollChange.id),
        (
            (N_("序号"), lambda r: r.RollChange.id),
            (N_("房屋"), lambda r: r.label),
            (N_("原票号"), lambda r: r.number),
            (N_("原业主"), lambda r: r.RollChange.former),
            (N_("新业主"), lambda r: r.RollChange.owners),
            (N_("新票号"), lambda r: r.now or _("原业主投过的票照算")),
            (N_("名册版本"), lambda r: r.RollChange.version or ""),
            (N_("理由"), lambda r: r.RollChange.reason),
            (N_("经办人"), lambda r: r.by),
            (N_("时间"), lambda r: r.RollChange.at),
        ),
    )


def of_postings(vote: OwnersVote) -> Iterator[Table]:
    people = directory.people
    postings = sa.select(Posting, people.name.label("by"), digest_column().label("paper")).outerjoin(
        people, people.id == Posting.by_id
    )
    yield Table(
        "02-postings/postings.csv",
        postings.where(Posting.vote_id == vote.id).order_by(Posting.id),
        (
            (N_("序号"), lambda r: r.Posting.id),
            (N_("公示"), lambda r: _(POSTING_WORD[r.Posting.kind])),
            (N_("时间"), lambda r: r.Posting.at),
            (N_("地点"), lambda r: r.Posting.where),
            (N_("公示到"), lambda r: r.Posting.until),
            (N_("名册版本"), lambda r: r.Posting.roll_version),
            (N_("理由"), lambda r: r.Posting.reason),
            (N_("原文指纹"), lambda r: r.paper),
            (N_("经办人"), lambda r: r.by),
        ),
    )
    overrides = sa.select(Override, people.name.label("by")).outerjoin(people, people.id == Override.by_id)
    yield Table(
        "02-postings/overrides.csv",
        overrides.where(Override.vote_id == vote.id).order_by(Override.at),
        (
            (N_("没有照办的规则"), lambda r: r.Override.rule),
            (N_("理由"), lambda r: r.Override.reason),
            (N_("决定人"), lambda r: r.by),
            (N_("时间"), lambda r: r.Override.at),
        ),
    )


def of_candidates(vote: OwnersVote) -> Iterator[Table]:
    """Everybody who was nominated, whatever became of it; empty where nobody is elected."""
    nominator, reviewer = (sa.orm.aliased(directory.people) for _n in range(2))
    found = (
        sa.select(
            Candidate, Matter.position, nominator.name.label("nominator"), reviewer.name.label("reviewer")
        )
        .join(Matter, Matter.id == Candidate.matter_id)
        .outerjoin(nominator, nominator.id == Candidate.nominated_by_id)
        .outerjoin(reviewer, reviewer.id == Candidate.reviewed_by_id)
    )
    yield Table(
        "02-postings/candidates.csv",
        found.where(Candidate.vote_id == vote.id).order_by(Matter.position, Candidate.number, Candidate.id),
        (
            (N_("事项"), lambda r: r.position + 1),
            (N_("编号"), lambda r: r.Candidate.number or ""),
            (N_("姓名"), lambda r: r.Candidate.name),
            (N_("房屋"), lambda r: r.Candidate.label),
            (N_("委派单位"), lambda r: r.Candidate.company),
            (N_("怎么提名的"), lambda r: _(NOMINATOR_WORD[r.Candidate.nominated_by])),
            (N_("登记人"), lambda r: r.nominator),
            (N_("同意参选"), lambda r: r.Candidate.consented_at),
            (
                N_("本人声明"),
                lambda r: "；".join(
                    _(DECLARED_WORD[Declared(w)]) for w in r.Candidate.declared.split(",") if w
                ),
            ),
            (N_("状态"), lambda r: _(CANDIDATE_WORD[r.Candidate.state])),
            (N_("理由"), lambda r: r.Candidate.reason),
            (N_("审查人"), lambda r: r.reviewer),
            (N_("审查时间"), lambda r: r.Candidate.reviewed_at),
        ),
    )


def of_deliveries(vote: OwnersVote) -> Iterator[Table]:
    people = directory.people
    found = (
        sa.select(Delivery, Voter.number, Voter.label, people.name.label("by"))
        .join(Voter, Voter.id == Delivery.voter_id)
        .outerjoin(people, people.id == Delivery.by_id)
    )
    yield Table(
        "03-deliveries/deliveries.csv",
        found.where(Delivery.vote_id == vote.id).order_by(Delivery.id),
        (
            (N_("编号"), lambda r: r.number),
            (N_("房屋"), lambda r: r.label),
            (N_("怎么送的"), lambda r: _(DELIVERY_WORD[r.Delivery.way])),
            (N_("说明了不投票的后果"), lambda r: _("是") if r.Delivery.warned else _("否")),
            (N_("见证人一"), lambda r: r.Delivery.witness_one),
            (N_("见证人二"), lambda r: r.Delivery.witness_two),
            (N_("备注"), lambda r: r.Delivery.note),
            (N_("公告序号"), lambda r: r.Delivery.posting_id or ""),
            (N_("经办人"), lambda r: r.by),
            (N_("时间"), lambda r: r.Delivery.at),
        ),
    )
    visits = sa.select(DoorVisit, people.name.label("visitor")).outerjoin(
        people, people.id == DoorVisit.visitor_id
    )
    yield Table(
        "03-deliveries/visits.csv",
        visits.where(DoorVisit.vote_id == vote.id).order_by(DoorVisit.building),
        (
            (N_("楼"), lambda r: r.DoorVisit.building),
            (N_("上门的人"), lambda r: r.visitor),
            (N_("安排时间"), lambda r: r.DoorVisit.at),
        ),
    )
