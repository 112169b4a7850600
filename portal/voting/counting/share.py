"""How much of a whole the law asks for: 以上 includes the number itself, 过半数 does not (Civil Code art. 1259)."""

from typing import NamedTuple


class Share(NamedTuple):
    """`num`/`den` of the whole; itself enough if `inclusive`, else more than it."""

    num: int
    den: int
    inclusive: bool

    def reached_by(self, part: int, whole: int) -> bool:
        reached, needed = part * self.den, self.num * whole
        return reached >= needed if self.inclusive else reached > needed

    def least(self, whole: int) -> int:
        """The smallest whole number that is this share of the whole. Of nothing no share can be had: never less than
        one."""
        enough = -(-self.num * whole // self.den) if self.inclusive else self.num * whole // self.den + 1
        return max(1, enough)


MAJORITY = Share(1, 2, inclusive=False)
TWO_THIRDS = Share(2, 3, inclusive=True)
THREE_QUARTERS = Share(3, 4, inclusive=True)
WHOLE = Share(1, 1, inclusive=True)
