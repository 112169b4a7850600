"""How many statements a page sends to its database."""

from sqlalchemy import event
from sqlalchemy.engine import Engine

from .plan import Plan, Subject

BOOKKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")


def count_queries(subject: Subject, plan: Plan) -> tuple[dict[str, int], list[str]]:
    """Statements per page by its name, and what is wrong with the pages that are none.

    Counted the second time a page is shown: the first also warms the process.
    """
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(BOOKKEEPING):
            sent.append(statement)

    client = subject.make_app().test_client(use_cookies=False)
    counts: dict[str, int] = {}
    problems: dict[str, str] = {}
    event.listen(Engine, "before_cursor_execute", note)
    try:
        for page in plan.pages * 2:
            sent.clear()
            answer = client.get(page.path, headers={"Cookie": page.cookie} if page.cookie else {})
            if answer.status_code == 200:
                counts[page.name] = len(sent)
            else:
                problems[page.name] = f"{page.name}: {page.path} answers {answer.status}"
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return counts, list(problems.values())
