"""Stretches of the way of an owners' vote in which the same things can be done."""

from .words import Capacity, VoteState

S = VoteState
PREPARED = (S.DRAFT, S.PUT_AWAY)
"""Conveners alone see it; a draft that came to nothing was never shown and has no number."""
SHOWN = tuple(s for s in S if s not in PREPARED)
BEFORE_NOTICE = (S.DRAFT, S.ROLL_POSTED, S.FROZEN)
LEAVING = (*BEFORE_NOTICE, S.NOTICE)
"""While a candidate can still go off a list; once papers are marked it stands."""
ROLL_STANDS = (S.ROLL_POSTED, S.FROZEN, S.NOTICE, S.OPEN)
"""A roll that still waits for votes: who speaks for whom is entered, and accounts find their places."""
VOTING = (S.NOTICE, S.OPEN)
"""The matters stand still, as the notice names them: papers are served and letters of authority taken."""
NAMED = (Capacity.GUARDIAN, Capacity.HEIR, Capacity.REPRESENTATIVE)
SIGNING = (S.COUNTING, S.PRELIMINARY)
"""A count is signed before it is posted; one that was corrected after an objection, while it hangs out."""
ENDABLE = tuple(s for s in S if s not in (S.FINAL, S.ARCHIVED, S.VOID, S.PUT_AWAY))
STILL_OPEN = tuple(s for s in ENDABLE if s is not S.DRAFT)
"""Everybody reads about it, and it is not settled: questions about it are asked and answered."""
ENDED = (S.VOID, S.PUT_AWAY)
"""Without a result."""
UNSEALED = tuple(s for s in S if s not in (S.ARCHIVED, S.VOID, S.PUT_AWAY))
