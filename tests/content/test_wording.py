"""What carers read: plain, warm, exact, and without the words that shut a door (requirements R11, R12, R14, R63)."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from statistics import mean

import pytest

from bot.conversations.store import KEEP
from bot.reception import MOST_CHARACTERS
from bot.wording import UNDATED, Wording
from knowledge.facts import Facts
from knowledge.offers.data import read_offers
from knowledge.vocabulary import OfferStatus
from knowledge.yaml_files import read_yaml
from tests.content.sentences import DOMAIN_FOLDER, ROOT, Response, every_response, faults, load

RESPONSES = every_response()
FORBIDDEN = load("forbidden.yml")
ALLOWED = load("allowed.yml")
LONGEST_SENTENCE = 22
LONGEST_LONE_SENTENCE = 15
LONGEST_AVERAGE = 12


def _hits(kind: str, text: str) -> list[str]:
    """What stands in ``text`` of a kind of forbidden.yml, each with the reason."""
    return [
        f"“{found.group(0)}” ({rule['because']})"
        for rule in FORBIDDEN[kind]
        if (found := re.search(rule["pattern"], text, re.IGNORECASE))
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("never", "U moet nu de gemeente bellen."),
        ("never", "U heeft recht op huishoudelijke hulp."),
        ("never", "U komt niet in aanmerking."),
        ("never", "Daar zijn wij niet van."),
        ("never", "Vraag eerst uw familie."),
        ("never", "Kijk eerst naar uw eigen kracht."),
        ("never", "Heeft u een bewijs?"),
        ("never", "Wat fijn!"),
        ("dead", "Bel 0900-0113."),
        ("dead", "Bel Mezzo of de Alzheimertelefoon."),
        ("figures", "Bel 030 760 60 55."),
        ("figures", "Bel 0800-2000."),
        ("figures", "Bel 113."),
        ("figures", "Dat kost € 21,80."),
        ("figures", "Dat was zo in 2026."),
        ("figures", "Het duurt 6 weken."),
    ],
)
def test_what_is_forbidden_is_seen(kind: str, text: str) -> None:
    assert _hits(kind, text)


def test_what_is_allowed_is_left_alone() -> None:
    text = "Bel 113 Zelfmoordpreventie: {fact_suicide_line}. Komt u er vaak uit? Kies er hooguit 3 uit de 10.000."
    assert not [hit for kind in ("never", "dead", "figures") for hit in _hits(kind, text)]


@pytest.mark.parametrize("kind", ["never", "dead", "figures"])
def test_no_sentence_holds_what_is_forbidden(kind: str) -> None:
    found = [f"{response}: {hit}" for response in RESPONSES for hit in _hits(kind, response.everything_read)]
    assert not found, faults(found)


@pytest.mark.parametrize("kind", ["never", "dead"])
def test_no_template_of_page_or_desk_holds_what_is_forbidden(kind: str) -> None:
    found = []
    for path in sorted((ROOT / "channels").rglob("*.html")):
        text = unescape(
            re.sub(r"<!--.*?-->|<[^>]*>|\{[%#].*?[%#]\}|\{\{.*?\}\}", " ", path.read_text("utf-8"), flags=re.S)
        )
        found += [f"{path.relative_to(ROOT)}: {hit}" for hit in _hits(kind, text)]
    assert not found, faults(found)


def test_no_fact_holds_a_dead_number_or_name() -> None:
    found = [f"{fact.key}: {hit}" for fact in Facts.load() for hit in _hits("dead", f"{fact.value} {fact.label}")]
    assert not found, faults(found)


def test_the_numbers_of_danger_are_those_of_the_domain_study() -> None:
    facts = Facts.load()
    assert facts.value("emergency") == "112"
    assert facts.value("suicide_line") == "0800-0113"
    assert facts.value("veilig_thuis") == "0800-2000"
    assert facts.value("kindertelefoon") == "0800-0432"
    assert facts.value("mantelzorglijn") == "030 760 60 55"


def test_every_fact_that_is_quoted_exists() -> None:
    known = {f"fact_{fact.key}" for fact in Facts.load()}
    unknown = [
        f"{response}: {{{name}}}"
        for response in RESPONSES
        for name in sorted(response.placeholders)
        if name.startswith("fact") and name not in known
    ]
    assert not unknown, faults(unknown)


def test_a_sentence_with_a_fact_that_can_grow_old_has_a_twin_without_it() -> None:
    lasting = {f"fact_{fact.key}" for fact in Facts.load() if fact.emergency}
    names = {response.name for response in RESPONSES}
    lonely = [
        str(response)
        for response in RESPONSES
        if {name for name in response.placeholders if name.startswith("fact_")} - lasting
        and f"{response.name}{UNDATED}" not in names
    ]
    assert not lonely, faults(lonely)


def test_the_twin_is_said_once_the_fact_is_past_its_date() -> None:
    facts = Facts.load()
    due = max(fact.review_by for fact in facts) + timedelta(days=1)
    fresh, later = (
        Wording.load(facts.values(), overdue=lambda day=day: facts.not_showable(day)).text("utter_answer_cost")
        for day in (facts["wmo_contribution"].checked_on, due)
    )
    assert facts.value("wmo_contribution") in fresh
    assert facts.value("wmo_contribution") not in later


def test_sentences_are_short() -> None:
    long = [fault for response in RESPONSES if (fault := _too_long(response))]
    assert not long, faults(long)


def _too_long(response: Response) -> str | None:
    lengths = response.sentence_lengths
    if not lengths:
        return None
    most = LONGEST_LONE_SENTENCE if len(lengths) == 1 else LONGEST_SENTENCE
    if max(lengths) > most:
        return f"{response}: a sentence of {max(lengths)} words (at most {most})"
    if len(lengths) > 1 and mean(lengths) > LONGEST_AVERAGE:
        return f"{response}: {mean(lengths):.1f} words a sentence on average (at most {LONGEST_AVERAGE})"
    return None


def test_adults_are_addressed_with_u() -> None:
    informal = re.compile(FORBIDDEN["informal"], re.IGNORECASE)
    found = [
        f"{response}: “{hit.group(0)}”"
        for response in RESPONSES
        if response.name not in ALLOWED["informal"] and (hit := informal.search(response.everything_read))
    ]
    assert not found, faults(found)


def test_every_system_word_is_explained_where_it_stands() -> None:
    found = []
    for response in RESPONSES:
        if response.name in ALLOWED["unexplained"]:
            continue
        for word, glosses in ALLOWED["glosses"].items():
            uses = re.search(rf"\b{word}\b", response.everything_read, re.IGNORECASE)
            if uses and not any(re.search(gloss, response.text, re.IGNORECASE) for gloss in glosses):
                found.append(f"{response}: {uses.group(0)} without an explanation")
    assert not found, faults(found)


def test_exceptions_are_still_needed() -> None:
    names = {response.name for response in RESPONSES}
    assert set(ALLOWED["informal"]) | set(ALLOWED["unexplained"]) <= names


def test_the_first_message_says_it_is_a_computer_program_and_decides_nothing() -> None:
    greeting = next(response.text for response in RESPONSES if response.name == "utter_greeting")
    assert "computerprogramma" in greeting
    assert "beslis niets" in greeting


def test_nothing_claims_to_be_independent_but_client_support() -> None:
    found = [
        str(response)
        for response in RESPONSES
        if "onafhankelijk" in response.text.lower() and "cliëntondersteuner" not in response.text
    ]
    assert not found, faults(found)


def test_no_sentence_says_that_a_place_is_free() -> None:
    said = {r.name: r.text for r in RESPONSES}
    assert "weet ik niet" in said["utter_reason_free_place"]
    assert "Of er plek is, weet ik niet." in said["utter_offers_intro"]


def test_parts_of_an_acknowledgement_fit_in_the_middle_of_a_sentence() -> None:
    parts = [response for response in RESPONSES if response.name.startswith("utter_part_")]
    found = [str(part) for part in parts if not re.fullmatch(r"[a-zé{'][^.?!:\n]*", part.text)]
    assert parts
    assert not found, faults(found)


def test_promised_limits_are_those_that_are_kept() -> None:
    said = {response.name: response.text for response in RESPONSES}
    assert timedelta(days=90) == KEEP
    assert "na drie maanden" in said["utter_answer_privacy"]
    assert f"{MOST_CHARACTERS:,}".replace(",", ".") in said["utter_too_long"]


def test_no_offer_that_can_be_shown_has_a_dead_number_or_name() -> None:
    found = [
        f"{offer.id}: {hit}"
        for offer in read_offers()
        if offer.status is not OfferStatus.ENDED
        for hit in _hits("dead", " ".join(filter(None, (offer.name, offer.organisation, offer.phone, offer.url))))
    ]
    assert not found, faults(found)


def test_every_domain_file_has_responses_only() -> None:
    """Slots, intents and actions stand in domain.yml: whoever edits a sentence cannot change what the bot does."""
    found = [
        f"{path.name}: {sorted(strange)}"
        for path in sorted(DOMAIN_FOLDER.glob("*.yml"))
        if (strange := set(read_yaml(path.read_text("utf-8"))) - {"version", "responses"})
    ]
    assert not found, faults(found)
