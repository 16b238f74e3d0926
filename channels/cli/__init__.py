"""The operator's channel: one command, ``adempauze``, with a verb for everything that is done by hand."""
