"""Danger first: words of danger are heard before anything else, on every channel, without any model."""
