"""What the pages of volunteering read, each in a constant number of queries."""
