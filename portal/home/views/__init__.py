"""HTTP of the first page, the desk and the pages about the portal."""

from flask import Flask

from .. import chrome
from . import answers, desk, front, health, plain, verifying

routes = (front.routes, desk.routes, answers.routes, plain.routes, health.routes, verifying.routes)


def init_app(app: Flask) -> None:
    chrome.init_app(app)
