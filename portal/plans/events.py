"""What happens to the plan of a topic."""

from ..core.eventlog import Event, event
from ..core.text import N_
from ..councils.words import Party


@event("plan_draft.published", N_("{party:party_name}公布了方案第 {number:num} 稿"), icon="file-text")
class DraftPublished(Event):
    draft_id: int
    number: int
    party: Party


@event(
    "plan_draft.opinions_answered",
    N_("方案第 {number:num} 稿答复了 {answered:num} 条意见，采纳 {adopted:num} 条"),
    icon="reply",
)
class OpinionsAnswered(Event):
    number: int
    answered: int
    adopted: int
    """Whole or in part."""
