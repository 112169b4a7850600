"""The door: a name and a password become a person. Whether the name exists shows neither in the answer nor in
the time it takes, nor in when it locks."""

from typing import NamedTuple

from ..core.actor import system
from ..core.errors import Invalid, TooMany
from ..core.text import _
from . import identity, lockout, passwords
from .actions import door
from .devices import Device
from .models import User
from .names import identifier
from .queries.people import by_identifier


class Place(NamedTuple):
    """From where somebody tries. `own`: it is a browser or a session of the person himself."""

    name: str
    own: bool = False


INSIDE = Place("inside", own=True)


def enter(typed: str, password: str, cost: int, address: str = "", device: Device | None = None) -> User:
    """The person who may open a session. Raises Invalid if name or password is wrong, TooMany while locked."""
    name = identifier(typed)
    user = by_identifier(name)
    place = Place(f"address {address}")
    if user and device and device.knows(user.id):
        place = Place(f"device {device.token}", own=True)
    if not _proved(user, name, password, cost, place):
        raise Invalid(_("手机号（或登录名）和密码对不上。忘了密码，请社区窗口给您一个重设码。"), "name")
    assert user is not None
    renewed = passwords.renewed(password, user.password_hash or "", cost)
    return door.sign_in(identity.himself(user), user, place=place.name, renewed_hash=renewed)


def prove(user: User, password: str, cost: int) -> None:
    """Somebody in this person's session shows that it is he. Wrong tries count as at the door.

    Raises Invalid, TooMany.
    """
    if not _proved(user, "", password, cost, INSIDE):
        raise Invalid(_("现在的密码不对。忘了的话，请社区窗口给您一个重设码。"), "current")


def _proved(user: User | None, name: str, password: str, cost: int, place: Place) -> bool:
    """Whether the password is the person's. A wrong one is counted, for a name that nobody has too."""
    who = door.named(user) if user else name
    if door.is_shut(who, place.name):
        raise TooMany(
            _("密码试错太多次，为了安全锁住 15 分钟。等一会儿再试，或者请社区窗口的工作人员解锁。"),
            int(lockout.LOCKED.total_seconds()),
        )
    if not place.own and door.is_shut(who, door.EVERYWHERE):
        raise TooMany(
            _("有人在许多地方乱试这个号码的密码。请过半分钟再试，或者用您登录过的手机。"),
            int(lockout.PAUSE.total_seconds()),
        )
    if passwords.agrees(password, user.password_hash if user else None, cost):
        return True
    if user is None:
        door.count_stranger(name, place.name)
    else:
        door.count_failure(system(), user, place=place.name, alone=place.own)
    return False
