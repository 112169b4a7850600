"""A small application that keeps the harness honest: the tests measure it, and so can you
(`make bench ARGS="--subject tests.bench.sample"`)."""

import io
import os
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from flask import Flask, request, session
from openpyxl import load_workbook

from .plan import Ballot, Box, OwnersSteps, Page, Phone, Plan, Room

APP = "tests.bench.sample_wsgi:app"
TOPICS_PER_SCALE = 500
_meta = sa.MetaData()
topics = sa.Table(
    "topic", _meta, sa.Column("id", sa.Integer, primary_key=True), sa.Column("title", sa.String(80))
)
papers = sa.Table(
    "paper", _meta, sa.Column("voter", sa.Integer, primary_key=True), sa.Column("choice", sa.Integer)
)
hands = sa.Table(
    "hand", _meta, sa.Column("phone", sa.Integer, primary_key=True), sa.Column("choice", sa.String(8))
)


def _engine() -> sa.Engine:
    return sa.create_engine(os.environ["DATABASE_URL"])


def make_app() -> Flask:
    app, engine = Flask(__name__), _engine()
    app.secret_key = os.environ["SECRET_KEY"]

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/topics")
    def index() -> str:
        with engine.connect() as connection:
            rows = connection.execute(sa.select(topics).order_by(topics.c.id.desc()).limit(20))
            return "".join(f"<p>{row.title}</p>" for row in rows) * 20

    @app.get("/paper")
    @app.post("/paper/review")
    @app.get("/paper/receipt")
    def paper() -> str:
        return "one choice"

    @app.post("/paper/ballot")
    def vote() -> str:
        with engine.begin() as connection:
            connection.execute(
                papers.insert().values(voter=session["voter"], choice=int(request.form["choice"]))
            )
        return "counted"

    @app.post("/hand")
    def show() -> str:
        with engine.begin() as connection:
            connection.execute(hands.delete().where(hands.c.phone == session["voter"]))
            connection.execute(hands.insert().values(phone=session["voter"], choice=request.form["choice"]))
        return "shown"

    return app


def build(scale: int, voters: int) -> Plan:
    engine = _engine()
    _meta.create_all(engine)
    with engine.begin() as connection:
        titles = [{"title": f"topic {number}"} for number in range(TOPICS_PER_SCALE * scale)]
        connection.execute(topics.insert(), titles)
    cookies = _cookies(range(1, voters + 1))
    return Plan(
        pages=(Page("topic list, visitor", "/topics", goal=10),),
        boxes=(Box("paper", tuple(Ballot("/paper", c, "choice=1") for c in cookies)),) if voters else (),
    )


def _cookies(voters: Sequence[int]) -> list[str]:
    app = make_app()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return [f"session={signer.dumps({'voter': voter})}" for voter in voters]


def ballots_counted() -> dict[str, int]:
    with _engine().connect() as connection:
        return {"paper": connection.scalar(sa.select(sa.func.count()).select_from(papers)) or 0}


def prepare_room(phones: int) -> Room:
    """Phones ask for the list."""
    _meta.create_all(_engine())
    cookies = _cookies(range(1, phones + 1))
    return Room("/topics", "/hand", tuple(Phone(cookie, "") for cookie in cookies))


def hands_shown() -> list[tuple[int, str]]:
    with _engine().connect() as connection:
        return [(phone - 1, choice) for phone, choice in connection.execute(sa.select(hands))]


def prepare_owners_vote(owners: int) -> OwnersSteps:
    """Nothing is drawn up or counted; the result is the list."""
    _meta.create_all(_engine())
    return OwnersSteps(lambda: owners, lambda: None, lambda: None, lambda: Page("result", "/topics"))


def prepare_import() -> Callable[[bytes, str], int]:
    """Counts the rows below the header; enough to measure the measuring."""
    return lambda data, _filename: sum(
        1 for _ in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2)
    )
