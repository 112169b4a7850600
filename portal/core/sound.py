"""Short recordings as phones and browsers make them: known by what is in them, not by what they are called; their
length is read, and what says where and when they were made is taken out. Nothing is decoded."""

import io
import struct
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from .errors import Invalid
from .text import _

LONGEST = 120
"""Seconds."""
SLACK = 3
"""Seconds more that are let pass: a recorder stops a moment after it is told to."""
LARGEST_MB = 6
VIDEO, SOUND = 1, 2
"""Kinds of tracks in a WebM file."""


@dataclass(frozen=True)
class Recording:
    """A recording in one of the formats that browsers play. `seconds` is 0 where the file does not say it."""

    data: bytes
    kind: str
    ending: str
    seconds: int


class _NotSound(Exception):
    """It is something else: a film, a page, a format no browser plays."""


def recording(data: bytes, field: str = "voice") -> Recording:
    """Look at one upload. Raises Invalid with what to do; nothing is stored yet."""
    if len(data) > LARGEST_MB * 1024 * 1024:
        raise Invalid(_("录音太大了，最多 %(most)d MB。请录短一点。", most=LARGEST_MB), field)
    try:
        found = _read(data)
    except _NotSound:
        raise Invalid(
            _("这不是网页能放的录音。请用手机自带的录音机录，选 M4A、MP3、WAV 或 WEBM 文件。"), field
        ) from None
    except (
        LookupError,
        ValueError,
        ArithmeticError,
        EOFError,
        OSError,
        RuntimeError,
        struct.error,
        wave.Error,
    ):
        raise Invalid(_("录音没有传完整，请重新录一次。"), field) from None
    if found.seconds > LONGEST + SLACK:
        raise Invalid(
            _(
                "录音有 %(long)s，最长 %(most)d 分钟，请拣要紧的说。",
                long=spoken(found.seconds),
                most=LONGEST // 60,
            ),
            field,
        )
    return found


def spoken(seconds: int) -> str:
    """1:07."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _read(data: bytes) -> Recording:
    if not data:
        raise ValueError
    for fits, read, kind, ending in _FORMATS:
        if fits(data):
            kept, seconds = read(data)
            return Recording(kept, kind, ending, ceil(seconds))
    raise _NotSound


def _matroska(data: bytes) -> tuple[bytes, float]:
    """WebM, as Chrome, Edge and Firefox record. A browser's recorder leaves the length out: the last block has it."""
    scale, begun, last, tracks = 1_000_000, 0, 0, set()
    for tag, start, end in _elements(data):
        body = data[start:end]
        if tag == 0x2AD7B1:
            scale = int.from_bytes(body)
        elif tag == 0x83:
            tracks.add(int.from_bytes(body))
        elif tag == 0xE7:
            begun = int.from_bytes(body)
        elif tag in (0xA3, 0xA1):
            last = max(last, begun + int.from_bytes(body[1:3], signed=True))
    if VIDEO in tracks or SOUND not in tracks:
        raise _NotSound
    return data, last * scale / 1e9


_HOLDERS = (0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0xA0, 0x1549A966)
"""Segment, cluster, tracks, one track, a group of blocks, what the file says of itself."""


