"""Rules of access about whose word is a head's: who looks at those who were named or chosen to speak for it, and at
letters of authority; and who answers an objection. Nobody decides in his own matter, and each as long as it matters."""

from ..core.atoms import dated, flag, having, in_person, mine, not_mine
from ..core.text import N_
from .atoms import (
    apart,
    convenes,
    gave,
    gives,
    no_candidate_there,
    not_standing_there,
    not_the_givers,
    of_two,
    owns_with,
    speaks,
    staff,
)
from .challenges import Fate
from .during import before_count, decided_in_time, letters_taken, named_in_time, roll_hangs
from .stages import NAMED
from .words import ObjectionKind, ProxyState, Standing

looks_at_named = (
    staff
    & in_person
    & named_in_time
    & not_mine("entered_by_id", reason=N_("您自己登记的，请另一位工作人员对照证明核对。"))
    & not_mine("user_id", reason=N_("登记的是您自己，请别人来核对。"))
    & having("standing", Standing.ENTERED, reason=N_("已经核对过了。"))
)
objects_to_named = (
    owns_with
    & named_in_time
    & dated("decided_by_id", N_("召集人已经决定过了。还有不同意见，请找街道或者提异议。"), there=False)
    & not_mine("user_id", reason=N_("登记的是您自己。"))
    & having("capacity", *NAMED, reason=N_("他是名册上的业主本人。"))
    & having("standing", Standing.ENTERED, Standing.STANDS, reason=N_("他现在本来就不能投。"))
)
decides_on_named = (
    convenes
    & in_person
    & decided_in_time
    & apart
    & not_mine("entered_by_id", reason=N_("是您登记的，请别的召集人来决定。"))
    & not_mine("confirmed_by_id", reason=N_("是您核对的，请别的召集人来决定。"))
    & not_mine("user_id", reason=N_("登记的是您自己，请别人来决定。"))
    & having("standing", Standing.SUSPENDED, reason=N_("没有等决定的异议。"))
)
looks_at_chosen = (
    (staff | owns_with)
    & in_person
    & named_in_time
    & flag("proposed", N_("没有等核对的推选。"))
    & not_mine("proposed_by_id", reason=N_("您自己登记的，请另一位工作人员对照推选书核对。"))
    & not_mine("user_id", reason=N_("推选的是您自己，请别人来核对。"))
)
_DENIED = N_("有一位共有人说没有这样推选过，要他自己同意才算。")
settles_on_chosen = (
    dated("denied_by_id", _DENIED, there=False) & ((owns_with & of_two) | (staff & apart))
) | mine("denied_by_id", reason=_DENIED)
"""That the co-owners chose so: who denied it says it; where nobody did, the other one of two, or staff."""

_TO_SEE = N_("只有委托人、代理人和工作人员能看。")
sees_letter = staff | mine("submitted_by_id", reason=_TO_SEE) | mine("agent_id", reason=_TO_SEE) | gives
gives_letter = (speaks | staff) & letters_taken
_ANOTHER = N_("这份委托书请另一位召集人来核对。")
looks_at_letter = (
    convenes
    & in_person
    & letters_taken
    & not_mine("agent_id", reason=_ANOTHER)
    & not_mine("submitted_by_id", reason=_ANOTHER)
    & not_mine("entered_by_id", reason=_ANOTHER)
    & not_the_givers
    & having("state", ProxyState.SUBMITTED, reason=N_("这份委托书已经核对过了。"))
)
takes_letter_back = (
    gave
    & in_person
    & letters_taken
    & having("state", ProxyState.SUBMITTED, ProxyState.ACCEPTED, reason=N_("这份委托书已经无效了。"))
)
_stops = (
    convenes
    & in_person
    & letters_taken
    & not_mine("agent_id", reason=_ANOTHER)
    & not_the_givers
    & not_standing_there
    & having("state", ProxyState.ACCEPTED, reason=N_("这份委托书现在不作数，不用收回。"))
)
asks_to_stop = _stops & dated("kept_by_id", N_("委托人说过这份委托照旧有效，只有他自己能收回。"), there=False)
"""Staff take a letter back for whoever gave it, in writing, and two of them."""
_ASKED = flag("stopping", N_("没有人提出收回这份委托。"))
looks_at_stop = (
    _stops & _ASKED & not_mine("stop_asked_by_id", reason=N_("是您提出收回的，请另一位召集人来核对。"))
)
keeps_letter = gave & in_person & letters_taken & _ASKED
votes_with_letter = mine("agent_id", reason=N_("只有委托书上的代理人能代投。")) & having(
    "state", ProxyState.ACCEPTED, reason=N_("委托书核对过、还有效，才能代投。")
)

_BY_ANOTHER = N_("这张票是您录的，请没有经手的人来办。")
_handled_by_others = (
    not_mine("entered_by_id", reason=_BY_ANOTHER)
    & not_mine("second_by_id", reason=_BY_ANOTHER)
    & not_mine("third_by_id", reason=_BY_ANOTHER)
)
_ONES_OWN = N_("是您自己提的，请别人来办。")
challenges_ballot = speaks & in_person & before_count
sees_challenge = staff | mine("by_id", reason=N_("只有提出的人和工作人员能看。"))
answers_challenge = (
    convenes
    & in_person
    & before_count
    & not_mine("by_id", reason=_ONES_OWN)
    & apart
    & not_standing_there
    & _handled_by_others
    & having("fate", Fate.WAITING, reason=N_("已经答复过了。"))
)
confirms_strike = (
    staff
    & in_person
    & before_count
    & not_mine("by_id", reason=_ONES_OWN)
    & apart
    & not_standing_there
    & _handled_by_others
    & not_mine("answered_by_id", reason=N_("是您要划掉的，请另一个人来核对。"))
    & having("fate", Fate.TO_STRIKE, reason=N_("没有等核对的。"))
)
"""What an owner says was entered wrongly in his name: one who has no part in it answers, another confirms a strike."""

_of_others = (
    convenes & in_person & not_mine("author_id", reason=N_("这条异议是您自己提的，请别的召集人来答复。"))
)
answers_objection = (
    _of_others & dated("answered_at", N_("这条异议已经有人答复了。"), there=False) & no_candidate_there
)
leaves_unchanged = (
    _of_others
    & having("kind", ObjectionKind.ROLL, reason=roll_hangs.reason)
    & flag("upheld", roll_hangs.reason)
    & roll_hangs
    & dated("unchanged_at", N_("这条异议已经写过为什么不改了。"), there=False)
)
"""An objection is answered once, and where the roll stays as it is all the same that is explained once."""
