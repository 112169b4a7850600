"""Passwords: kept as argon2id, compared in the same time whether or not the person exists."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..core.errors import Invalid
from ..core.text import _

SHORTEST, LONGEST = 8, 128
MEMORY = 19456
"""KiB; with two passes 17 ms and 19 MB a sign-in."""
_COMMON = frozenset(
    """password password1 12345678 123456789 1234567890 87654321 11111111 88888888 00000000 66666666
    abcd1234 a1234567 abc12345 qwertyui qwer1234 1q2w3e4r 1qaz2wsx iloveyou woaini1314 5201314520
    asdfghjk aa123456 admin123 123123123 12341234""".split()
)


@lru_cache(4)
def hasher(cost: int) -> PasswordHasher:
    """`cost`: passes over the memory (the setting PASSWORD_COST). At 1, for tests, the memory is minimal too."""
    return PasswordHasher(time_cost=cost, memory_cost=MEMORY if cost > 1 else 64, parallelism=1)


@lru_cache(4)
def _nobody(cost: int) -> str:
    """A hash that no password has; comparing with it costs what a real comparison costs."""
    return hasher(cost).hash("\0nobody\0")


def agrees(password: str, kept: str | None, cost: int) -> bool:
    """Whether `password` is the kept one. Without a kept one it takes the same time and is false."""
    try:
        matched = hasher(cost).verify(kept or _nobody(cost), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return matched and kept is not None


def renewed(password: str, kept: str, cost: int) -> str | None:
    """A new hash where the kept one was made at another cost, else None."""
    return hashed(password, cost) if hasher(cost).check_needs_rehash(kept) else None


def hashed(password: str, cost: int) -> str:
    return hasher(cost).hash(password[:LONGEST])


def check(password: str, *known: str | None, field: str = "password") -> None:
    """Refuse what is too short, in everybody's list, or the person's own phone or name (`known`).

    Raises Invalid with what to do.
    """
    if len(password) < SHORTEST:
        raise Invalid(_("密码至少 %(least)d 位，可以用一句自己记得住的话。", least=SHORTEST), field)
    if len(password) > LONGEST:
        raise Invalid(_("密码最多 %(most)d 位。", most=LONGEST), field)
    plain = password.casefold()
    if plain in _COMMON or len(set(plain)) < 3:
        raise Invalid(_("这个密码太常见，一猜就中，请换一个。"), field)
    if any(k and k.casefold() in plain for k in known if k and len(k) > 3):
        raise Invalid(_("密码里不要有自己的手机号或登录名，请换一个。"), field)
