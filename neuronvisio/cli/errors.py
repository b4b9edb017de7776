"""What ends a command with a sentence."""


class CommandError(Exception):
    """Something the user asked for is not to be had; the message is one plain sentence."""
