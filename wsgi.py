"""The door for a WSGI server: `granian --interface wsgi wsgi:app` (see docs/operations.md)."""

from portal import create_app

app = create_app()
