"""HTTP of awards, one subject a file."""

from . import awards, certificates, nominees, objections, steps

routes = (awards.routes, steps.routes, nominees.routes, objections.routes, certificates.routes)
