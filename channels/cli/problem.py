"""What an operator can mend: told in one line, without a traceback."""


class Problem(Exception):  # noqa: N818  - it is not an error of ours
    """A verb cannot go on; the message says what to do."""


NO_MODEL = {
    "missing": "there is no model yet: run `adempauze train`",
    "broken": "the model cannot be loaded: run `adempauze train --force`",
}
"""What to do, by what a house says of its model."""
