"""HTTP of partner merchants, one subject a file."""

from . import desks, mall, shops

routes = (mall.routes, shops.routes, desks.routes)
