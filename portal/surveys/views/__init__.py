"""HTTP of questionnaires, one subject a file."""

from . import answers, doors, results, surveys

routes = (surveys.routes, answers.routes, results.routes, doors.routes)
