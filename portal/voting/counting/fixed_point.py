"""Whole numbers of a small decimal unit, as text: a count that rounds by rule has no other numbers."""


def decimal_text(units: int, places: int) -> str:
    """`units` of 10^-places, written out: 1234567 with 5 places is 12.34567. Never negative in a count."""
    whole, part = divmod(units, 10**places)
    return f"{whole}.{part:0{places}d}"
