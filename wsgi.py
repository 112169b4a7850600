"""The door for a WSGI server: `granian --interface wsgi wsgi:app` (see docs/operations.md).

Commands use `flask --app portal`, which does not wait for the templates to be compiled.
"""

from portal import create_app
from portal.core.drawing import warm

app = create_app()
warm(app)
