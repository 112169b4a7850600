"""HTTP of the councils, one subject a file."""

from . import courses, options, responses, screening, seats, support, topics

routes = (
    topics.routes,
    courses.routes,
    options.routes,
    support.routes,
    screening.routes,
    responses.routes,
    seats.routes,
)
