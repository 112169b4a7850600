"""What happens to places, units and the register."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_


@event("community.opened", N_("{who}建立了社区"), icon="landmark")
class CommunityOpened(Event):
    """A community exists on this portal."""


@event(
    "roster.read",
    N_("{who}读了一份名册：{units:num} 套房屋，{refused:num} 行没有收"),
    "file-text",
    Visibility.STAFF,
)
class RosterRead(Event):
    """A file was read and previewed; nothing of it is in the register yet."""

    units: int
    repaired: int
    skipped: int
    refused: int


@event(
    "roster.taken",
    N_("{who}把一份文件收进了房屋名册：新增 {units_added:num} 套，改动 {units_changed:num} 套"),
    "file-check",
    Visibility.STAFF,
)
class RosterTaken(Event):
    """The units of a read file are in the register."""

    units_added: int
    units_changed: int
    units_missing: int
    estates_added: int


@event("unit.corrected", N_("{who}更正了房屋资料"), "pencil", Visibility.STAFF)
class UnitCorrected(Event):
    """Area (0.01 m²), its source or the delivery was corrected; what did not change is None."""

    area_before: int | None = None
    area_after: int | None = None
    source_changed: bool = False
    delivery_changed: bool = False
    other_changed: bool = False
    roster_import_id: int | None = None
    """The import that changed it, if a file did."""


@event("unit.owners_changed", N_("{who}变更了业主"), "users-round", Visibility.STAFF)
class OwnersChanged(Event):
    """Another set of owners stands on the title."""

    owner_set_before: int | None
    owner_set_after: int | None
    roster_import_id: int | None = None


@event("unit.retired", N_("{who}注销了这套房屋的登记"), "archive", Visibility.STAFF)
class UnitRetired(Event):
    """It is no separate part any more."""


@event("unit.restored", N_("{who}恢复了这套房屋的登记"), "undo-2", Visibility.STAFF)
class UnitRestored(Event):
    """It is a separate part after all."""


@event("grid.created", N_("{who}设立了网格"), "layers", Visibility.STAFF)
class GridCreated(Event):
    """A new service cell."""


@event("grid.changed", N_("{who}改了网格的名称或上级"), "layers", Visibility.STAFF)
class GridChanged(Event):
    """Its name or the grid it belongs to."""


@event("grid.assigned", N_("{who}把 {units:num} 套房屋归到网格"), "layers", Visibility.STAFF)
class UnitsAssigned(Event):
    """Units were put into the grid."""

    units: int


@event("register.viewed", N_("{who}查看了业主名册"), "eye", Visibility.STAFF)
class RegisterViewed(Event):
    """Somebody looked at owners' names; stated once an hour for each person and page."""


@event("register.exported", N_("{who}导出了业主名册"), "download", Visibility.STAFF)
class RegisterExported(Event):
    """Somebody took owners' names away as a file."""
