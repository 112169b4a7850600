"""议事厅: the portal on which a residential community runs its council."""
