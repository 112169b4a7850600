"""What the pages of an owners' vote read, by subject; each page a constant number of queries."""
