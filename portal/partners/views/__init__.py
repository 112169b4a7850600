"""HTTP of partner merchants, one subject a file."""

from . import counters, desks, mall, markets, shops, statements

routes = (mall.routes, shops.routes, desks.routes, statements.routes, counters.routes, markets.routes)
