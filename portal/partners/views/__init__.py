"""HTTP of partner merchants, one subject a file."""

from . import counters, desks, mall, shops, statements

routes = (mall.routes, shops.routes, desks.routes, statements.routes, counters.routes)
