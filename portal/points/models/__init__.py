"""Tables of the points: the ledger, and the programme with its pools and rules."""

from .ledger import Account, Entry, Line, Lot, LotMove
from .programme import Pool, Programme, Rule

__all__ = ["Account", "Entry", "Line", "Lot", "LotMove", "Pool", "Programme", "Rule"]
