"""What lies in a thank-you."""

from __future__ import annotations

from bot.talk.courtesy import says_it_helped, says_thanks


def test_thanks_and_that_it_helped() -> None:
    assert says_thanks("nee dank u wel")
    assert not says_thanks("nee, nu niet")
    assert says_it_helped("dank u, het hielp")
    assert not says_it_helped("dank u")
