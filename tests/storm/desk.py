"""Staff who read papers in while everybody votes: one person enters a batch, another one reads it again."""

from dataclasses import dataclass

from tests.storm.estate import PaperBatch
from tests.storm.wire import Fields, Session


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
        self.entered = True
        await first.insist(port, f"{address}/hand-over", [("csrf_token", first.token)])
        for ticket, words in self.batch.papers:
            await second.insist(port, f"{address}/checks", _slip(second, ticket, words))


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
