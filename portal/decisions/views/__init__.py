"""HTTP of decisions, one subject a file."""

from . import objections, posting, register

routes = (register.routes, posting.routes, objections.routes)
