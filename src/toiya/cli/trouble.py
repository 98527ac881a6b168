"""A command cannot go on: one message for the person at the terminal instead of a traceback."""


class Trouble(Exception):
    """What is wrong, where, and how to mend it, as one text for the terminal."""
