"""HTTP of questionnaires, one subject a file."""

from . import answers, results, surveys

routes = (surveys.routes, answers.routes, results.routes)
