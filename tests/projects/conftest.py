"""A project in the test world, in each of its states, and pictures for it."""

import io
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from PIL import Image

from portal.core.db import db
from portal.core.files import Kept, keep_photo
from portal.councils.actions.support import endorse
from portal.councils.models import Topic
from portal.councils.words import Party
from portal.decisions.models import Decision
from portal.projects.actions.finishing import accept_project, report_completion
from portal.projects.actions.starting import Share, Step, Use, start_project
from portal.projects.actions.telling import Photos, finish_milestone, post_update
from portal.projects.models import Milestone, Project
from portal.projects.words import Source
from tests.councils.conftest import council, deliberating, raised  # noqa: F401
from tests.decisions.conftest import draft, posted, record  # noqa: F401
from tests.world import World

Start = Callable[..., Project]
FIRST, SECOND = date(2026, 6, 20), date(2026, 6, 30)


def jpeg(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def picture(app: object) -> Kept:
    return keep_photo(jpeg(), "照片.jpg", "新铺的路面")


@pytest.fixture
def topic(world: World, raised: Callable[..., Topic]) -> Topic:  # noqa: F811
    """Endorsed by a neighbour, whose rating is waited for later."""
    made = raised()
    endorse(world.tenant, made)
    return made


@pytest.fixture
def start(world: World, posted: Decision) -> Start:  # noqa: F811
    """Start a project as somebody: `start("secretary", title="…")`. Chair and owner watch, the manager works."""

    def started(name: str = "secretary", about: Decision = posted, **given: object) -> Project:
        words: dict[str, object] = {
            "title": "木栈道加固工程",
            "summary": "换木板，加固基座。",
            "party": Party.PROPERTY,
            "in_charge_id": world.ids["manager"],
            "supervisor_ids": [world.ids["chair"], world.ids["owner"]],
            "milestones": [Step("拆旧板", FIRST, 1), Step("加固基座", SECOND, 3)],
            "budget": [Use("木料", 1_200_000), Use("人工", 664_001)],
            "funding": [Share(Source.COMMON_INCOME, 864_001), Share(Source.SUBSIDY, 1_000_000, "街道")],
            "once": "once-project",
        }
        return start_project(world.actor(name), about, **{**words, **given})  # type: ignore[arg-type]

    return started


@pytest.fixture
def project(start: Start) -> Project:
    return start()


def milestones(project: Project) -> list[Milestone]:
    found = sa.select(Milestone).where(Milestone.project_id == project.id).order_by(Milestone.position)
    return list(db.session.scalars(found))


@pytest.fixture
def finished(world: World, project: Project, picture: Kept) -> Project:
    """All milestones done, shown before and after; not reported yet."""
    both = Photos(before=[picture], after=[picture])
    post_update(world.manager, project, body="修前修后都拍了", once="pair", photos=both)
    for step in milestones(project):
        finish_milestone(world.manager, project, milestone_id=step.id, note="好了", once=f"m{step.id}")
    return project


@pytest.fixture
def reported(world: World, finished: Project) -> Project:
    report_completion(world.manager, finished, report="全部完工", once="report")
    return finished


@pytest.fixture
def accepted(world: World, reported: Project) -> Project:
    accept_project(world.chair, reported, finding="走了三遍，稳当。")
    return reported
