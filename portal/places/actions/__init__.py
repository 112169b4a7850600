"""The verbs of places, by subject: communities, rosters, units, grids, viewing. The only writers of this feature."""
