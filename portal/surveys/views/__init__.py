"""HTTP of questionnaires, one subject a file."""

from . import answers, surveys

routes = (surveys.routes, answers.routes)
