"""From u to je: verbs, pronouns, capitals, and what has to stay as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.address import in_je

PIECES = [
    *("u", "U", "uw", "Uw", "uzelf", "zich", "wilt", "Kunt", "belt", "vertelt", "gaat", "heeft", "helpt", "dat", "die"),
    *("als", "voor", "met", "aan", "om", "te", "mee", "een", "consulent", "allebei", "je", "wel", ".", ",", "?", "\n"),
    *("{called}", "{fact_cost}", "“Belt u ons?”"),
]


@pytest.mark.parametrize(
    ("said", "said_with_je"),
    [
        ("Vertelt u gerust.", "Vertel je gerust."),
        ("Wilt u dat? Kunt u bellen?", "Wil je dat? Kun je bellen?"),
        ("Bent u moe, dan zult u rusten.", "Ben je moe, dan zul je rusten."),
        ("Heeft u hulp? Hebt u tijd?", "Heb je hulp? Heb je tijd?"),
        ("Wat doet u? Hoe gaat u erheen?", "Wat doe je? Hoe ga je erheen?"),
        ("Slaat u het over? Staat u er alleen voor?", "Sla je het over? Sta je er alleen voor?"),
        ("Dan wordt u gebeld en ziet u wie.", "Dan word je gebeld en zie je wie."),
        ("Vindt u dat, of houdt u van rust?", "Vind je dat, of houd je van rust?"),
        ("Weet u het? Laat u het weten?", "Weet je het? Laat je het weten?"),
        ("Dat hoeft u niet. Een brief krijgt u later.", "Dat hoef je niet. Een brief krijg je later."),
        ("De eerste keer vraagt u het aan.", "De eerste keer vraag je het aan."),
        ("Hulp voor uzelf vraagt u gewoon zelf aan.", "Hulp voor jezelf vraag je gewoon zelf aan."),
        ("'s Nachts en in het weekend belt u de post.", "'s Nachts en in het weekend bel je de post."),
        ("“{words}”, zegt u.", "“{words}”, zeg je."),
        ("Gaat het niet, helpt u dan zelf?", "Gaat het niet, help je dan zelf?"),
        ("Wat heeft u nodig, en wat mist u?", "Wat heb je nodig, en wat mis je?"),
        ("Mag u dat, of zou u het willen?", "Mag je dat, of zou je het willen?"),
    ],
)
def test_a_verb_before_u_loses_its_t(said: str, said_with_je: str) -> None:
    assert in_je(said) == said_with_je


@pytest.mark.parametrize(
    ("said", "said_with_je"),
    [
        ("Een consulent belt u.", "Een consulent belt je."),
        ("Die leest het, en belt u daarna.", "Die leest het, en belt je daarna."),
        ("Uw moeder belt u, en hij mist u.", "Je moeder belt je, en hij mist je."),
        ("Dat helpt u, en het raakt u.", "Dat helpt je, en het raakt je."),
        ("Die luistert, wijst u de weg en kost u niets.", "Die luistert, wijst je de weg en kost je niets."),
        ("Wat geeft u lucht?", "Wat geeft je lucht?"),
        ("{staff} schrijft u:", "{staff} schrijft je:"),
        ("Ik vraag of iemand u heeft gebeld.", "Ik vraag of iemand je heeft gebeld."),
        ("De consulent van de gemeente heeft u gebeld.", "De consulent van de gemeente heeft je gebeld."),
    ],
)
def test_a_verb_of_somebody_else_keeps_its_t(said: str, said_with_je: str) -> None:
    assert in_je(said) == said_with_je


@pytest.mark.parametrize(
    ("said", "said_with_je"),
    [
        ("U heeft geen tijd.", "Je hebt geen tijd."),
        ("Als u hulp nodig heeft, dan kan dat.", "Als je hulp nodig hebt, dan kan dat."),
        ("Bel als u iemand kent die tijd heeft.", "Bel als je iemand kent die tijd heeft."),
        ("U bent er, u wilt het, u kunt het, u zult zien.", "Je bent er, je wilt het, je kunt het, je zult zien."),
    ],
)
def test_a_verb_after_u_has_the_form_of_je(said: str, said_with_je: str) -> None:
    assert in_je(said) == said_with_je


@pytest.mark.parametrize(
    ("said", "said_with_je"),
    [
        ("Dat ligt niet aan u.", "Dat ligt niet aan jou."),
        ("Past het bij u in de buurt?", "Past het bij jou in de buurt?"),
        ("Hoe gaat het met u?", "Hoe gaat het met jou?"),
        ("Iemand denkt met u mee.", "Iemand denkt met je mee."),
        ("Alles komt op u alleen neer.", "Alles komt op jou alleen neer."),
        ("Is dat van u of van een ander?", "Is dat van jou of van een ander?"),
        ("Ik vraag iemand om u te bellen.", "Ik vraag iemand om je te bellen."),
        ("Maakt iemand zich zorgen om u?", "Maakt iemand zich zorgen om jou?"),
        ("Dat kan voor u allebei.", "Dat kan voor jullie allebei."),
        ("Een kind kan dat niet, u wel.", "Een kind kan dat niet, jij wel."),
        ("U", "Jij"),
        ("Kies een nummer dat alleen u opneemt.", "Kies een nummer dat alleen jij opneemt."),
        ("Maakt u zich zorgen? Mooi dat u zich inzet.", "Maak je je zorgen? Mooi dat je je inzet."),
        ("u voelt zich er naar bij", "je voelt je er naar bij"),
        ("u voelt u boos", "je voelt je boos"),
        ("Zorgt u zelf, of voor uzelf?", "Zorg je zelf, of voor jezelf?"),
        ("Uw aanvraag is van uw gemeente.", "Je aanvraag is van je gemeente."),
        ("Dank u wel, alstublieft.", "Dank je wel, alsjeblieft."),
    ],
)
def test_the_pronoun_fits_its_place(said: str, said_with_je: str) -> None:
    assert in_je(said) == said_with_je


def test_words_in_t_that_are_no_verb_survive() -> None:
    said = "Wat u zegt, dat u niet slaapt, voordat u gaat, en dat het u moeite kost."
    assert in_je(said) == "Wat je zegt, dat je niet slaapt, voordat je gaat, en dat het je moeite kost."


def test_values_and_quoted_words_stay_as_they_are() -> None:
    assert in_je("Zeg daar: “Kunt u mij helpen?” Dan helpt u {u} met «Uw hulp».") == (
        "Zeg daar: “Kunt u mij helpen?” Dan help je {u} met «Uw hulp»."
    )


@given(st.lists(st.sampled_from(PIECES)).map(" ".join) | st.text())
def test_what_is_said_with_je_is_not_changed_again(text: str) -> None:
    once = in_je(text)
    assert in_je(once) == once


@given(st.lists(st.sampled_from(PIECES)).map(" ".join) | st.text())
def test_placeholders_survive_in_their_order(text: str) -> None:
    assert re.findall(r"\{[^{}]*\}", in_je(text)) == re.findall(r"\{[^{}]*\}", text)


@given(st.lists(st.sampled_from([piece for piece in PIECES if "u" not in piece.lower()])).map(" ".join))
def test_a_sentence_without_u_is_not_touched(text: str) -> None:
    assert in_je(text) == text
