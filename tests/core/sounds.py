"""Recordings as bytes, in the shapes that phones and browsers give them. The sound itself is silence or nothing."""

import io
import struct
import wave


def wav(seconds: int = 2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8000)
        made.writeframes(b"\x80" * 8000 * seconds)
    return out.getvalue()


def webm(seconds: int = 5, kind: int = 2) -> bytes:
    """As a browser records: segment and cluster of unknown size, no length anywhere; a block every second."""
    track = element(b"\x83", bytes([kind])) + element(b"\x86", b"A_OPUS")
    clusters = b"".join(_cluster(n * 1000) for n in range(seconds + 1))
    info = element(b"\x15\x49\xa9\x66", element(b"\x2a\xd7\xb1", (1_000_000).to_bytes(3)))
    tracks = element(b"\x16\x54\xae\x6b", element(b"\xae", track))
    return (
        element(b"\x1a\x45\xdf\xa3", b"\x42\x82\x84webm")
        + b"\x18\x53\x80\x67"
        + UNKNOWN
        + info
        + tracks
        + clusters
    )


def _cluster(at: int) -> bytes:
    block = b"\x81" + struct.pack(">h", 0) + b"\x80sound"
    return b"\x1f\x43\xb6\x75" + UNKNOWN + element(b"\xe7", at.to_bytes(3)) + element(b"\xa3", block)


UNKNOWN = b"\x01" + b"\xff" * 7


def element(tag: bytes, body: bytes) -> bytes:
    return tag + (0x4000 | len(body)).to_bytes(2) + body


def m4a(seconds: int = 4, handler: bytes = b"soun", place: bytes = b"") -> bytes:
    whole = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80))
    media = box(
        b"mdia", box(b"mdhd", bytes(12) + struct.pack(">II", 44100, 0)) + box(b"hdlr", bytes(8) + handler)
    )
    told = box(b"udta", box(b"\xa9xyz", place)) if place else b""
    return (
        box(b"ftyp", b"M4A \0\0\0\0")
        + box(b"moov", whole + box(b"trak", media) + told)
        + box(b"mdat", b"sound")
    )


def in_pieces(seconds: int = 4) -> bytes:
    """As Safari records: the length is in none of the heads, each piece says when it begins."""
    piece = box(b"moof", box(b"traf", box(b"tfdt", bytes(4) + struct.pack(">I", seconds * 44100))))
    return m4a(0) + piece


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def ogg(seconds: int = 3) -> bytes:
    first = b"OggS\0\x02" + bytes(22) + b"OpusHead" + bytes(11)
    return first + b"OggS\0\x04" + struct.pack("<q", seconds * 48000) + bytes(14) + b"sound"


def mp3(frames: int = 100, tags: bool = True) -> bytes:
    """Of 26 ms each."""
    frame = b"\xff\xfb\x50\xc0" + bytes(204)
    return (
        (b"ID3\x03\0\0\0\0\0\x0aHomeStreet" if tags else b"")
        + frame * frames
        + (b"TAG" + bytes(125) if tags else b"")
    )
