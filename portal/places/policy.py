"""Who may see and change places, units and the owners' register.

The tree of places is a map and open to all. A unit's record is for its people and for those who work with the
register. Phones are for the community's staff alone. The committee reads its estate's register and changes nothing.
"""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, home, role, the_portal
from ..core.text import N_
from .models import Grid, Place, RosterImport, Unit


class Can(Permission):
    OPEN = "community:open"
    SEE = "place:see"
    SEE_REGISTER = "place:see_register"
    READ_ROSTER = "place:read_roster"
    ADD_GRID = "place:add_grid"
    SEE_UNIT = "unit:see"
    SEE_OWNERS = "unit:see_owners"
    SEE_PHONES = "unit:see_phones"
    CORRECT = "unit:correct"
    SEE_ROSTER = "roster:see"
    TAKE_ROSTER = "roster:take"
    SEE_GRID = "grid:see"
    EDIT_GRID = "grid:edit"


KEEPERS = ("secretary", "social_worker", "administrator")
"""Those who keep the register."""
STAFF = (*KEEPERS, "grid_worker")
READERS = (*STAFF, "committee_chair", "committee_member", "property_manager")

keeps = role(*KEEPERS, reason=N_("房屋名册由社区工作人员管理，请找社区。"))
works = role(*STAFF, reason=N_("业主电话只给社区工作人员看。"))
lives = home(reason=N_("只有这套房屋的人和管理房屋名册的工作人员能看。"))
reads = role(*READERS, reason=N_("业主名册只给社区工作人员、业委会和物业看。"))

POLICY = Policy(
    {
        Can.OPEN: the_portal,
        Can.SEE: anyone,
        Can.SEE_REGISTER: reads,
        Can.READ_ROSTER: keeps | the_portal,
        Can.ADD_GRID: keeps,
        Can.SEE_UNIT: reads | lives,
        Can.SEE_OWNERS: reads,
        Can.SEE_PHONES: works,
        Can.CORRECT: keeps,
        Can.SEE_ROSTER: keeps | the_portal,
        Can.TAKE_ROSTER: keeps | the_portal,
        Can.SEE_GRID: reads,
        Can.EDIT_GRID: keeps,
    },
    sees={Place: Can.SEE, Unit: Can.SEE_UNIT, RosterImport: Can.SEE_ROSTER, Grid: Can.SEE_GRID},
)
