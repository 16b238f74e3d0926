"""Telegram: the same talk as in the widget, by the Bot API."""
