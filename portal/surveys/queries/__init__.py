"""What pages of questionnaires read, each in a constant number of queries."""
