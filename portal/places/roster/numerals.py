"""Chinese numerals as they stand on buildings and doors: 三, 十二, 二十, 一百零一."""

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100}
SIGNS = "".join(DIGITS) + "".join(UNITS)


def from_chinese(text: str) -> int | None:
    """The number, or None when the text is none; 二〇三 is read digit by digit."""
    if not text or any(sign not in SIGNS for sign in text):
        return None
    if not any(sign in UNITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total += (digit or (1 if sign == "十" else 0)) * UNITS[sign]
            digit = 0
    return total + digit
