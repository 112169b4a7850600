"""The look of the file that a body's minutes are downloaded as."""

from ...core.actions import action
from ...core.actor import Actor
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...meetings.models import Body
from ..events import TemplateChanged
from ..policy import Can

PURPOSE = "minutes_docx"


@action(Can.SET_TEMPLATE)
def set_template(actor: Actor, body: Body, *, template: Kept) -> None:
    """From now on the minutes of this body look like this; earlier looks stay on the disk."""
    attach(actor, body, [template], PURPOSE)
    record(actor, body, TemplateChanged(body.id))
