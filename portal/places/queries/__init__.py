"""What pages and upper features read of places, by subject: figures, tree, units, grids, rosters."""
