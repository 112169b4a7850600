"""The box at the close: how many papers nobody has read in yet, and how many of them may still be read in. Pure.

Who reads papers in also types when they were received, so that hour alone proves nothing once the voting is over. The
number of papers in the box is counted by two people, neither of whom knows what the other found, soon after the close
and hung out before anybody counts votes;
nobody can put a paper in later without one being left over.

One number for the whole vote: the law asks for votes counted by head and area of all, for no count by building, and a
paper names its head by its ticket, so a paper more is a paper more whatever stairwell its box stood in. Where several
boxes went round the number is their sum, and the photographs that hang out with it show each.
"""

from datetime import datetime, timedelta
from typing import Any

from ..core.text import _
from .words import Standing

NOBODYS = Standing.REFUSED
"""Three people found three numbers: until it is counted anew it is as if nobody had counted."""
HOURS = 3
"""So long after the close the papers are counted; who has seen how many votes are missing has no day to think."""


def last_hour(closes_at: datetime) -> datetime:
    """Until when the papers in the box are counted."""
    return closes_at + timedelta(hours=HOURS)


def unstatable(closes_at: datetime, seal: Any, now: datetime) -> str:
    """Why the number can be stated no more; "" as long as it can. `seal`: a BoxSeal or its row, None before."""
    if seal is not None and seal.standing == Standing.STANDS:
        return _("两个人都数过了，数目已经公示，不能再改。")
    if now >= last_hour(closes_at):
        return _("截止已经过了 %(hours)d 小时，不能再封箱记数。没录的纸质票不计入。", hours=HOURS)
    return ""


def unreadable(closes_at: datetime, seal: Any, read_after: int, now: datetime) -> str:
    """Why no further paper from before the close is read in after it; "" as long as there is one left in the box.
    `read_after`: how many were. A number that no second person found in time is none."""
    if seal is None or seal.standing != Standing.STANDS:
        if now >= last_hour(closes_at):
            return _("截止以后 %(hours)d 小时里没有两个人数过票箱，没录的纸质票不计入。", hours=HOURS)
        if seal is None or seal.standing == NOBODYS:
            return _("投票已经截止。截止时还没录的纸质票，要先封箱记数、两个人数过，才能接着录。")
        return _("封箱的数目还要另一个人再数一遍，才能接着录。")
    if left_over(seal, read_after) <= 0:
        return _("截止时票箱里没录的纸质票是 %(n)d 张，已经录满了。多出来的不能再录。", n=seal.papers)
    return ""


def left_over(seal: Any, read_after: int) -> int:
    """Papers that were in the box and are not read in yet."""
    return int(seal.papers - read_after)
