"""Staff who go under a name that stands in an award leave it to others; that of an account is in the policy."""

from ...core.actor import Actor
from ...core.errors import NotAllowed
from ...core.text import _
from .. import rules


def another_name(actor: Actor, name: str) -> None:
    """Raises NotAllowed for one's own name: without an account nobody could tell that he decides about himself."""
    if rules.named_alike(name, actor.name):
        raise NotAllowed(_("这个名字和您的一样，请别的工作人员来办。"))
