"""The whole loop on a phone, with the demo's own sign-ins; every page on the way is looked at."""

from collections.abc import Callable

from tests.browser.loop import Loop
from tests.browser.people import Person
from tests.browser.serving import Portal


def test_one_topic_goes_all_its_stops(arrive: Callable[..., Person], portal: Portal) -> None:
    loop = Loop(arrive, portal, lambda person, _name: person.is_fine())
    loop.raise_topic()
    loop.endorse()
    loop.screen()
    loop.ask_and_answer()
    loop.discuss()
    loop.open_poll()
    loop.vote_all()
    loop.certify()
    loop.record_decision()
    loop.object_and_answer()
    loop.take_effect()
    loop.start_project()
    loop.carry_out()
    loop.accept()
    loop.rate()
    print("\n".join(loop.told()))
