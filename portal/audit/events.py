"""What happens in the audit itself."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_


@event("audit.viewed", N_("{who}查看了审计记录"), "eye", Visibility.STAFF)
class AuditViewed(Event):
    """Somebody looked at the log; stated once an hour for each person and place."""


@event("audit.exported", N_("{who}导出了审计记录"), "download", Visibility.STAFF)
class AuditExported(Event):
    """Somebody took the log away as a file."""
