"""What waits around projects: the next thing owed, work to accept, work to rate."""

from datetime import timedelta

import sqlalchemy as sa

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import ME, Kind, hour, lines, those
from ..councils.models import Endorsement
from .models import Project, ProjectRating
from .policy import Can
from .rules import RATING_WAITS
from .words import ProjectState

SOON = hour(timedelta(days=3))
LATELY = hour(-timedelta(days=RATING_WAITS))


def _rows(kind: str) -> Rows:
    return lines(
        kind,
        Project,
        title=Project.title,
        since=Project.moved_at,
        party=Project.party,
        due=Project.next_due_at,
    )


@prepared
def _milestone(seen: Condition) -> Rows:
    """Projects I am in charge of, with something due in three days or late."""
    return _rows("milestone").where(
        seen,
        Project.in_charge_id == ME,
        Project.state == ProjectState.UNDERWAY,
        sa.or_(Project.next_due_at.is_(None), Project.next_due_at <= SOON),
    )


@prepared
def _inspect(mine: Condition) -> Rows:
    """Work that is reported complete and that I watch."""
    return _rows("inspect").where(mine, Project.state == ProjectState.AWAITING_ACCEPTANCE)


@prepared
def _rate(mine: Condition) -> Rows:
    """Work accepted lately whose topic I endorsed and that I have not rated."""
    endorsed = sa.exists().where(Endorsement.topic_id == Project.topic_id, Endorsement.user_id == ME)
    rated = sa.exists().where(ProjectRating.project_id == Project.id, ProjectRating.user_id == ME)
    return _rows("rate").where(
        mine,
        Project.state == ProjectState.ACCEPTED,
        Project.accepted_at > LATELY,
        endorsed,
        ~rated,
    )


waiting.add(
    "milestone",
    Kind(N_("节点到期"), N_("报进展"), "hammer", "projects.show", "project_id", False),
    those(Project, Can.SEE, _milestone),
)
waiting.add(
    "inspect",
    Kind(N_("请您验收"), N_("去验收"), "list-checks", "acceptance.new", "project_id", True),
    those(Project, Can.INSPECT, _inspect),
)
waiting.add(
    "rate",
    Kind(N_("请您评价"), N_("去评价"), "star", "ratings.new", "project_id", True),
    those(Project, Can.RATE, _rate),
)
