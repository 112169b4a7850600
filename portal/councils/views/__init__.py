"""HTTP of the councils, one subject a file."""

from . import responses, screening, seats, support, topics

routes = (topics.routes, support.routes, screening.routes, responses.routes, seats.routes)
