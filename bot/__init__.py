"""The assistant itself: understanding, profile, load, safety gate, requests and the in-process Rasa agent."""

# skops walks every loaded module when imported: 2 s before TensorFlow is loaded, 12-18 s after. Keep this first.
import skops.io  # noqa: F401
