"""Staff who read papers in while everybody votes: one person enters a batch, another one reads it again."""

from tests.storm.estate import PaperBatch
from tests.storm.wire import Fields, Session


async def read_in(port: int, vote: int, batch: PaperBatch, first: Session, second: Session) -> None:
    """Goes on past the hour: papers that were received before it still count."""
    once = ("once", f"batch-{batch.number}")
    start = [("csrf_token", first.token), ("received_at", batch.received_at), once]
    address = (await first.insist(port, f"/owners-votes/{vote}/batches", start)).location
    for ticket, words in batch.papers:
        await first.insist(port, f"{address}/slips", _slip(first, ticket, words))
    await first.insist(port, f"{address}/hand-over", [("csrf_token", first.token)])
    for ticket, words in batch.papers:
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
