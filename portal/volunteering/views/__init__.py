"""HTTP of volunteering, one subject a file."""

from . import calling, certificates, doors, hours, serving, shifts, teams, volunteers

routes = (
    serving.routes,
    shifts.routes,
    doors.routes,
    teams.routes,
    calling.routes,
    volunteers.routes,
    hours.routes,
    certificates.routes,
)
