"""What the pages of awards read: columns, not entities."""
