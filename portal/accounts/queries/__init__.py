"""What pages of accounts read, each in a constant number of queries."""
