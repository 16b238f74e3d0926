"""The documents are true: what they name exists, what exists they name, and they stay short enough to be read."""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

import pytest

from channels.cli.main import ROOMS as VERB_ROOMS
from knowledge.yaml_files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "tests" / "conversations" / "README.md"])
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
ROOMS = ("knowledge", "bot", "actions", "channels")
LONGEST_FILE = 300
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|tmp|root|home)/")
_REGISTRY = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.com", re.IGNORECASE)


def _files(*patterns: str) -> list[Path]:
    return sorted(
        path for room in (*ROOMS, "tests", "bench") for glob in patterns for path in (ROOT / room).rglob(glob)
    )


def test_every_make_target_in_a_document_exists_and_the_readme_names_them_all() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        target
        for document in DOCUMENTS
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named <= targets
    assert targets - {"help"} <= set(re.findall(r"make ([a-z-]+)", README))


def _verbs(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(nested[0].choices) if nested else {}


def test_the_readme_names_every_verb_of_the_command_line_and_no_other() -> None:
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers()
    for room in VERB_ROOMS:
        room.add_verbs(verbs)
    real = {
        f"{verb} {action}".strip()
        for verb, nested in _verbs(parser).items()
        for action in (_verbs(nested) or {"": None})
    }
    documented = set(re.findall(r"^\| `adempauze ([a-z -]+)` \|", README, re.MULTILINE))
    assert documented == real


def test_the_readme_names_every_setting_and_no_other() -> None:
    sources = [*_files("*.py"), *ROOT.glob("scripts/*"), ROOT / ".ci" / "run", ROOT / "Makefile"]
    read = {
        name
        for source in sources
        if source != Path(__file__)
        for name in re.findall(r"ADEMPAUZE_[A-Z_]*[A-Z]", source.read_text(encoding="utf-8"))
    }
    assert set(re.findall(r"^\| `(ADEMPAUZE_[A-Z_]+)` \|", README, re.MULTILINE)) == read


def test_the_defaults_in_the_readme_are_those_of_the_settings(tmp_path: Path) -> None:
    from bot.settings import Settings

    settings = Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path)})
    defaults = dict(re.findall(r"^\| `(ADEMPAUZE_[A-Z_]+)` \| `([^`]+)` \|", README, re.MULTILINE))
    assert defaults["ADEMPAUZE_HOST"] == settings.host
    assert defaults["ADEMPAUZE_PORT"] == str(settings.port)
    assert defaults["ADEMPAUZE_BASE_URL"] == settings.base_url


def test_architecture_names_every_room_and_fits_on_a_few_pages() -> None:
    for room in (*ROOMS, "nlu_data", "bench", "tests"):
        assert (ROOT / room).is_dir()
        assert f"| `{room}/` |" in ARCHITECTURE
    assert len(ARCHITECTURE.splitlines()) < 200


def test_architecture_has_every_invariant() -> None:
    assert re.findall(r"^\| (\d+) \|", ARCHITECTURE, re.MULTILINE) == [str(number) for number in range(1, 12)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_and_link_in_a_document_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in _LINK.findall(text) if not link.startswith(("http", "#"))]
    paths = [name for name in _CODE.findall(text) if re.fullmatch(r"(?:[\w.-]+/)+[\w.*-]*", name)]
    local = [path for path in paths if path.split("/")[0] in {*ROOMS, "nlu_data", "tests", "docs", "bench", "scripts"}]
    missing = [link for link in links if not (document.parent / link.split("#")[0]).exists()]
    missing += [path for path in local if not list(ROOT.glob(path.rstrip("/")))]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_document_names_a_path_of_some_machine_or_a_registry(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert not _MACHINE_PATH.search(text)
    assert not _REGISTRY.search(text)


def test_decisions_are_numbered_and_have_the_four_parts() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04d}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. ")
        assert "**Status:**" in text
        assert re.findall(r"^## (\w+)", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_named_in_the_code_exist() -> None:
    named = {int(number) for path in _files("*.py") for number in re.findall(r"\bADR (\d+)", path.read_text("utf-8"))}
    existing = {int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("*.md")}
    assert named <= existing


def test_no_file_of_ours_is_longer_than_three_hundred_lines() -> None:
    """Word lists and data are as long as they are."""
    files = _files("*.py", "*.js", "*.css", "*.html")
    long = {path.relative_to(ROOT).as_posix(): lines for path in files if (lines := _lines(path)) > LONGEST_FILE}
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_import_contracts_speak_of_all_rooms() -> None:
    contracts = PYPROJECT.partition("[tool.importlinter]")[2]
    assert 'layers = ["channels", "actions", "bot", "knowledge"]' in contracts
    for room in ROOMS:
        assert f'"{room}"' in contracts


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text


def test_every_direct_dependency_is_locked() -> None:
    named = re.findall(r"^  \"([\w-]+)[^\"]*\"", PYPROJECT.partition("[project.scripts]")[0].lower(), re.MULTILINE)
    locked = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements-dev.lock").read_text("utf-8"), re.MULTILINE))
    assert len(named) > 20
    assert set(named) <= locked


def test_the_licence_is_the_whole_eupl_and_everybody_says_so() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in licence
    for number in range(1, 16):
        assert re.search(rf"^{number}\. ?[A-Z]", licence, re.MULTILINE), f"article {number}"
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
    assert 'license = { text = "EUPL-1.2" }' in PYPROJECT
    assert _publiccode()["legal"]["license"] == "EUPL-1.2"


def _publiccode() -> dict:  # type: ignore[type-arg]
    return read_yaml((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_publiccode_holds_what_the_standard_asks() -> None:
    data = _publiccode()
    for key in ("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"):
        assert data[key], key
    assert data["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert data["maintenance"]["type"] == "none" or data["maintenance"]["contacts"]
    assert isinstance(data["localisation"]["localisationReady"], bool)
    assert data["localisation"]["availableLanguages"] == ["nl"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["releaseDate"])
    for description in data["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert 5 <= len(description["features"]) <= 20


def test_the_changelog_has_the_version_of_the_project() -> None:
    version = re.search(r'^version = "([^"]+)"', PYPROJECT, re.MULTILINE)
    assert version
    assert f"## [{version.group(1)}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_what_must_not_be_committed_is_ignored() -> None:
    if not (ROOT / ".git").exists():  # an unpacked archive has no index to ask
        ignored = (ROOT / ".gitignore").read_text(encoding="utf-8")
        assert all(f"{folder}/" in ignored for folder in (".venv", "models", "var"))
        return
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    assert not [
        name for name in tracked if name.startswith(("var/", "models/", ".venv/")) or name.endswith((".db", ".pyc"))
    ]
