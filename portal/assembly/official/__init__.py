"""Results of a housing authority's own voting system: a file is read (`reading`), its rows are checked (`checking`)
against what roll and box say (`ground`). The portal's count is made of the rows, never of sums that came along."""
