"""Who may write the plan of a topic and answer opinions on it."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, during, role
from ..core.text import N_
from ..councils.words import TopicState
from .models import Draft


class Can(Permission):
    SEE = "plan_draft:see"
    WRITE = "plan_draft:write"
    """The thing is the topic; also to answer opinions."""


POLICY = Policy(
    {
        Can.SEE: anyone,
        Can.WRITE: role(
            "secretary",
            "social_worker",
            "committee_chair",
            "committee_member",
            reason=N_("方案由社区或业委会来写。"),
        )
        & during(TopicState.DELIBERATING, reason=N_("协商期间才能出新的一稿、答复意见。")),
    },
    sees={Draft: Can.SEE},
)
