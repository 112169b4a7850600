"""What waits around awards: my word, whom staff ask, review, the vote, the posting, objections, the end."""

from typing import Any

import sqlalchemy as sa

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import Kind, lines, those
from .models import Award, AwardCategory, AwardObjection, Nominee
from .policy import Can
from .words import BEFORE_VOTE, AwardState

S = AwardState
_open = waiting.one_of(Award.state, BEFORE_VOTE)


def _nominees(kind: str, party: str) -> Rows:
    return (
        lines(
            kind, Nominee, title=Award.title, since=Nominee.created_at, party=party, due=Award.nominate_until
        )
        .join(Award, Award.id == Nominee.award_id)
        .where(_open)
    )


def _awards(kind: str, **more: Any) -> Rows:
    return lines(kind, Award, title=Award.title, since=Award.moved_at, **more)


@prepared
def _to_consent(mine: Condition) -> Rows:
    return _nominees("consent_nominee", "resident").where(mine, Nominee.consent_at.is_(None))


@prepared
def _to_ask(mine: Condition) -> Rows:
    return _nominees("ask_nominee", "community").where(
        mine, Nominee.consent_at.is_(None), Nominee.user_id.is_(None)
    )


@prepared
def _to_review(mine: Condition) -> Rows:
    return _nominees("review_nominee", "community").where(mine, Nominee.consent_at.is_not(None))


@prepared
def _to_open(mine: Condition) -> Rows:
    return _awards("open_award_vote").where(mine)


@prepared
def _to_vote_again(mine: Condition) -> Rows:
    """A category whose poll was void or not taken."""
    left = sa.exists().where(
        AwardCategory.award_id == Award.id,
        AwardCategory.poll_id.is_(None),
        AwardCategory.dropped_because == "",
    )
    return _awards("vote_award_again").where(mine, left)


@prepared
def _to_post(mine: Condition) -> Rows:
    return _awards("post_award").where(mine)


@prepared
def _to_answer(mine: Condition) -> Rows:
    return (
        lines(
            "answer_award_objection",
            AwardObjection,
            title=Award.title,
            since=AwardObjection.raised_at,
            due=Award.posted_until,
        )
        .join(Award, Award.id == AwardObjection.award_id)
        .where(mine, Award.state == S.POSTED)
    )


@prepared
def _to_finish(mine: Condition) -> Rows:
    return _awards("finish_award").where(mine, Award.objections_open == 0)


def _award(tag: str, verb: str, icon: str) -> Kind:
    return Kind(tag, verb, icon, "awards.show", "award_id", False)


def _nominee(tag: str, verb: str, icon: str, personal: bool) -> Kind:
    return Kind(tag, verb, icon, "nominees.show", "nominee_id", personal, N_("%(time)s 提名截止"))


waiting.add(
    "consent_nominee",
    _nominee(N_("有人提名您"), N_("去答应或谢绝"), "user-round", True),
    those(Nominee, Can.CONSENT, _to_consent),
)
waiting.add(
    "ask_nominee",
    _nominee(N_("候选等您去问本人"), N_("去记下"), "user-round", False),
    those(Nominee, Can.RECORD_CONSENT, _to_ask),
)
waiting.add(
    "review_nominee",
    _nominee(N_("候选等审核"), N_("去审核"), "shield-check", False),
    those(Nominee, Can.REVIEW, _to_review),
)
waiting.add(
    "open_award_vote",
    _award(N_("评选等开始投票"), N_("去看看"), "vote"),
    those(Award, Can.OPEN_VOTE, _to_open),
)
waiting.add(
    "vote_award_again",
    _award(N_("评选要重新投票"), N_("去看看"), "refresh-cw"),
    those(Award, Can.VOTE_AGAIN, _to_vote_again),
)
waiting.add(
    "post_award", _award(N_("获奖名单等公示"), N_("去公示"), "megaphone"), those(Award, Can.POST, _to_post)
)
waiting.add(
    "answer_award_objection",
    Kind(
        N_("对获奖名单的异议等您答复"),
        N_("去答复"),
        "reply",
        "award_objections.ask",
        "award_objection_id",
        False,
    ),
    those(AwardObjection, Can.ANSWER, _to_answer),
)
waiting.add(
    "finish_award",
    _award(N_("公示满了，等确认"), N_("去确认"), "badge-check"),
    those(Award, Can.FINISH, _to_finish),
)
