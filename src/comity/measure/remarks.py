"""What a reader of the tables should know of the letters: those without a day, what was guessed, what was rejected."""

import pandas as pd

from comity.corpus.problems import shown


class Remarks:
    """Remarks on letters that come table by table."""

    def __init__(self):
        self.undated, self.unread, self.guessed = 0, [0, ""], 0
        self.encodings: set[str] = set()

    def note(self, texts: pd.DataFrame) -> None:
        """Note what there is to remark of a table of texts, with ``date, note, encoding``."""
        self.undated += int(texts["date"].isna().sum())
        ways = texts.loc[texts["note"].str.contains("date: ", regex=False), "note"]
        self.unread = [self.unread[0] + len(ways), self.unread[1] or next(iter(ways), "")]
        guessed = texts.loc[texts["encoding"].str.contains("guessed", regex=False), "encoding"]
        self.guessed += len(guessed)
        self.encodings |= set(guessed.str.removesuffix(" (guessed)"))

    def lines(self) -> list[str]:
        """What was noted, a sentence each."""
        count, way = self.unread
        undated = f"{self.undated:,} have no day" + (f"; {count:,} give one that is not read ({shown(way)})" if count else "") + "."
        guessed = f"The encoding of {self.guessed:,} was guessed, as {', '.join(sorted(self.encodings))}."
        return [undated] * bool(self.undated) + [guessed] * bool(self.guessed)


def show_rejected(file: str, reason: str, remedy: str, where: str) -> str:
    """One rejected record as an example, and where all of them are."""
    return f"Rejected is, for instance, {shown(file)}: {shown(reason)} {remedy} {where} has all."
