"""Stretches of the way of an owners' vote in which the same things can be done."""

from .words import Capacity, VoteState

S = VoteState
SHOWN = tuple(s for s in S if s is not S.DRAFT)
BEFORE_NOTICE = (S.DRAFT, S.ROLL_POSTED, S.FROZEN)
ROLL_STANDS = (S.ROLL_POSTED, S.FROZEN, S.NOTICE, S.OPEN)
"""A roll that still waits for votes: who speaks for whom is entered, and accounts find their places."""
VOTING = (S.NOTICE, S.OPEN)
"""The matters stand still, as the notice names them: papers are served and letters of authority taken."""
NAMED = (Capacity.GUARDIAN, Capacity.HEIR, Capacity.REPRESENTATIVE)
SIGNING = (S.COUNTING, S.PRELIMINARY)
"""A count is signed before it is posted; one that was corrected after an objection, while it hangs out."""
ENDABLE = tuple(s for s in S if s not in (S.FINAL, S.ARCHIVED, S.VOID))
STILL_OPEN = tuple(s for s in ENDABLE if s is not S.DRAFT)
"""Everybody reads about it, and it is not settled: questions about it are asked and answered."""
UNSEALED = tuple(s for s in S if s not in (S.ARCHIVED, S.VOID))
