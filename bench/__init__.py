"""Figures, not tests: how fast and how large Adempauze is, beside Rasa's default pipeline, in one run."""
