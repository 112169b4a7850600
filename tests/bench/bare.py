"""The yardstick: a Flask view that does nothing but return a number of bytes."""

from functools import cache

from flask import Flask

app = Flask(__name__)


@cache
def _bytes(size: int) -> bytes:
    return b"x" * size


@app.get("/<int:size>")
def body(size: int) -> bytes:
    return _bytes(size)
