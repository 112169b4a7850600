"""The system's Chromium and how it is started."""

import shutil

from playwright.sync_api import ViewportSize

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: ViewportSize = {"width": 390, "height": 844}


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")
