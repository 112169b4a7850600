"""HTTP of partner merchants, one subject a file."""

from . import desks, mall, shops, statements

routes = (mall.routes, shops.routes, desks.routes, statements.routes)
