"""The verbs of accounts, by subject: the door, people, cards, posts, acting."""
