"""The web channel: the page with the widget, and the small JSON API the widget speaks."""
