"""The assistant itself: understanding, profile, load, safety gate, requests and the in-process Rasa agent."""
