"""Rules of access about whose word is a head's: who looks at those who were named or chosen to speak for it."""

from ..core.atoms import flag, having, in_person, mine, not_mine, vacant
from ..core.text import N_
from .atoms import apart, convenes, of_two, owns_with, staff
from .stages import NAMED
from .words import Standing

looks_at_named = (
    staff
    & in_person
    & not_mine("entered_by_id", reason=N_("您自己登记的，请另一位工作人员对照证明核对。"))
    & not_mine("user_id", reason=N_("登记的是您自己，请别人来核对。"))
    & having("standing", Standing.ENTERED, reason=N_("已经核对过了。"))
)
objects_to_named = (
    owns_with
    & not_mine("user_id", reason=N_("登记的是您自己。"))
    & having("capacity", *NAMED, reason=N_("他是名册上的业主本人。"))
    & having("standing", Standing.ENTERED, Standing.STANDS, reason=N_("他现在本来就不能投。"))
)
decides_on_named = (
    convenes
    & in_person
    & apart
    & not_mine("entered_by_id", reason=N_("是您登记的，请别的召集人来决定。"))
    & not_mine("confirmed_by_id", reason=N_("是您核对的，请别的召集人来决定。"))
    & not_mine("user_id", reason=N_("登记的是您自己，请别人来决定。"))
    & having("standing", Standing.SUSPENDED, reason=N_("没有等决定的异议。"))
)
looks_at_chosen = (
    (staff | owns_with)
    & in_person
    & flag("proposed", N_("没有等核对的推选。"))
    & not_mine("proposed_by_id", reason=N_("您自己登记的，请另一位工作人员对照推选书核对。"))
    & not_mine("user_id", reason=N_("推选的是您自己，请别人来核对。"))
)
_DENIED = N_("有一位共有人说没有这样推选过，要他自己同意才算。")
settles_on_chosen = (
    vacant("denied_by_id", reason=_DENIED) & ((owns_with & of_two) | (staff & apart))
) | mine("denied_by_id", reason=_DENIED)
"""That the co-owners chose so: who denied it says it; where nobody did, the other one of two, or staff."""
