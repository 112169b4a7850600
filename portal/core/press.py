"""One page of HTML as a PDF, in a process of its own: `python -P press.py SHEET PAGE PDF SECONDS BYTES`.

It may take so many seconds and so much memory and is ended by the system beyond that. What it was given is removed
when the PDF is there, so a page that is left over was tried in vain. It knows nothing of the portal.
"""

import os
import resource
import signal
import sys
from pathlib import Path


def draw(html: str, sheet: str) -> bytes:
    """Pictures must be in the page itself (data addresses): nothing is fetched, neither from the disk nor from the
    net, whatever the text asks for. Imported here: it costs a second, and no worker of the portal shall pay it."""
    import weasyprint
    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # which WeasyPrint sets for all: an upload must still be whole
    own = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    page = weasyprint.HTML(string=html, url_fetcher=own)
    return bytes(page.write_pdf(stylesheets=[weasyprint.CSS(string=sheet)]))


def main(sheet: str, page: str, target: str, seconds: str, most: str) -> None:
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    resource.setrlimit(resource.RLIMIT_AS, (int(most), int(most)))
    os.nice(4)
    part = Path(target).with_suffix(".part")
    part.write_bytes(draw(Path(page).read_text("utf-8"), Path(sheet).read_text("utf-8")))
    part.replace(target)
    Path(page).unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
