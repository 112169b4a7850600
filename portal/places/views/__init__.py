"""HTTP of the places, one subject a file."""

from . import grids, rosters, tree, units

routes = (tree.routes, units.routes, grids.routes, rosters.routes)
