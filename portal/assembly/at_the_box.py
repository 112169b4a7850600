"""Rules of access about paper: who counts the box at the close, who reads papers in, and who reads them again. Whoever
did one does not do the other, and nobody touches papers that elect him."""

from ..core.atoms import during, having, in_person, mine, not_mine
from ..core.text import N_
from .atoms import (
    counted_never,
    counted_never_there,
    filling,
    not_standing,
    not_standing_there,
    secretary,
    staff,
    watches,
)
from .during import box_closed, reading_in
from .words import BatchState, Standing, VoteState

S = VoteState
ANOTHER_COUNTS = N_("是您数的，请另一个人再数一遍。")
READ_BEFORE = N_("这一批您录过，要请另一个人来录。")
_his = mine("first_by_id", reason=N_("这一批由开始录的人录完。"))

seals = staff & in_person & counted_never & during(S.CLOSED, reason=box_closed.reason) & not_standing
counts_again = (
    (watches | staff)
    & in_person
    & not_mine("stated_by_id", reason=ANOTHER_COUNTS)
    & not_mine("confirmed_by_id", reason=ANOTHER_COUNTS)
    & counted_never_there
    & having("standing", Standing.ENTERED, reason=N_("两个人都数过了。"))
    & box_closed
    & not_standing_there
)
enters_paper = staff & during(S.OPEN, S.CLOSED, reason=N_("投票期间和刚截止时才录纸质票。")) & not_standing
fills = staff & _his & in_person & filling & reading_in
hands_over = staff & (_his | secretary) & in_person & filling & reading_in
reads_again = (
    staff
    & in_person
    & having("state", BatchState.SECOND, BatchState.THIRD, reason=N_("这一批已经录完了。"))
    & not_mine("first_by_id", reason=READ_BEFORE)
    & (having("state", BatchState.SECOND, reason=READ_BEFORE) | not_mine("second_by_id", reason=READ_BEFORE))
    & reading_in
    & not_standing_there
)
