"""What people type at the door: phone numbers and sign-in names, read in every way they write them."""

import re
import unicodedata

from ..core.errors import Invalid
from ..core.text import _

_MOBILE = re.compile(r"1\d{10}")
_SIGN_IN = re.compile(r"[^\W\d_][\w.-]{1,39}")


def identifier(typed: str) -> str:
    """A phone or sign-in name as it is kept: full-width read as half-width, no spaces, lower case; +86 left out."""
    bare = "".join(unicodedata.normalize("NFKC", typed).split()).casefold()
    digits = re.sub(r"[-()]", "", bare)
    digits = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits)
    return digits if digits.isdigit() else bare


def phone(typed: str, field: str = "phone") -> str | None:
    """A mobile number of 11 digits; None for nothing. Raises Invalid saying what is wrong with it."""
    if not typed.strip():
        return None
    number = identifier(typed)
    if not number.isascii() or not number.isdigit():
        raise Invalid(_("手机号只有数字，请检查。"), field)
    if len(number) < 11:
        raise Invalid(_("少 %(n)d 位数字，手机号是 11 位。", n=11 - len(number)), field)
    if len(number) > 11:
        raise Invalid(_("多 %(n)d 位数字，手机号是 11 位。", n=len(number) - 11), field)
    if not _MOBILE.fullmatch(number):
        raise Invalid(_("手机号以 1 开头，请检查。"), field)
    return number


def alike(name: str, other: str) -> bool:
    """Two spellings of one name: 沈 佳慧, 沈·佳慧, 沈佳慧."""
    first, second = (
        "".join(c for c in unicodedata.normalize("NFKC", one).casefold() if c.isalnum())
        for one in (name, other)
    )
    return first == second != ""


def sign_in_name(typed: str, field: str = "sign_in_name") -> str | None:
    """A name to sign in with: letters first, then letters, digits, dots and dashes; None for nothing."""
    if not typed.strip():
        return None
    name = identifier(typed)
    if not _SIGN_IN.fullmatch(name):
        raise Invalid(_("登录名用 2 到 40 个字母、汉字或数字，第一个不能是数字。"), field)
    return name


def person_name(typed: str, field: str = "name") -> str:
    """A real name as written on papers: 2 to 60 letters, without digits. Raises Invalid."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if len(name) < 2 or len(name) > 60 or any(c.isdigit() or not (c.isprintable()) for c in name):
        raise Invalid(_("请写身份证上的姓名。"), field)
    return name
