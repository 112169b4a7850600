"""Who has a desk."""

from ..accounts.models import Role
from ..core.access import Permission, Policy
from ..core.atoms import role
from ..core.text import N_


class Can(Permission):
    OPEN = "desk:open"


POSTS = (
    Role.SECRETARY,
    Role.SOCIAL_WORKER,
    Role.GRID_WORKER,
    Role.ADMINISTRATOR,
    Role.PROPERTY_MANAGER,
    Role.COMMITTEE_CHAIR,
    Role.COMMITTEE_MEMBER,
    Role.MERCHANT,
)
"""Posts that something may wait for."""

POLICY = Policy(
    {Can.OPEN: role(*POSTS, reason=N_("工作台给社区、物业、业委会和商户的工作人员用。"))}, sees={}
)
