"""The border with Rasa: the only room, beside the graph components, that knows how Rasa runs a turn."""
