"""HTTP of minutes and tasks, one subject a file."""

from . import attendance, boards, files, marks, minutes, signatures, tasks, teams, writing

routes = (
    minutes.routes,
    writing.routes,
    marks.routes,
    attendance.routes,
    signatures.routes,
    files.routes,
    tasks.routes,
    boards.routes,
    teams.routes,
)
