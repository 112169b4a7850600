"""What people type about owners' votes, by subject."""
