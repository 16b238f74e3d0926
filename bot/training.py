"""Training, and knowing whether a model is stale: its name carries a fingerprint of everything it was made from."""

from __future__ import annotations

import gzip
import hashlib
import logging
import zlib
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from bot.settings import ROOT

SOURCES = ("config.yml", "domain.yml", "nlu_data", "bot/understanding", "bot/safety")
"""What a model is made from. The sentences count too: Rasa keeps the domain inside the model."""


def fingerprint() -> str:
    """Twelve characters that change whenever the training data, the configuration or our components change."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.suffix in (".yml", ".yaml", ".py"):
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def model_path(models_dir: Path) -> Path:
    """Where the model for the present sources is, or will be."""
    return models_dir / f"adempauze-{fingerprint()}.tar.gz"


def is_whole(model: Path) -> bool:
    """Is this file there, with every byte that training wrote? A machine that stopped half-way leaves half a file."""
    try:
        with gzip.open(model) as packed:
            while packed.read(1 << 20):
                pass
    except (OSError, EOFError, zlib.error):
        return False
    return True


def train(models_dir: Path, *, force: bool = False) -> Path:
    """Train if the model is missing, damaged or stale; give its path. Older models are removed: nothing can use them.

    Raises ``RuntimeError`` when Rasa makes no model from the data.
    """
    target = model_path(models_dir)
    if is_whole(target) and not force:
        return target
    # TensorFlow loads here, which a fresh model does not need. Rasa uses skops; its import walks every loaded module,
    # 2 s before TensorFlow is there and 12-18 s after: so it comes first.
    import skops.io  # noqa: F401
    from rasa.model_training import train as rasa_train
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # Rasa would otherwise print every rule and example
    models_dir.mkdir(parents=True, exist_ok=True)
    log_path = models_dir / "training.log"
    with log_path.open("w", encoding="utf-8") as log, redirect_stdout(log), redirect_stderr(log):
        result = rasa_train(
            domain=str(ROOT / "domain.yml"),
            config=str(ROOT / "config.yml"),
            training_files=[str(ROOT / "nlu_data")],
            output=str(models_dir),
            fixed_model_name=target.name.removesuffix(".tar.gz"),
            force_training=True,  # Rasa's cache knows nothing of our lexicons and helper modules
        )
    if result.model is None or not target.exists():
        raise RuntimeError(f"training made no model; {log_path} says why")
    for old in models_dir.glob("adempauze-*.tar.gz"):
        if old != target:
            old.unlink()
    return target
