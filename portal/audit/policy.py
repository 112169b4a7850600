"""Who reads the log: those who answer for the portal, at the place they answer for."""

from ..accounts.models import Role
from ..core.access import Permission, Policy
from ..core.atoms import role
from ..core.eventlog import Entry
from ..core.text import N_


class Can(Permission):
    SEE = "audit:see"


AUDITORS = (Role.AUDITOR, Role.ADMINISTRATOR, Role.SECRETARY)
auditor = role(*AUDITORS, reason=N_("审计记录只给审计员、系统管理员和社区书记看。"))

POLICY = Policy({Can.SEE: auditor}, sees={Entry: Can.SEE})
