"""A real server for real browsers, whose clock the test sets."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

from portal.core import clock, ticks
from portal.core.db import db
from tests.demo.instance import NOW


class Portal:
    """The portal while it is served. Its clock stands still until the test moves it on."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.now: datetime = NOW
        self.address = ""

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """One request, at the hour that it is: every thread of the server has a context of its own."""
        with clock.frozen(self.now):
            return self.app.wsgi_app(environ, start)

    def pass_time(self, **span: float) -> None:
        """Later: `pass_time(hours=2)`. The portal's own jobs run at that hour, as `flask tick` has them run."""
        self.now += timedelta(**span)
        self.tick()

    def wait_until(self, hour: datetime) -> None:
        assert hour >= self.now, "the clock goes forward only"
        self.now = hour
        self.tick()

    def tick(self) -> None:
        with self.app.app_context(), clock.frozen(self.now):
            ran = ticks.run()
            db.session.remove()
        assert not [job.name for job in ran if job.failed]


@contextmanager
def serving(app: Flask) -> Iterator[Portal]:
    """Serve on a free port of this machine until the end of the block."""
    portal = Portal(app)
    server = make_server("127.0.0.1", 0, portal, threaded=True)
    portal.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()
