"""What owners say of ballots that staff entered in their names, in the story of the vote. Never who, nor which."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_


@event("ballot_challenge.raised", N_("一位业主说工作人员代录的一张票不对，等召集人答复"), icon="circle-alert")
class BallotChallenged(Event):
    vote_id: int


@event(
    "ballot_challenge.to_strike",
    N_("{who}写明理由，要划掉一张代录的票，等另一个人核对"),
    icon="circle-alert",
    visibility=Visibility.STAFF,
)
class StrikeAsked(Event):
    challenge_id: int


@event(
    "ballot_challenge.strike_refused",
    N_("{who}核对以后没有同意划掉一张代录的票，请召集人重新答复"),
    icon="x",
    visibility=Visibility.STAFF,
)
class StrikeRefused(Event):
    challenge_id: int


@event("ballot_challenge.struck", N_("业主说不对的一张代录的票，两个人核对以后划掉了，不计入"), icon="ban")
class BallotStruck(Event):
    vote_id: int


@event("ballot_challenge.kept", N_("业主说不对的一张代录的票，召集人写明理由，照旧计入"), icon="check")
class BallotKept(Event):
    vote_id: int
