"""The address of a page on paper: printed in words and as a QR code for a phone."""

from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import segno
from flask import current_app, has_request_context, request


class Scan(NamedTuple):
    """`picture` is the QR code of `address` as a data address."""

    address: str
    picture: str


def public() -> str:
    """The address that was set for this portal, with a slash at its end; "" without one. For what others keep: a
    request names any host it likes."""
    address = str(current_app.config["PUBLIC_ADDRESS"])
    return address.rstrip("/") + "/" if address else ""


def site() -> str:
    """Where this portal is reached from outside, with a slash at its end; without a setting only a request knows."""
    here = request.host_url if has_request_context() else ""
    return public() or here.rstrip("/") + "/"


def hosts() -> set[str]:
    """What this portal is called: as it was set, and as it was asked just now. To read an address that somebody copied;
    no host is kept."""
    here = request.host_url if has_request_context() else ""
    return {urlsplit(address).netloc.lower() for address in (public(), here) if address}


def scan_of(path: str) -> Scan:
    """A page of this portal as it is reached from outside."""
    address = urljoin(site(), path.lstrip("/"))
    return Scan(address, picture_of(address))


def picture_of(text: str) -> str:
    """The QR code of any text as a data address."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=4))
