"""The sample application as a WSGI server loads it."""

from .sample import make_app

app = make_app()
