"""The table of what earns points as a programme begins with it; staff change it line by line."""

from typing import Any

from .words import Approver, Deed, Evidence, Per

_BY_PORTAL: dict[str, Any] = {"approver": Approver.PORTAL, "evidence": Evidence.EVENT}
_BY_TWO: dict[str, Any] = {"approver": Approver.TWO, "evidence": Evidence.TEXT}


def _line(deed: Deed, points: int, **more: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "per": Per.TIME, "once_cap": None, "day_cap": None, "month_cap": None, "year_cap": None, "active": True,
    }  # fmt: skip
    return usual | {"deed": deed, "points": points} | more


RULES = (
    _line(Deed.HOUR, 1, per=Per.HOUR, once_cap=2, **_BY_PORTAL),
    _line(Deed.MEETING, 2, day_cap=4, **_BY_PORTAL),
    _line(Deed.ADOPTED, 20, **_BY_PORTAL),
    _line(Deed.TRAINING, 2, day_cap=4, **_BY_PORTAL),
    _line(Deed.SURVEY, 1, month_cap=5, active=False, **_BY_PORTAL),
    _line(Deed.SKILL, 5, month_cap=40, **_BY_TWO),
    _line(Deed.REPORT, 5, day_cap=15, **_BY_TWO),
    _line(Deed.HAZARD, 10, day_cap=30, approver=Approver.TWO, evidence=Evidence.PHOTO),
    _line(Deed.OTHER, 2, month_cap=20, **_BY_TWO),
)
