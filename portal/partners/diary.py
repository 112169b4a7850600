"""What partner merchants add to the community's calendar: its market days."""

from datetime import datetime

from ..core import clock, diary
from ..core.ical import Entry
from ..core.text import _
from .queries import markets


def market_days(place_path: str, now: datetime) -> list[Entry]:
    market = markets.market_of(place_path)
    return markets.entries(market, _("便民活动日"), clock.local(now).date()) if market else []


diary.add("market", market_days)
