"""What the pages of meetings read: columns, not entities; each page a constant number of queries."""
