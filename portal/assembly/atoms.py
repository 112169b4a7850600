"""Rules of access that only an owners' vote has: who speaks for a head, stands on the roll, watches the count, and in
which state the vote is that a paper belongs to."""

from typing import Any

import sqlalchemy as sa

from ..core.access import YES, Condition, Rule, Verdict
from ..core.actor import Actor
from ..core.atoms import SIGN_IN
from ..core.db import db
from ..core.directory import directory
from ..core.text import N_
from .models.counts import Scrutineer
from .models.rolls import STANDS, Speaker
from .models.votes import OwnersVote
from .words import VoteState


class _Speaks(Rule):
    """Stands on the roll as one who may speak for the voter: owner, co-owner, guardian, whom an organisation sends."""

    names_people = True
    reason = N_("您不在这套房屋的业主名册上，可以看、可以说话，不能投。")

    def check(self, actor: Actor, thing: Any) -> Verdict:
        if actor.id is None:
            return Verdict(False, SIGN_IN)
        speaks = getattr(thing, "speaks", None)
        if speaks is None:
            speaks = db.session.execute(_SPEAKS, {"voter": thing.id, "user": actor.id}).first() is not None
        return YES if speaks else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        if actor.id is None:
            return sa.false()
        return model.id.in_(sa.select(Speaker.voter_id).where(Speaker.user_id == actor.id, STANDS))  # type: ignore[no-any-return]

    def reaches(self, actor: Actor) -> bool:
        return actor.id is not None

    def facts(self, actor: Actor) -> Any:
        return actor.id

    def holders(self, thing: Any) -> Condition:
        said = sa.select(Speaker.user_id).where(
            Speaker.voter_id == thing.id, Speaker.user_id.is_not(None), STANDS
        )
        return directory.people.id.in_(said)  # type: ignore[no-any-return]


_SPEAKS = sa.select(Speaker.id).where(
    Speaker.voter_id == sa.bindparam("voter"), Speaker.user_id == sa.bindparam("user"), STANDS
)


class _Beside(Rule):
    """Stands on the roll as an owner of the head whom a speaker was named for: it is his home, and his objection. The
    other reading (`there` false): has nothing to do with that head, and so may judge between its people."""

    names_people = True

    def __init__(self, *, there: bool, reason: str) -> None:
        self.there, self.reason, self.names_people = there, reason, there

    def check(self, actor: Actor, thing: Any) -> Verdict:
        if actor.id is None:
            return Verdict(False, SIGN_IN)
        beside = getattr(thing, "beside", None)
        if beside is None:
            at = {"voter": thing.voter_id, "user": actor.id}
            beside = db.session.execute(_OWNS, at).first() is not None
        return YES if beside is self.there else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        if actor.id is None:
            return sa.false()
        other = sa.orm.aliased(Speaker)
        own = sa.select(other.voter_id).where(other.user_id == actor.id, other.owner_id.is_not(None))
        return model.voter_id.in_(own) if self.there else model.voter_id.not_in(own)  # type: ignore[no-any-return]

    def reaches(self, actor: Actor) -> bool:
        return actor.id is not None

    def facts(self, actor: Actor) -> Any:
        return actor.id

    def holders(self, thing: Any) -> Condition:
        said = sa.select(Speaker.user_id).where(
            Speaker.voter_id == thing.voter_id, Speaker.user_id.is_not(None), Speaker.owner_id.is_not(None)
        )
        own: Condition = directory.people.id.in_(said)
        return own if self.there else ~own


_OWNS = sa.select(Speaker.id).where(
    Speaker.voter_id == sa.bindparam("voter"),
    Speaker.user_id == sa.bindparam("user"),
    Speaker.owner_id.is_not(None),
)


class _NotTheGivers(Rule):
    """Is none of those who speak for the voter that the thing is about: whoever gives a letter does not check it."""

    names_people = False
    reason = N_("这份委托书请另一位召集人来核对。")

    def check(self, actor: Actor, thing: Any) -> Verdict:
        gives = getattr(thing, "gives", None)
        if gives is None:
            at = {"voter": thing.voter_id, "user": actor.id}
            gives = db.session.execute(_SPEAKS, at).first() is not None
        return Verdict(False, self.reason) if gives else YES

    def clause(self, actor: Actor, model: Any) -> Condition:
        return ~sa.exists().where(Speaker.voter_id == model.voter_id, Speaker.user_id == actor.id)

    def facts(self, actor: Actor) -> Any:
        return actor.id

    def holders(self, thing: Any) -> Condition:
        said = sa.select(Speaker.user_id).where(
            Speaker.voter_id == thing.voter_id, Speaker.user_id.is_not(None)
        )
        return directory.people.id.not_in(said)  # type: ignore[no-any-return]


