"""HTTP of the points, one subject a file."""

from . import books, entries, grants, rewards, rules, wallet

routes = (wallet.routes, entries.routes, books.routes, grants.routes, rules.routes, rewards.routes)