def _elements(data: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at < len(data):
        wide = 9 - data[at].bit_length()
        tag = int.from_bytes(data[at : at + wide])
        at += wide
        long = 9 - data[at].bit_length()
        size = int.from_bytes(data[at : at + long]) & ((1 << 7 * long) - 1)
        at += long
        if tag in _HOLDERS:
            continue
        yield tag, at, at + size
        at += size


class _Box(NamedTuple):
    name: bytes
    named: int
    """Where its name stands."""
    start: int
    """Of what is in it."""
    end: int


def _mpeg4(data: bytes) -> tuple[bytes, float]:
    """M4A, as iPhones and Safari record. What the phone wrote of place and title is blanked."""
    kept, tracks = bytearray(data), set()
    whole = pieces = 0.0
    media = 1
    for name, named, start, end in _boxes(data):
        body = data[start:end]
        if name in (b"udta", b"meta"):
            kept[named : named + 4], kept[start:end] = b"free", bytes(end - start)
        elif name == b"mvhd":
            whole = _clock(body)[1] / _clock(body)[0]
        elif name == b"mdhd":
            media = _clock(body)[0]
        elif name == b"hdlr":
            tracks.add(body[8:12])
        elif name == b"tfdt":
            pieces = int.from_bytes(body[4 : 12 if body[0] else 8]) / media
    if b"vide" in tracks or b"soun" not in tracks:
        raise _NotSound
    return bytes(kept), max(whole, pieces)


def _clock(body: bytes) -> tuple[int, int]:
    """Ticks in a second, and how many of them it lasts."""
    at, wide = (20, 8) if body[0] else (12, 4)
    return int.from_bytes(body[at : at + 4]), int.from_bytes(body[at + 4 : at + 4 + wide])


def _boxes(data: bytes) -> Iterator[_Box]:
    at = 0
    while at + 8 <= len(data):
        size, name, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        end = min(at + size, len(data)) if size else len(data)
        if end < at + head:
            raise ValueError
        if name in (b"moov", b"trak", b"mdia", b"moof", b"traf"):
            at += head
            continue
        yield _Box(name, at + 4, at + head, end)
        at = end


def _ogg(data: bytes) -> tuple[bytes, float]:
    """Opus or Vorbis. The last page says how many samples there are."""
    first = data[:128]
    rate = 48_000
    if (vorbis := first.find(b"\x01vorbis")) >= 0:
        rate = int.from_bytes(data[vorbis + 12 : vorbis + 16], "little")
    elif b"OpusHead" not in first:
        raise _NotSound
    last = data.rfind(b"OggS")
    return data, max(0, int.from_bytes(data[last + 6 : last + 14], "little", signed=True)) / rate


def _wave(data: bytes) -> tuple[bytes, float]:
    with wave.open(io.BytesIO(data)) as read:
        return data, len(data) / (read.getframerate() * read.getnchannels() * read.getsampwidth())


def _mp3(data: bytes) -> tuple[bytes, float]:
    """Without the tags before and behind it; the frames are counted."""
    kept = data[10 + _untied(data[6:10]) :] if data.startswith(b"ID3") else data
    kept = kept[:-128] if kept[-128:-125] == b"TAG" else kept
    at = seconds = 0.0
    while (here := int(at)) + 4 <= len(kept) and kept[here] == 0xFF:
        size, lasts = _frame(kept[here : here + 4])
        at, seconds = at + size, seconds + lasts
    if not seconds:
        raise _NotSound
    return kept, seconds


def _untied(four: bytes) -> int:
    """A number of which each byte holds seven bits."""
    return sum((byte & 127) << 7 * (3 - n) for n, byte in enumerate(four))


_NEW_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_OLD_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLES = {3: 1, 2: 2, 0: 4}
"""Version of MPEG → by how much the sampling rates are divided."""


def _frame(head: bytes) -> tuple[int, float]:
    """Bytes and seconds of a frame of layer three."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    if version not in _SAMPLES or layer != 1:
        raise _NotSound
    rate = (44_100, 48_000, 32_000)[head[2] >> 2 & 3] // _SAMPLES[version]
    bits = (_NEW_RATES if version == 3 else _OLD_RATES)[head[2] >> 4] * 1000
    samples = 1152 if version == 3 else 576
    if not bits:
        raise ValueError
    return samples * bits // 8 // rate + (head[2] >> 1 & 1), samples / rate


_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], tuple[bytes, float]], str, str], ...] = (
    (lambda d: d.startswith(b"\x1a\x45\xdf\xa3"), _matroska, "audio/webm", "webm"),
    (lambda d: d[4:8] == b"ftyp", _mpeg4, "audio/mp4", "m4a"),
    (lambda d: d.startswith(b"OggS"), _ogg, "audio/ogg", "ogg"),
    (lambda d: d.startswith(b"RIFF") and d[8:12] == b"WAVE", _wave, "audio/wav", "wav"),
    (lambda d: d.startswith(b"ID3") or (d[0] == 0xFF and d[1:2] >= b"\xe0"), _mp3, "audio/mpeg", "mp3"),
)
