"""Pages about the portal itself: rules, privacy, accessibility, the components, and what robots may read."""

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.pages import page
from ...core.routing import PUBLIC, Routes

routes = Routes("plain")

ROBOTS = """User-agent: *
Allow: /$
Allow: /topics
Allow: /polls
Allow: /decisions
Allow: /projects
Allow: /rules
Allow: /privacy
Allow: /accessibility
Allow: /static/
Disallow: /topics/new
Disallow: /*?
Disallow: /
"""
"""What hangs on the public board may be found by search; everything about people may not."""


@routes.get("/rules", may=PUBLIC)
def rules(actor: Actor) -> ResponseReturnValue:
    return page("home/rules.html")


@routes.get("/privacy", may=PUBLIC)
def privacy(actor: Actor) -> ResponseReturnValue:
    return page("home/privacy.html")


@routes.get("/accessibility", may=PUBLIC)
def accessibility(actor: Actor) -> ResponseReturnValue:
    return page("home/accessibility.html")


@routes.get("/components", may=PUBLIC)
def components(actor: Actor) -> ResponseReturnValue:
    """Every component with its states; only where the portal is developed or demonstrated."""
    if not (current_app.debug or current_app.config["DEMO"]):
        raise NotVisible()
    return page("component_gallery.html")


@routes.get("/robots.txt", may=PUBLIC)
def robots(actor: Actor) -> ResponseReturnValue:
    return Response(ROBOTS, mimetype="text/plain", headers={"Cache-Control": "public, max-age=86400"})
