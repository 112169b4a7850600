"""Rules of accounts without a database: codes, names, passwords, the lock, how people are called, who may what."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import codes, lockout, names, passwords
from portal.accounts.models import Role
from portal.accounts.naming import masked_door, shown_name
from portal.accounts.policy import Can
from portal.core import access, signs
from portal.core.actor import Actor, system
from portal.core.errors import Invalid

NOW = datetime(2026, 6, 16, 1, 20, tzinfo=UTC)
HERE = "/1/"
FULL_WIDTH = "".join(chr(ord(c) + 0xFEE0) for c in "19900000001")


# ---- codes -------------------------------------------------------------------------------------


@given(st.text(alphabet=signs.SIGNS, min_size=12, max_size=12))
def test_a_code_is_read_back_however_it_is_written(code: str) -> None:
    grouped = signs.grouped(code)
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in code)
    alike = grouped.replace("0", "O").replace("1", "l")
    for typed in (grouped, grouped.lower(), grouped.replace("-", "．"), f"  {code}\n", full_width, alike):
        assert codes.normal(typed) == code


def test_codes_have_no_look_alikes_and_differ() -> None:
    drawn = {codes.fresh() for _ in range(500)}
    assert len(drawn) == 500
    assert not set("".join(drawn)) & set("ILOU")


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "ABCD EFGH JKLM N", "ABCDEFGHJK0U", "ABCDEFGHJK0Ä", "中文中文中文中文中文中文"]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.normal(typed) == ""


def test_a_digest_depends_on_the_secret() -> None:
    assert codes.digest("ABCDEFGHJKLM", "one") != codes.digest("ABCDEFGHJKLM", "two")
    assert "ABCD" not in codes.digest("ABCDEFGHJKLM", "one")


# ---- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "19900000001",
        "199 0000 0001",
        "199-0000-0001",
        "+86 19900000001",
        "8619900000001",
        "１９９０００００００１",
    ],
)
def test_phones_are_read_as_people_write_them(typed: str) -> None:
    assert names.phone(typed) == "19900000001"
    assert names.identifier(typed) == "19900000001"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1990000000", "少 1 位"),
        ("199000000012", "多 1 位"),
        ("29900000001", "以 1 开头"),
        ("1990000000a", "只有数字"),
    ],
)
def test_a_wrong_phone_says_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        names.phone(typed)


def test_names_are_folded_and_checked() -> None:
    assert names.identifier(" Ｏｗｎｅｒ ") == "owner"
    assert names.sign_in_name("王奶奶") == "王奶奶"
    assert names.phone("  ") is None
    assert names.person_name(" 王  秀兰 ") == "王 秀兰"
    for wrong in ("7up", "a", "a b!", "<b>x</b>"):
        with pytest.raises(Invalid):
            names.sign_in_name(wrong)
    for wrong in ("王", "王3", "", "王\u202e兰"):
        with pytest.raises(Invalid):
            names.person_name(wrong)


def test_names_for_readers() -> None:
    member, visitor = Actor(id=1), Actor()
    assert shown_name(member, "王秀兰") == "王秀兰"
    assert shown_name(visitor, "王秀兰") == "王**"
    assert shown_name(visitor, "王秀兰", "木栈道老王") == "木栈道老王"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("12号楼1单元101室", "12号楼1单元1**室"),
        ("东门底商1号", "东门底商1*号"),
        ("地下车位B-17", "地下车位B-1*"),
        ("门房", "门房"),
    ],
)
def test_a_door_is_half_hidden(label: str, shown: str) -> None:
    assert masked_door(label) == shown


# ---- passwords ---------------------------------------------------------------------------------


def test_passwords_agree_only_with_their_own_hash() -> None:
    kept = passwords.hashed("开门的那句话 1", 1)
    assert passwords.agrees("开门的那句话 1", kept, 1)
    assert not passwords.agrees("开门的那句话 2", kept, 1)
    assert not passwords.agrees("anything", None, 1)
    assert not passwords.agrees("\0nobody\0", None, 1)
    assert not passwords.agrees("anything", "not a hash", 1)
    assert "开门" not in kept


def test_a_hash_of_another_cost_is_renewed() -> None:
    cheap = passwords.hashed("yishiting-2026", 1)
    assert passwords.renewed("yishiting-2026", cheap, 1) is None
    dearer = passwords.renewed("yishiting-2026", cheap, 2)
    assert dearer
    assert passwords.agrees("yishiting-2026", dearer, 2)


@pytest.mark.parametrize(
    "weak", ["short", "12345678", "aaaaaaaaaa", "PASSWORD", "19900000001", "x" * 200, "a19900000001b"]
)
def test_weak_passwords_are_refused_with_what_to_do(weak: str) -> None:
    with pytest.raises(Invalid):
        passwords.check(weak, "19900000001", None)


def test_a_good_password_passes() -> None:
    passwords.check("correct horse", "19900000001", None)


# ---- the lock ----------------------------------------------------------------------------------


def test_ten_wrong_in_a_row_lock_for_a_quarter_of_an_hour() -> None:
    tried = SimpleNamespace(failures=0, locked_until=None)
    assert [lockout.count(tried, NOW) for _ in range(10)] == [False] * 9 + [True]
    assert lockout.is_locked(tried, NOW + timedelta(minutes=14, seconds=59))
    assert not lockout.count(tried, NOW + timedelta(minutes=1))
    assert not lockout.is_locked(tried, NOW + timedelta(minutes=15))
    assert [lockout.count(tried, NOW + timedelta(minutes=16)) for _ in range(10)][-1]
    lockout.forget(tried)
    assert not lockout.is_locked(tried, NOW)


# ---- who may -----------------------------------------------------------------------------------


def holder(role: Role | None, path: str = HERE, id: int = 7, **more: object) -> Actor:
    grants = frozenset({(role.value, path)}) if role else frozenset()
    return Actor(id=id, name="x", community=HERE, grants=grants, now=NOW, **more)  # type: ignore[arg-type]


def person(ordinary: bool = True, id: int = 8) -> SimpleNamespace:
    return SimpleNamespace(id=id, user_id=id, place_path=HERE, ordinary=ordinary)


STAFF_ROLES = (Role.SECRETARY, Role.SOCIAL_WORKER, Role.GRID_WORKER)


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("role", list(Role))
def test_who_may_what(role: Role) -> None:
    staff = role in (*STAFF_ROLES, Role.ADMINISTRATOR)
    office = role in (Role.SECRETARY, Role.SOCIAL_WORKER, Role.ADMINISTRATOR)
    keeper = role in (Role.SECRETARY, Role.ADMINISTRATOR)
    chief = role is Role.ADMINISTRATOR
    actor = holder(role)

    def may(permission: Can, thing: object) -> bool:
        return bool(access.may(actor, permission, thing))

    assert may(Can.SEE, person()) is staff
    assert may(Can.LIST, person()) is staff
    assert may(Can.REGISTER, person()) is staff
    assert may(Can.ISSUE, person()) is staff
    assert may(Can.CORRECT, person()) is office
    assert may(Can.CORRECT, person(ordinary=False)) is chief
    assert may(Can.ISSUE_RESET, person()) is office
    assert may(Can.ISSUE_RESET, person(ordinary=False)) is chief
    assert may(Can.ACT_FOR, person()) is (role in STAFF_ROLES)
    assert may(Can.ACT_FOR, person(ordinary=False)) is False
    assert may(Can.GIVE, person()) is keeper
    assert may(Can.GIVE_ADMINISTRATOR, person()) is chief
    assert may(Can.END_GRANT, person()) is keeper
    assert may(Can.END_GRANT, person(ordinary=False)) is chief
    assert may(Can.END_GRANT, person(id=7)) is False
    assert may(Can.COUNT_FAILURE, person()) is False
    assert may(Can.ENTER, person()) is False


@pytest.mark.usefixtures("application")
def test_a_post_reaches_down_never_up_or_sideways() -> None:
    below = holder(Role.SECRETARY, "/1/7/")
    for path, allowed in (
        ("/1/7/", True),
        ("/1/7/9/", True),
        ("/1/", False),
        ("/1/70/", False),
        ("/2/", False),
    ):
        thing = SimpleNamespace(id=8, user_id=8, place_path=path, ordinary=True)
        assert bool(access.may(below, Can.GIVE, thing)) is allowed


@pytest.mark.usefixtures("application")
def test_what_only_the_person_himself_may() -> None:
    own, acted_for = holder(None, id=8), holder(None, id=8, entered_by=7)
    for permission in (Can.SET_PASSWORD, Can.SIGN_OUT_EVERYWHERE, Can.EXPORT):
        assert access.may(own, permission, person())
        refused = access.may(acted_for, permission, person())
        assert not refused
        assert "本人" in refused.reason
    assert access.may(acted_for, Can.ADJUST, person())


@pytest.mark.usefixtures("application")
def test_a_visitor_may_nothing_and_the_portal_what_it_must() -> None:
    for permission in (
        Can.SEE,
        Can.LIST,
        Can.GIVE,
        Can.ISSUE,
        Can.CLAIM,
        Can.ACT_FOR,
        Can.ADJUST,
        Can.COUNT_FAILURE,
    ):
        assert not access.may(Actor(), permission, person())
    for permission in (Can.REGISTER, Can.GIVE, Can.GIVE_ADMINISTRATOR, Can.ISSUE_RESET, Can.COUNT_FAILURE):
        assert access.may(system(), permission, person())
    assert not access.may(system(), Can.ACT_FOR, person())
