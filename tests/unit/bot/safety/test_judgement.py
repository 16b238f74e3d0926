"""What the patterns found and what the trained ear heard, judged together."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.safety.gate import SafetyGate
from bot.safety.judgement import ASK, LIKELY, SURE, UNBELIEVED, judge
from bot.safety.kinds import Danger, DangerKind, Hunch

FOUND = Danger(DangerKind.VIOLENCE, True, "slaat mij", 4, 13)
KINDS = st.sampled_from(list(DangerKind))
HUNCHES = st.builds(Hunch, KINDS, st.floats(0, 1), st.just("woorden"), st.just(0), st.just(7), st.booleans())
DANGERS = st.none() | st.builds(Danger, KINDS, st.booleans(), st.just("x"), st.just(0), st.just(1), st.booleans())


def hunch(chance: float) -> Hunch:
    return Hunch(DangerKind.SUICIDE, chance, "van mij hoeft het niet meer", 0, 27)


def test_without_a_model_the_patterns_decide() -> None:
    assert judge(FOUND, None) == FOUND
    assert judge(None, None) is None


def test_what_no_pattern_was_written_for_is_asked_and_when_clear_answered() -> None:
    assert judge(None, hunch(ASK - 0.01)) is None
    asked, sure = judge(None, hunch(ASK)), judge(None, hunch(SURE))
    assert asked is not None
    assert sure is not None
    assert (asked.certain, asked.words) == (False, "van mij hoeft het niet meer")
    assert (sure.certain, sure.likely) == (True, True)


def test_a_finding_that_the_ear_cannot_believe_becomes_a_question() -> None:
    judged = judge(FOUND, hunch(UNBELIEVED - 0.01))
    assert judged is not None
    assert (judged.kind, judged.certain) == (DangerKind.VIOLENCE, False)


def test_a_doubt_of_the_patterns_is_likely_when_the_ear_says_so() -> None:
    doubt = replace(FOUND, certain=False)
    heard, unheard = judge(doubt, hunch(LIKELY)), judge(doubt, hunch(LIKELY - 0.01))
    assert heard is not None
    assert unheard is not None
    assert (heard.certain, heard.likely, unheard.likely) == (False, True, False)


@given(DANGERS, HUNCHES)
def test_the_ear_never_silences_a_pattern_and_a_surer_ear_never_hears_less(found: Danger | None, heard: Hunch) -> None:
    judged, surer = judge(found, heard), judge(found, replace(heard, chance=min(1.0, heard.chance + 0.1)))
    if found is not None:
        assert judged is not None
        assert judged.kind is found.kind
    if judged is not None:
        assert surer is not None
        assert surer.certain >= judged.certain
        assert surer.likely >= judged.likely


def test_the_gate_asks_when_only_the_ear_heard_something() -> None:
    verdict = SafetyGate().check("de kaartjes liggen klaar, het is geregeld", hunch=hunch(0.7))
    assert verdict is not None
    assert (verdict.certain, verdict.responses, verdict.alert) == (False, ("utter_danger_question",), False)
    assert SafetyGate().check("de kaartjes liggen klaar, het is geregeld") is None


def test_what_the_message_itself_explains_is_not_asked_on_a_doubtful_ear_but_a_pattern_stands() -> None:
    explained = (DangerKind.SUICIDE, DangerKind.VIOLENCE)
    assert judge(None, hunch(LIKELY), explained) is None
    sure = judge(None, hunch(SURE), explained)
    assert sure is not None
    assert sure.certain
    assert judge(FOUND, hunch(1.0), explained) == replace(FOUND, likely=True)
