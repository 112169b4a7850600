"""What waits after the hour: closing, counting, signing, posting, answering objections, certifying."""

from typing import Any

import sqlalchemy as sa

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, NO_HOUR, NOW, Kind, lines, one_of, those
from ..models.counts import Scrutineer
from ..models.votes import OwnersVote, VoteObjection
from ..policy import Can
from ..stages import SIGNING
from ..upheld import unmended
from ..words import ObjectionKind, VoteState
from .party import CONVENING


def _votes(kind: str, due: Any) -> Rows:
    return lines(
        kind, OwnersVote, title=OwnersVote.title, since=OwnersVote.moved_at, party=CONVENING, due=due
    )


@prepared
def _to_close(mine: Condition) -> Rows:
    return _votes("close_owners_vote", OwnersVote.closes_at).where(
        mine, OwnersVote.state == VoteState.OPEN, OwnersVote.closes_at <= NOW
    )


@prepared
def _to_count(mine: Condition) -> Rows:
    return _votes("count_owners_vote", sa.func.coalesce(OwnersVote.counts_at, OwnersVote.closes_at)).where(
        mine, OwnersVote.state == VoteState.CLOSED
    )


_UNSIGNED = sa.exists().where(Scrutineer.vote_id == OwnersVote.id, Scrutineer.signed_at.is_(None))


@prepared
def _to_post(mine: Condition) -> Rows:
    """Counted, and everybody at the table has signed."""
    return _votes("post_owners_result", NO_HOUR).where(
        mine, OwnersVote.state == VoteState.COUNTING, ~_UNSIGNED
    )


@prepared
def _to_certify(mine: Condition) -> Rows:
    """The posting is over, every objection to the result has its answer, and all have signed what hangs out."""
    open_ones = sa.exists().where(
        VoteObjection.vote_id == OwnersVote.id,
        VoteObjection.kind == ObjectionKind.RESULT,
        VoteObjection.answered_at.is_(None),
    )
    return _votes("certify_owners_vote", OwnersVote.objections_until).where(
        mine,
        OwnersVote.state == VoteState.PRELIMINARY,
        OwnersVote.objections_until <= NOW,
        ~open_ones,
        ~_upheld(ObjectionKind.RESULT),
        ~_UNSIGNED,
    )


def _upheld(kind: ObjectionKind) -> Condition:
    """Some objection of the vote was right, and what has to follow has not been done."""
    return sa.exists().where(VoteObjection.vote_id == OwnersVote.id, VoteObjection.kind == kind, unmended())


@prepared
def _result_to_mend(mine: Condition) -> Rows:
    return _votes("mend_owners_result", OwnersVote.objections_until).where(
        mine, OwnersVote.state == VoteState.PRELIMINARY, _upheld(ObjectionKind.RESULT)
    )


@prepared
def _roll_to_mend(mine: Condition) -> Rows:
    return _votes("mend_owners_roll", OwnersVote.roll_until).where(
        mine, OwnersVote.state == VoteState.ROLL_POSTED, _upheld(ObjectionKind.ROLL)
    )


@prepared
def _to_sign(seen: Condition) -> Rows:
    """Counts that I stand by and have not signed."""
    mine = sa.select(Scrutineer.vote_id).where(Scrutineer.user_id == ME, Scrutineer.signed_at.is_(None))
    return _votes("sign_owners_count", NO_HOUR).where(
        seen, one_of(OwnersVote.state, SIGNING), OwnersVote.id.in_(mine)
    )


@prepared
def _to_answer(mine: Condition) -> Rows:
    """Objections of votes that still wait for the answer: to a roll, a list or a result that hangs."""
    until = sa.case(
        (VoteObjection.kind == ObjectionKind.ROLL, OwnersVote.roll_until),
        (VoteObjection.kind == ObjectionKind.CANDIDATE, OwnersVote.opens_at),
        else_=OwnersVote.objections_until,
    )
    return (
        lines(
            "answer_vote_objection",
            VoteObjection,
            title=OwnersVote.title,
            since=VoteObjection.at,
            party=CONVENING,
            due=until,
        )
        .join(OwnersVote, OwnersVote.id == VoteObjection.vote_id)
        .where(
            mine,
            VoteObjection.answered_at.is_(None),
            one_of(OwnersVote.state, (VoteState.ROLL_POSTED, VoteState.NOTICE, VoteState.PRELIMINARY)),
        )
    )


_COUNT = ("owners_counts.show", "owners_vote_id", False)
waiting.add(
    "close_owners_vote",
    Kind(N_("业主大会投票到时间了"), N_("去截止"), "hourglass", *_COUNT),
    those(OwnersVote, Can.CLOSE, _to_close),
)
waiting.add(
    "count_owners_vote",
    Kind(N_("等您开箱计票"), N_("去计票"), "scale", *_COUNT),
    those(OwnersVote, Can.COUNT, _to_count),
)
waiting.add(
    "sign_owners_count",
    Kind(N_("请您核对计票、签字"), N_("去签字"), "pencil", "owners_counts.show", "owners_vote_id", True),
    those(OwnersVote, Can.SEE, _to_sign),
)
waiting.add(
    "post_owners_result",
    Kind(
        N_("初步结果等公示"),
        N_("去公示"),
        "megaphone",
        "result_postings.ask_preliminary",
        "owners_vote_id",
        False,
    ),
    those(OwnersVote, Can.POST_PRELIMINARY, _to_post),
)
waiting.add(
    "certify_owners_vote",
    Kind(
        N_("表决结果等公布"),
        N_("去公布"),
        "badge-check",
        "result_postings.ask_certification",
        "owners_vote_id",
        False,
    ),
    those(OwnersVote, Can.CERTIFY, _to_certify),
)
waiting.add(
    "mend_owners_result",
    Kind(
        N_("对结果的异议成立"),
        N_("去更正"),
        "refresh-cw",
        "result_postings.ask_again",
        "owners_vote_id",
        False,
    ),
    those(OwnersVote, Can.CERTIFY, _result_to_mend),
)
waiting.add(
    "mend_owners_roll",
    Kind(
        N_("对名册的异议成立"), N_("去更正"), "refresh-cw", "vote_objections.index", "owners_vote_id", False
    ),
    those(OwnersVote, Can.AMEND_ROLL, _roll_to_mend),
)
waiting.add(
    "answer_vote_objection",
    Kind(N_("表决的异议等答复"), N_("去答复"), "reply", "vote_objections.answer", "vote_objection_id", False),
    those(VoteObjection, Can.ANSWER, _to_answer),
)
