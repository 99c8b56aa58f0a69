"""How fast `split_frames` and `find_mentions` are, beside what else could read the same texts, in one run on one core.

    python benchmarks/speed.py [--million] [ARCHIVE.json]

With --million one text repeats "respected comrade " a million times, which takes a minute and a half. Without an archive
the letters are made up, with a known number of mentions, and the run is checked for finding them all.
Wall-clock times on a machine that others use are rough; the ratios, taken side by side, say more. spaCy is raced where it
is installed; comity does not need it.
"""

import re
import sys
import time
from collections.abc import Callable

import pandas as pd

from comity import find_mentions, read_archive, read_honorifics, split_frames

WORDS = ["respected", "esteemed", "dear", "comrade", "excellency", "majesty", "mr", "leader", "president", "friend"]
HOSTILE = ["respected comrade ", "Comrade Kim ", "( ", "the ", '" ', "Kim ", "leader of the ", "said: ", "a.", ".", "\n", "you, ", "Mr. "]
HOSTILE += ["the message said that ", "the great President ", "another great man, ", "as a, ", "the fraternal people of Utopia of "]
SHORT, LONG = 2_000, 16_000
MILLION = 1_000_000
ROUNDS = 3


def made_up(stories: int) -> tuple[pd.DataFrame, int]:
    """Reports of letters between people who do not exist, and how many mentions they hold."""
    lead = "Oslo, May 3 (NTB) -- Ann Lee, queen of Utopia, sent a message of greeting to Bob Moe, king of Norway, on May {day}. "
    letter = (
        "The message said:\nYour Excellency,\nI extend warm congratulations to you, Comrade General Secretary, on the day of "
        "your country, whose people have built roads and schools in the years that lie behind us.\nThe message wished the "
        "respected Bob Moe good health and happiness, and the peoples of the two countries peace in the years to come. -0-"
    )
    texts = [lead.format(day=1 + number % 28) + letter for number in range(stories)]
    table = pd.DataFrame({"version_id": map(str, range(stories)), "text": texts, "headline": "Comrade Ann Lee Sends Greetings"})
    return table, 4 * stories


def timed(work: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def racers(texts: pd.DataFrame) -> dict[str, Callable[[], object]]:
    """What reads the texts, by name."""
    pattern = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
    found = {
        "one regular expression, ten words": lambda: [pattern.findall(text) for text in texts["text"]],
        "split_frames": lambda: split_frames(texts),
        "find_mentions (frames and mentions)": lambda: find_mentions(texts),
    }
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        return found
    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("honorific", list(language.pipe(read_honorifics().query("language == 'en'")["term"])))
    return found | {"spaCy PhraseMatcher, our lexicon": lambda: [matcher(text) for text in language.pipe(texts["text"])]}


def race(texts: pd.DataFrame) -> pd.DataFrame:
    """Words a second of each racer, and how many times the time of the regular expression it takes."""
    words = int(texts["text"].str.split().str.len().sum())
    seconds = {name: timed(work) for name, work in racers(texts).items()}
    first = next(iter(seconds.values()))
    rows = [(name, words, words / taken, taken / first) for name, taken in seconds.items()]
    return pd.DataFrame(rows, columns=["what", "words", "words a second", "times the first"])


def grow(texts: pd.DataFrame) -> pd.DataFrame:
    """Microseconds a word as the number of texts grows, and as one text grows: flat where the cost is linear."""
    rows = []
    for times in (1, 2, 4, 8):
        many = pd.concat([texts] * times).assign(version_id=lambda table: [str(number) for number in range(len(table))])
        one = pd.DataFrame({"version_id": ["one"], "text": ["\n".join(texts["text"].head(40 * times))]})
        rows.append((times, *(1e6 * timed(lambda t=t: find_mentions(t)) / t["text"].str.split().str.len().sum() for t in (many, one))))
    return pd.DataFrame(rows, columns=["times", "more texts, µs a word", "a longer text, µs a word"])


def hostile(million: bool) -> pd.DataFrame:
    """Nanoseconds a character on texts that repeat one thing, at two lengths: the same where the cost is linear."""
    rows = [(repr(piece), SHORT, LONG, _cost([piece] * SHORT), _cost([piece] * LONG)) for piece in HOSTILE]
    many = [f"Ann Lee {chr(97 + n % 26)}x{n} sent a message to Bob Moe{n}. " for n in range(LONG)]
    rows.append(("a message from and to others each time", SHORT, LONG, _cost(many[:SHORT]), _cost(many)))
    if million:
        rows.append((repr(HOSTILE[0]), LONG, MILLION, rows[0][-1], _cost([HOSTILE[0]] * MILLION)))
    return pd.DataFrame(rows, columns=["repeated", "times", "and", "ns a character", "and then"])


def _cost(pieces: list[str]) -> float:
    text = "".join(pieces)
    texts = pd.DataFrame({"version_id": ["a"], "text": [text]})
    begin = time.perf_counter()
    find_mentions(texts)
    return 1e9 * (time.perf_counter() - begin) / len(text)


if __name__ == "__main__":
    archive = [argument for argument in sys.argv[1:] if argument != "--million"]
    if archive:
        stories = read_archive(archive[0]).texts
        stories = pd.concat([stories] * 10).assign(version_id=lambda table: [str(number) for number in range(len(table))])
    else:
        stories, expected = made_up(1_000)
        found = len(find_mentions(stories))
        print(f"{found:,} of {expected:,} mentions found in made-up letters")
    with pd.option_context("display.float_format", "{:,.1f}".format):
        for table in (race(stories), grow(stories.head(200)), hostile("--million" in sys.argv)):
            print(table.to_string(index=False), end="\n\n")
