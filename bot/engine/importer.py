"""Rasa reads one domain file; ours has its sentences in one file per skill beside it."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter


class SkillsImporter(RasaFileImporter):
    """Loads ``domain.yml`` together with ``nlu_data/domain/``."""

    def get_domain(self) -> Domain:
        """The whole domain."""
        if self._domain_path is None:
            return Domain.empty()
        skills = Path(self._domain_path).parent / "nlu_data" / "domain"
        return Domain.load([self._domain_path, str(skills)])
