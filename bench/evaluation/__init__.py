"""How well people are understood: figures with intervals on frozen sets, beside three simpler systems, in one run."""
