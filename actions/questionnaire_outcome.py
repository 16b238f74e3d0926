"""What a questionnaire says at its end, in plain words; kept apart, for her alone."""

from __future__ import annotations

from actions.turn import Turn
from knowledge.instruments import NOT_ASKED, InstrumentResult, InstrumentRun, NoBand, ScoreRange


def tell_outcome(turn: Turn, run: InstrumentRun) -> None:
    """Keep the result of ``run`` and tell it; when everything was skipped there is none.

    What is kept: the stored run, ``at`` (ISO 8601), ``score`` (lowest and highest possible, ``None`` without a sum) and
    the code of the ``band``.
    """
    result, pack = run.result(), run.instrument.pack
    if len(result.skipped) == pack.item_count:
        turn.say("questionnaire_empty")
        return
    score = result.score
    turn.thread.questionnaire_results.append(
        {
            **run.to_dict(),
            "at": turn.services.now().isoformat(),
            "score": [score.low, score.high] if score else None,
            "band": result.band.code if result.band else None,
        }
    )
    parts = _score(turn, run, result, score) if score else _values(turn, run, result)
    if result.skipped:
        parts.append(turn.words.text("utter_questionnaire_skipped", count=len(result.skipped)))
    turn.say("questionnaire_told", outcome="\n".join(parts), citation=pack.citation)


def _score(turn: Turn, run: InstrumentRun, result: InstrumentResult, score: ScoreRange[int]) -> list[str]:
    words, pack = turn.words, run.instrument.pack
    most = pack.score_range([NOT_ASKED] * pack.item_count).high
    name = "utter_questionnaire_score" if score.exact else "utter_questionnaire_score_range"
    told = words.text(name, low=score.low, high=score.high, most=most)
    if result.band is not None:
        return [told, words.text("utter_questionnaire_band", band=result.band.label)]
    no_cut_off = result.no_band is NoBand.NO_CUT_OFF
    return [told, words.text("utter_questionnaire_no_cut_off" if no_cut_off else "utter_questionnaire_no_band_yet")]


def _values(turn: Turn, run: InstrumentRun, result: InstrumentResult) -> list[str]:
    words, pack = turn.words, run.instrument.pack
    points = [answer.points for answer in pack.answers]
    lines = []
    for number, value in enumerate(result.values, 1):
        construct = pack.construct(number)
        about = construct.label if construct else str(number)
        lines.append(f"- {about}: {words.text('utter_questionnaire_value_none') if value is None else value}")
    intro = words.text("utter_questionnaire_values", least=min(points), most=max(points))
    return [intro, *lines, words.text("utter_questionnaire_kept")]
