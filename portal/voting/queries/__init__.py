"""What the pages of voting read: columns, not entities; each page a constant number of queries."""
