"""What a reader says of a file or a record that cannot be used: never an error of the whole run."""


class Refused(Exception):
    """A file or record that cannot be used: why, and what to do."""

    def __init__(self, reason: str, remedy: str):
        super().__init__(reason, remedy)
        self.reason, self.remedy = reason, remedy
