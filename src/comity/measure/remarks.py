"""What a reader of the tables should know of the letters: those without a day, what was guessed, what was rejected."""

import pandas as pd

from comity.corpus.problems import shown
from comity.sources.incoming.asked import OTHERWISE, OWN_KEPT


# In notes: what a file holds and comity does not take.
_LEFT = r"\bnot (?:used|read): "


class Remarks:
    """Remarks on letters that come table by table."""

    def __init__(self):
        self.undated, self.unnamed, self.guessed = 0, 0, 0
        self.encodings: set[str] = set()
        # How many letters, and the first of them as an example.
        self.noted = dict.fromkeys(("unread", OWN_KEPT, OTHERWISE, _LEFT), (0, "", ""))

    def note(self, texts: pd.DataFrame) -> None:
        """Note what there is to remark of a table of texts, with ``file, date, sender, recipient, kind, note, encoding``."""
        self.undated += int(texts["date"].isna().sum())
        self.unnamed += int(((texts["sender"] == "") & (texts["recipient"] == "") & (texts["kind"] != "report")).sum())
        self._count("unread", texts[texts["date"].isna() & texts["note"].str.contains("date: ", regex=False)])
        for words in (OWN_KEPT, OTHERWISE):
            self._count(words, texts[texts["note"].str.contains(words, regex=False)])
        self._count(_LEFT, texts[texts["note"].str.contains(_LEFT)])
        guessed = texts.loc[texts["encoding"].str.contains("guessed", regex=False), "encoding"]
        self.guessed += len(guessed)
        self.encodings |= set(guessed.str.removesuffix(" (guessed)"))

    def lines(self, texts: int, messages: int) -> list[str]:
        """What was noted, a sentence each. In: how many texts were measured, and of how many messages they tell."""
        (unread, _, way), (kept, *day), (otherwise, *what), (left, *thing) = self.noted.values()
        lines = {
            f"{self.unnamed:,} of the texts name neither sender nor recipient; where their words do not show them they are no messages. Run "
            "`comity init FOLDER`, fill in the table that it writes, and measure again.": self.unnamed and messages < texts,
            f"{self.undated:,} have no day" + (f"; {unread:,} give one that is not read ({way})" if unread else "") + ".": self.undated,
            f"{_counted(kept, 'day')} in letters.csv {'is' if kept == 1 else 'are'} not read, and the letter's own is kept ({': '.join(day)}).": kept,
            f"letters.csv is followed where {_counted(otherwise, 'letter')} {'says' if otherwise == 1 else 'say'} otherwise ({': '.join(what)}).": otherwise,
            f"Something is left out beside {_counted(left, 'letter')} ({': '.join(thing)}).": left,
            f"The encoding of {self.guessed:,} was guessed, as {', '.join(sorted(self.encodings))}.": self.guessed,
        }
        return [line for line, count in lines.items() if count]

    def _count(self, words: str, texts: pd.DataFrame) -> None:
        number, file, note = self.noted[words]
        if len(texts) and not number:
            file, note = texts[["file", "note"]].iloc[0].map(shown)
        self.noted[words] = number + len(texts), file, note


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def show_rejected(file: str, reason: str, remedy: str, where: str) -> str:
    """One rejected record as an example, and where all of them are."""
    return f"Rejected is, for instance, {shown(file)}: {shown(reason)} {remedy} {where} has all."
