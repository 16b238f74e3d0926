"""Understanding: from the words of a person to a Reading, and to the intent of her message.

``message`` reads one text without any model; ``encoder``, ``intents`` and ``signals`` are the Rasa graph components.
The words that are looked for live as YAML in ``lexicon/``, so that an editor can read and change them.
"""
