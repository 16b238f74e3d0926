"""What Telegram can do as a channel; it needs nothing of the library."""

from __future__ import annotations

from channels.interface import Capabilities
from channels.telegram.cutting import MOST

TELEGRAM = Capabilities("telegram", buttons=True, longest_text=MOST, reaches_out=True, third_party=True)
