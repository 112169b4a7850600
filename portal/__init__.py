"""议事厅: the portal on which a residential community runs its council."""

import logging
from collections.abc import Mapping
from typing import Any

import click
import jinja2
from flask import Flask
from flask_migrate import Migrate

from . import features, settings
from .core import db, failures, web

migrate = Migrate()


def create_app(given: Mapping[str, Any] | None = None) -> Flask:
    """The application. `given` overrides settings (`portal.settings.resolve`)."""
    app = web.Portal(
        __name__, template_folder="../templates", static_folder="../static", instance_relative_config=False
    )
    app.config.from_mapping(_settings(given))
    app.jinja_options = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    db.init_app(app)
    migrate.init_app(app, db.db, directory=str(settings.ROOT / "migrations"), render_as_batch=True)
    web.init_app(app)
    features.install(app)
    web.guard(app)
    failures.init_app(app)
    return app


def _settings(given: Mapping[str, Any] | None) -> dict[str, Any]:
    """At the command line a setting that cannot be used is one line; a server fails with the whole story."""
    try:
        return settings.resolve(given)
    except ValueError as fault:
        if click.get_current_context(silent=True) is None:
            raise
        raise click.ClickException(str(fault)) from None
