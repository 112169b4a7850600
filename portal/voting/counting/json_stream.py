"""JSON read in pieces, so that a long array never has to lie in memory as a whole."""

import codecs
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from .unreadable import Unreadable

PIECE = 1 << 18  # bytes read at a time
LONGEST_ELEMENT = 1 << 20  # characters of one element of a streamed array
BOUNDARIES_TRIED = 3  # ends of objects that may be the end of an element
LONGEST_NUMBER = 18  # digits: every count of people, papers or fen has fewer
_blank = re.compile(r"[ \t\n\r]*")


class JsonStream:
    """A place in a JSON text. Every method raises Unreadable for what is no JSON, OSError for what cannot be read.

    Values come as `json` gives them, but NaN, Infinity and numbers beyond any use are refused.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._passed = 0
        self._ended = False
        self._plain = True  # whether to look for many elements at once in what is here
        self._scan = json.JSONDecoder(
            parse_constant=_no_number, parse_float=_fraction, parse_int=_whole
        ).raw_decode

    def peek(self) -> str:
        """The next character that is not blank; empty at the end of the text."""
        while True:
            self._at = self._after_blank(self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._more()

    def end(self) -> None:
        """Nothing may follow."""
        if self.peek():
            raise self._broken("something follows the end of the JSON text")

    def value(self, longest: int | None = None) -> Any:
        """The next value, whole; `longest` in characters."""
        if not self.peek():
            raise self._broken("the JSON text ends too early")
        while True:
            try:
                found, after = self._scan(self._text, self._at)
            except json.JSONDecodeError as fault:
                too_long = longest is not None and len(self._text) - self._at > longest
                if self._ended or too_long:
                    self._at = fault.pos
                    raise self._broken(fault.msg) from None
            except RecursionError:
                raise self._broken("nested too deeply") from None
            else:
                if self._ended or not self._may_go_on(after):
                    self._at = after
                    return found
            self._more()

    def members(self) -> Iterator[str]:
        """The keys of an object; who asks for the next one has taken the value of the last."""
        for _ in self._items("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                raise self._broken("a key must be a text")
            self._take(":")
            yield key

    def items(self) -> Iterator[None]:
        """The places of an array's elements; who asks for the next one has taken the last."""
        yield from self._items("[", "]")

    def elements(self) -> Iterator[Any]:
        """The values of an array, one after the other."""
        return chain.from_iterable(self._batches())

    def _batches(self) -> Iterator[list[Any]]:
        for _ in self.items():
            if not self.peek():
                raise self._broken("the JSON text ends too early")
            yield self._many() or [self.value(LONGEST_ELEMENT)]

    def _many(self) -> list[Any]:
        """The objects of an array that are in the text as it stands; none if it is not plain where they end.

        Where a part of the array is a whole array by itself, its elements are those of the array.
        """
        end = len(self._text)
        for _ in range(BOUNDARIES_TRIED if self._plain else 0):
            end = self._text.rfind("},", self._at, end)
            if end < 0:
                break
            try:
                found, after = self._scan(f"[{self._text[self._at : end + 1]}]", 0)
            except (json.JSONDecodeError, RecursionError):
                continue
            if after == end + 3 - self._at:
                self._at = end + 1
                return list(found)
        self._plain = False
        return []

    def _may_go_on(self, after: int) -> bool:
        """Whether what was found is a number that the next piece may lengthen: 1 by 2, 1. by 5, 1e- by 9."""
        rest = self._text[after:] if len(self._text) - after < 3 else "}"
        return not rest.strip("0123456789.eE+-")

    def _items(self, opening: str, closing: str) -> Iterator[None]:
        self._take(opening)
        if self.peek() == closing:
            self._at += 1
            return
        while True:
            yield None
            if self.peek() == closing:
                self._at += 1
                return
            self._take(",")

    def _take(self, mark: str) -> None:
        if self.peek() != mark:
            raise self._broken(f"{mark!r} expected" if self.peek() else "the JSON text ends too early")
        self._at += 1

    def _after_blank(self, at: int) -> int:
        found = _blank.match(self._text, at)
        return found.end() if found else at

    def _more(self) -> None:
        """Read on. A value that does not fit is read in ever larger pieces, so that its length costs once."""
        self._passed += self._at
        rest = self._text[self._at :]
        raw = self._file.read(max(PIECE, len(rest)))
        self._ended = not raw
        try:
            self._text = rest + self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError:
            raise Unreadable("no UTF-8 text") from None
        self._at = 0
        self._plain = True

    def _broken(self, why: str) -> Unreadable:
        return Unreadable(f"no JSON: {why} (character {self._passed + self._at + 1})")


def _no_number(name: str) -> Any:
    raise Unreadable(f"{name} is no number")


def _fraction(text: str) -> float:
    """JSON's only way to say a fraction; the counts refuse it where they need a whole number."""
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise Unreadable("a number is too large")
    return number


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > LONGEST_NUMBER:
        raise Unreadable(f"a number has more than {LONGEST_NUMBER} digits")
    return int(text)
