"""HTTP of discussions: addresses of its own, and what is hung under those of every subject (`subjects.open_on`)."""

from . import own

routes = (own.routes,)
