"""HTTP of meetings, one subject a file."""

from . import (
    agendas,
    bodies,
    calendars,
    calling,
    clerks,
    doors,
    invitations,
    meetings,
    motions,
    questions,
    replies,
    rooms,
)

routes = (
    meetings.routes,
    agendas.routes,
    invitations.routes,
    calling.routes,
    replies.routes,
    doors.routes,
    rooms.routes,
    clerks.routes,
    motions.routes,
    questions.routes,
    bodies.routes,
    calendars.routes,
)
