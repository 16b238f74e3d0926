"""How cookies and passes are signed: HMAC-SHA-256, the library's own default being SHA-1 (ASVS 11.2.3, 11.4.1).

The key of each purpose follows from the secret of the settings by HMAC as well, with the purpose as salt.
"""

from __future__ import annotations

import hashlib
from typing import Any

SIGNED_BY_SHA256: dict[str, Any] = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
"""For ``signer_kwargs`` of every serializer of ``itsdangerous``."""
