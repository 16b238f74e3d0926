"""What an operator can mend: told in one line, without a traceback."""


class Problem(Exception):  # noqa: N818  - it is not an error of ours
    """A verb cannot go on; the message says what to do."""
