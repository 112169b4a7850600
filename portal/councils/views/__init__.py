"""HTTP of the councils, one subject a file."""

from . import courses, responses, screening, seats, support, topics

routes = (topics.routes, courses.routes, support.routes, screening.routes, responses.routes, seats.routes)
