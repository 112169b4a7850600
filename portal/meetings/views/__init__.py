"""HTTP of meetings, one subject a file."""

from . import agendas, bodies, calendars, calling, invitations, meetings, replies

routes = (
    meetings.routes,
    agendas.routes,
    invitations.routes,
    calling.routes,
    replies.routes,
    bodies.routes,
    calendars.routes,
)
