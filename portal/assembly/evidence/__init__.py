"""The evidence pack of an owners' vote: one ZIP with everything a court would ask for, and an index with digests.

`tables` are the lists, `papers` the PDFs and files people brought, `pack` puts them together, `archive` is the file.
"""
