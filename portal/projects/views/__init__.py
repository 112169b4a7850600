"""HTTP of projects, one subject a file."""

from . import acceptance, diary, milestones, money, projects, ratings

routes = (
    projects.routes,
    diary.routes,
    milestones.routes,
    money.routes,
    acceptance.routes,
    ratings.routes,
)
