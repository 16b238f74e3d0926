"""Reads the training data: one domain file with its sentences beside it, and thousands of examples in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.data import get_data_files
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData


class SkillsImporter(RasaFileImporter):
    """Loads ``domain.yml`` together with ``nlu_data/domain/``, and the examples with libyaml.

    Rasa reads every file five times with a YAML parser written in Python, which takes longer than the training itself.
    What it would check beside that is checked by ``make content``.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        self.config_file = config_file
        self._domain_path = domain_path
        files = get_data_files(training_data_paths, lambda path: Path(path).suffix in (".yml", ".yaml"))
        contents = {file: _read(file) for file in sorted(files)}
        self._nlu = {file: content["nlu"] for file, content in contents.items() if "nlu" in content}
        self._nlu_files = list(self._nlu)
        self._story_files = [file for file, content in contents.items() if content.keys() & {"rules", "stories"}]
        self._conversation_test_files: list[str] = []
        self._data: TrainingData | None = None

    def get_domain(self) -> Domain:
        """The whole domain."""
        if self._domain_path is None:
            return Domain.empty()
        skills = Path(self._domain_path).parent / "nlu_data" / "domain"
        return Domain.load([self._domain_path, str(skills)])

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Every example, with the metadata of its block and its own."""
        if self._data is None:
            reader = RasaYAMLReader()
            for file, blocks in self._nlu.items():
                reader.filename = file
                reader._parse_nlu(blocks)
            self._data = TrainingData(reader.training_examples)
        return self._data


def _read(file: str) -> dict[str, Any]:
    content = yaml.load(Path(file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return content if isinstance(content, dict) else {}
