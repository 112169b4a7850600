"""From an uploaded or named file to a preview: read, keep, compare. For the page and the command line alike."""

from ..core.actor import Actor
from ..core.errors import Invalid
from ..core.text import _
from .actions.rosters import preview_roster, take_roster
from .kept import RosterStore
from .models import Place, RosterImport
from .roster.reading import read_roster
from .roster.refusal import RosterRefused
from .roster.units import Roster


def read(data: bytes, file_name: str, estate: str = "") -> Roster:
    """The file's rows. Raises Invalid with one sentence, in the reader's language, for a file that cannot be read."""
    try:
        return read_roster(data, file_name, estate or None)
    except RosterRefused as refused:
        raise Invalid(_(refused.template, **refused.values), "file") from refused


def preview(
    actor: Actor, community: Place, files: RosterStore, *, data: bytes, file_name: str, estate: str = ""
) -> RosterImport:
    """Read a file, keep it, and keep what it would do. Raises Invalid as `read`."""
    roster = read(data, file_name, estate)
    digest = files.keep(data)
    return preview_roster(actor, community, file_name=file_name, digest=digest, roster=roster, estate=estate)


def take(actor: Actor, imported: RosterImport, files: RosterStore) -> RosterImport:
    """Take over a previewed file as it was kept. Raises Conflict as `take_roster`."""
    roster = read(files.load(imported.digest), imported.file_name, imported.estate)
    return take_roster(actor, imported, roster=roster)
