"""Seed files: the records that come with the product, as blocks under one key of a YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from knowledge.curation.faults import Fault, RecordError
from knowledge.yaml_files import read_yaml


def read_seed_file(path: Path, key: str, error: type[RecordError]) -> Mapping[str, Any]:
    """The whole file, of which ``key`` holds blocks by their id. Raises ``error`` when it cannot be read."""
    try:
        file = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise error(f"{path.name}: {problem}", ()) from problem
    if not isinstance(file, Mapping) or not isinstance(file.get(key), Mapping):
        raise error(path.name, (Fault(key, "not_a_record"),))
    return file
