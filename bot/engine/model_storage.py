"""Reading a model for serving: only the part that answers, not the part that trains.

A Rasa model also describes how it was trained; reading that description imports every default component, TensorFlow
included. Serving has no use for it.
"""

from __future__ import annotations

import json
from pathlib import Path

from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE, LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata


class ServingModelStorage(LocalModelStorage):
    """Rasa's storage of a model on disk, with the training half of its description left unread."""

    @staticmethod
    def _load_metadata(directory: Path) -> ModelMetadata:
        description = json.loads((directory / MODEL_ARCHIVE_METADATA_FILE).read_text(encoding="utf-8"))
        return ModelMetadata.from_dict({**description, "train_schema": {"nodes": {}}})
