"""Staff who read papers in while everybody votes: one person enters a batch, another one reads it again."""

from dataclasses import dataclass

from tests.assembly.letters import photo
from tests.storm.estate import PaperBatch
from tests.storm.wire import Fields, Session, hidden


@dataclass
class Desk:
    batch: PaperBatch
    first: Session
    second: Session
    entered: bool = False
    """Every paper was read once: what is left may be done after the hour too."""

    async def read_in(self, port: int, vote: int) -> None:
        first, second = self.first, self.second
        once = ("once", f"batch-{self.batch.number}")
        start = [("csrf_token", first.token), ("received_at", self.batch.received_at), once]
        address = (await first.insist(port, f"/owners-votes/{vote}/batches", start)).location
        for ticket, words in self.batch.papers:
            await first.insist(port, f"{address}/slips", _slip(first, ticket, words))
        await self.photograph(port, address)
        self.entered = True
        await first.insist(port, f"{address}/hand-over", [("csrf_token", first.token)])
        for ticket, words in self.batch.papers:
            await second.insist(port, f"{address}/checks", _slip(second, ticket, words))

    async def photograph(self, port: int, address: str) -> None:
        """Papers of owners who had voted on a screen before go on with their pictures only."""
        page = await self.first.get(port, address)
        while page is None:
            page = await self.first.get(port, address)
        for form in page.forms(f"{address}/scans"):
            sent = hidden(form)
            if any(name == "voter" for name, _value in sent):
                await self.first.hand_in(port, f"{address}/scans", sent, photo())


def _slip(reader: Session, ticket: int, words: tuple[str, ...]) -> Fields:
    marks = [(f"choice-{place}", word) for place, word in enumerate(words)]
    return [
        ("csrf_token", reader.token),
        ("ticket", str(ticket)),
        ("once", f"slip-{ticket}"),
        ("signed", "0"),
        ("matters", str(len(words))),
        *marks,
    ]
