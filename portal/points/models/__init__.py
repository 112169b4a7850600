"""Tables of the points: the ledger; the programme with its pools and rules; what stands around the ledger;
and rewards in kind."""

from .ledger import Account, Entry, Line, Lot, LotMove
from .programme import Pool, Programme, Rule
from .rewards import Fund, Rate, Reward
from .thanks import Appeal, BoardSeat, Grant, Kin, Sample, Share

__all__ = [
    "Account", "Appeal", "BoardSeat", "Entry", "Fund", "Grant", "Kin", "Line", "Lot", "LotMove",
    "Pool", "Programme", "Rate", "Reward", "Rule", "Sample", "Share",
]  # fmt: skip
