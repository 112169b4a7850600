"""HTTP of the owners' vote, one subject a file."""

from ...core.routing import Routes

routes: tuple[Routes, ...] = ()
