"""What is told in halves is heard as a whole: signs of the body that add up, and care that falls away from somebody."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest
import yaml

from bot.safety.detection import DangerHearing, hearing
from bot.safety.kinds import DangerKind
from bot.safety.lexicon import PATTERNS, read_lexicon
from bot.safety.phrases import PhraseError


def kinds_in(text: str) -> set[DangerKind]:
    return {danger.kind for danger in hearing().hear_all(text)}


def is_certain(text: str, kind: DangerKind) -> bool:
    return any(danger.certain for danger in hearing().hear_all(text) if danger.kind is kind)


@pytest.mark.parametrize(
    "text",
    [
        "Mijn zus is asgrauw. Ze reutelt ook.",
        "opa zat te eten en opeens was hij zo suf",
        "Mam is vanmiddag onderuit gegaan en nu braakt ze.",
        "hij ijlt en zijn handen zijn ijskoud",
        "Ze is lijkbleek, kan dat kwaad?",
    ],
)
def test_two_signs_or_one_with_a_pressing_word_are_asked_about(text: str) -> None:
    assert DangerKind.MEDICAL in kinds_in(text)


def test_three_signs_are_certain() -> None:
    assert is_certain("Tante is klam, ze rilt en ze is heel suf.", DangerKind.MEDICAL)


@pytest.mark.parametrize(
    "text",
    [
        "ze is wat suf van de nieuwe tabletten",
        "Mijn vader rochelt.",
        "Hij is grauw en duizelig geweest, de huisarts heeft hem nagekeken en alles is goed.",
        "Bij ons zit ze elke avond te rillen en te zweten, dat hoort bij de overgang.",
        "Hij struikelde vorige week over de mat, bult op zijn hoofd, klaar.",
    ],
)
def test_one_sign_or_what_is_handled_is_let_be(text: str) -> None:
    assert DangerKind.MEDICAL not in kinds_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Haar linkermondhoek staat scheef. Haar mond hangt.",
        "mijn oom is van het dak gevallen en hij beweegt zijn benen niet",
        "Onze kleine heeft een knikker ingeslikt",
        "Ik gaf hem per ongeluk de dubbele dosis morfine",
        "zijn zuurstof is bijna leeg en de leverancier neemt niet op",
        "He collapsed and he is not responding",
        "Sie ist gestürzt und blutet stark am Kopf",
        "babam düştü, kafası kanıyor, kalkamıyor",
        "babcia nie reaguje",
        "جدتي لا تستجيب",
    ],
)
def test_a_medical_emergency_is_certain(text: str) -> None:
    assert is_certain(text, DangerKind.MEDICAL)


@pytest.mark.parametrize(
    "text",
    [
        "Pols gebroken. Mijn broer heeft Down en ik moet hem nu aankleden, wie helpt hem?",
        "Ik lig aan het infuus op de hartbewaking. Thuis zit mijn dementerende vrouw.",
        "Mijn moeder zorgde voor opa en zij is vannacht overleden. Hij kan niks zelf.",
        "De nachtzorg heeft zich afgemeld voor vannacht. Onze dochter ligt aan de beademing.",
        "Ik rij nu weg en ik kom niet meer terug, hij zit in zijn rolstoel",
        "I have been admitted to hospital and my disabled son is home alone",
        "Ich liege in der Klinik, mein Vater ist allein und bettlägerig",
    ],
)
def test_care_that_falls_away_from_somebody_who_needs_it_is_heard(text: str) -> None:
    assert DangerKind.BREAKDOWN in kinds_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pols gebroken. Ik typ dus met links.",
        "Over drie weken word ik geopereerd, mijn zus neemt dan alles over. Mijn man heeft parkinson.",
        "De hulp is ziek, dan doe ik het zelf wel, dat vind ik niet erg.",
        "Mijn moeder zorgde voor opa tot zij vorig jaar overleed, nu woont hij in een verpleeghuis.",
        "Ik ga weg, een weekje naar Zeeland, en mijn broer past op haar.",
    ],
)
def test_care_that_is_taken_over_or_planned_is_let_be(text: str) -> None:
    assert DangerKind.BREAKDOWN not in kinds_in(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("words.yml", "context.yml", "answers.yml"):
        copy(PATTERNS / name, tmp_path / name)
    return tmp_path


def write(folder: Path, **file: object) -> None:
    (folder / "breakdown_own.yml").write_text(yaml.safe_dump(file, allow_unicode=True), "utf-8")


def entry(**more: object) -> dict[str, object]:
    return {"name": "own", "certain": True, "says": ["dakpan"], "examples": ["dakpan"], **more}


def test_what_stands_beside_may_be_in_another_sentence_and_every_group_is_needed(folder: Path) -> None:
    write(folder, entries=[entry(beside=["=animals", ["zolder"]])], groups={"animals": ["uil", "vleermuis"]})
    own = DangerHearing(read_lexicon(folder))
    assert own.hear("Een dakpan. Daar zat een uil. Op de zolder.")
    assert own.hear("Een dakpan. Daar zat een uil.") is None
    assert own.hear(f"Een dakpan. {'Verder niets. ' * 60} Een uil op de zolder.") is None


def test_what_must_not_stand_beside_takes_it_away(folder: Path) -> None:
    write(folder, entries=[entry()], not_beside=["vlieger"])
    own = DangerHearing(read_lexicon(folder))
    assert own.hear("Een dakpan.")
    assert own.hear("Een dakpan. En een vlieger.") is None


def test_weak_signs_count_together(folder: Path) -> None:
    other = entry(name="other", says=["regenpijp"], weak=True)
    write(folder, entries=[entry(weak=True), other], pressing=["gauw"])
    own = DangerHearing(read_lexicon(folder))
    assert own.hear("Een dakpan en nog een dakpan.") is None
    asked = own.hear("Een dakpan. Een regenpijp.")
    assert asked is not None
    assert not asked.certain
    sure = own.hear("Gauw. Een dakpan. Een regenpijp.")
    assert sure is not None
    assert sure.certain


def test_a_file_may_bring_its_own_lists_and_a_choice_may_have_a_gap(folder: Path) -> None:
    write(folder, entries=[entry(says=["<roof> (valt .. af|ligt los)"])], lists={"roof": ["dakpan", "nokvorst"]})
    own = DangerHearing(read_lexicon(folder))
    assert own.hear("de nokvorst valt er zo af")
    assert own.hear("de dakpan ligt los")
    assert own.hear("de dakpan valt mee") is None


def test_a_group_that_nobody_defined_is_refused(folder: Path) -> None:
    write(folder, entries=[entry(beside=["=nowhere"])])
    with pytest.raises(PhraseError, match="nowhere"):
        read_lexicon(folder)