class _StandsBy(Rule):
    """Counts or watches the count of this vote, entered with his account."""

    names_people = True
    reason = N_("逐票的记录只给核票的人看：社区书记、业委会主任、计票人和监票人。")

    def check(self, actor: Actor, thing: Any) -> Verdict:
        if actor.id is None:
            return Verdict(False, SIGN_IN)
        there = getattr(thing, "stands_by", None)
        if there is None:
            at = {"vote": thing.id, "user": actor.id}
            there = db.session.execute(_STANDS_BY, at).first() is not None
        return YES if there else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        if actor.id is None:
            return sa.false()
        return model.id.in_(sa.select(Scrutineer.vote_id).where(Scrutineer.user_id == actor.id))  # type: ignore[no-any-return]

    def reaches(self, actor: Actor) -> bool:
        return actor.id is not None

    def facts(self, actor: Actor) -> Any:
        return actor.id

    def holders(self, thing: Any) -> Condition:
        there = sa.select(Scrutineer.user_id).where(
            Scrutineer.vote_id == thing.id, Scrutineer.user_id.is_not(None)
        )
        return directory.people.id.in_(there)  # type: ignore[no-any-return]


_STANDS_BY = sa.select(Scrutineer.id).where(
    Scrutineer.vote_id == sa.bindparam("vote"), Scrutineer.user_id == sa.bindparam("user")
)


class _OnRoll(Rule):
    """Stands on the roll of this vote as one who may speak for a head."""

    names_people = True
    reason = N_("名册上的业主才能提名。")

    def check(self, actor: Actor, thing: Any) -> Verdict:
        if actor.id is None:
            return Verdict(False, SIGN_IN)
        mine = getattr(thing, "mine", None)
        if mine is None:
            mine = db.session.execute(_ON_ROLL, {"vote": thing.id, "user": actor.id}).first()
        return YES if mine else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        if actor.id is None:
            return sa.false()
        return model.id.in_(sa.select(Speaker.vote_id).where(Speaker.user_id == actor.id, STANDS))  # type: ignore[no-any-return]

    def reaches(self, actor: Actor) -> bool:
        return actor.id is not None

    def facts(self, actor: Actor) -> Any:
        return actor.id

    def holders(self, thing: Any) -> Condition:
        there = sa.select(Speaker.user_id).where(
            Speaker.vote_id == thing.id, Speaker.user_id.is_not(None), STANDS
        )
        return directory.people.id.in_(there)  # type: ignore[no-any-return]


_ON_ROLL = sa.select(Speaker.id).where(
    Speaker.vote_id == sa.bindparam("vote"), Speaker.user_id == sa.bindparam("user"), STANDS
)


class VoteDuring(Rule):
    """The vote that the thing belongs to (`vote_id`; `vote` on the row of a page) is in one of the states."""

    def __init__(self, *states: VoteState, reason: str) -> None:
        self.states, self.reason = states, reason

    def check(self, actor: Actor, thing: Any) -> Verdict:
        return YES if self._state(thing) in self.states else Verdict(False, self.reason)

    def clause(self, actor: Actor, model: Any) -> Condition:
        vote = sa.orm.aliased(OwnersVote)
        held = (vote.state == sa.literal(state, OwnersVote.state.type) for state in self.states)
        return sa.exists().where(vote.id == model.vote_id, sa.or_(*held))

    def facts(self, actor: Actor) -> Any:
        return None

    def holders(self, thing: Any) -> Condition:
        return sa.true() if self._state(thing) in self.states else sa.false()

    @staticmethod
    def _state(thing: Any) -> Any:
        vote = getattr(thing, "vote", None)
        if vote is not None:
            return vote.state
        return db.session.scalar(sa.select(OwnersVote.state).where(OwnersVote.id == thing.vote_id))


speaks = _Speaks()
not_the_givers = _NotTheGivers()
stands_by = _StandsBy()
on_roll = _OnRoll()
gives = _Beside(there=True, reason=N_("只有委托人、代理人和工作人员能看。"))
owns_with = _Beside(there=True, reason=N_("这套房屋的业主才能提。"))
apart = _Beside(there=False, reason=N_("您自己是这套房屋的业主，请别的召集人来决定。"))
