"""Letters of people who do not exist, as many as wanted, and the truth about them: what a right measurement must find.

    python benchmarks/letters.py FOLDER [--letters 10000] [--words 250] [--part 5000]

writes them as Parquet, a part a file. Of five texts three are letters; one is a report that retells a letter, one a report that quotes
one, which may lie in any other part. Each letter is made from its number alone, so that parts can be made anywhere, in any order.
"""

import argparse
import random
from collections import Counter
from datetime import date, timedelta
from itertools import product
from math import gcd
from pathlib import Path

import pandas as pd

SEED = 20261125
FIRST_DAY = date(1900, 1, 1)
# One pair writes to each other so often, so many days apart: no two letters can be taken for one.
LETTERS_OF_A_PAIR, DAYS_APART = 12, 31
SENDERS = 500
OF_FIVE = 3
STEP = 7919

SYLLABLES = ["".join(each) for each in product("bdfglmnprstvkz", "aeiou")]
NOUNS = "harbour river road bridge mill canal orchard lantern quarry meadow library garden window valley market railway".split()
VERBS = "crosses follows meets borders overlooks reaches passes skirts".split()
PLACES = "north south east west".split()
# The words of tone that are planted, by dimension; all of them stand in data/lexicons/tone.csv.
TONE = {"warmth": ["cordial", "gratitude", "joy"], "deference": ["reverence", "admiration"], "militancy": ["struggle", "imperialist"]}
SALUTATIONS = [("Dear Mr. President,", {"warmth": 1, "protocol": 1}), ("Esteemed President,", {"deference": 1}), ("Your Excellency,", {"protocol": 1})]


def person(number: int) -> str:
    """A name that nobody else has, and that is in no lexicon."""
    size = len(SYLLABLES)
    one, two, three = number % size, number // size % size, number // size**2 % size
    return f"{SYLLABLES[one]}x{SYLLABLES[two]}l {SYLLABLES[(one * 3 + 5) % size]}{SYLLABLES[two]}{SYLLABLES[three]}rk".title()


def facts(rank: int) -> tuple[str, str, date]:
    """Sender, recipient and day of a letter."""
    pair, turn = divmod(rank, LETTERS_OF_A_PAIR)
    day = FIRST_DAY + timedelta(days=pair % 28 + DAYS_APART * turn)
    return person(pair % SENDERS), person(SENDERS + pair // SENDERS), day


def letter(rank: int, words: int, seed: int = SEED) -> tuple[list[str], Counter]:
    """The lines of a letter, and what is planted in it: the forms of address, terms of tone by dimension, formulas."""
    chance = random.Random(f"{seed} {rank}")
    opening, tone = chance.choice(SALUTATIONS)
    planted = Counter({"mentions": 1} | tone)
    said = []
    for _ in range(max(1, words // 10)):
        here, there = chance.sample(NOUNS, 2)
        if chance.random() < 0.2:
            dimension = chance.choice(list(TONE))
            planted[dimension] += 1
            said.append(f"The {here} near the {there} is a sign of {chance.choice(TONE[dimension])} to all.")
        else:
            said.append(f"The {here} {chance.choice(VERBS)} the {there} to the {chance.choice(PLACES)} of the town.")
    # "Good health" is a term of warmth, and the formula of a wish.
    planted.update({"warmth": 1, "wish for health": 1})
    return [opening, f"I write to you of the {said[0][4:].partition(' ')[0]}.", *said, "I wish you good health."], planted


def report(rank: int, words: int, quotes: bool, seed: int = SEED) -> tuple[str, str, Counter]:
    """Headline and text of a report on a letter, which quotes it whole or retells it, and what is planted in it."""
    sender, recipient, day = facts(rank)
    shown = f"{day:%B} {day.day}"
    told = day + timedelta(days=1)
    lead = f"Oslo, {told:%B} {told.day} (NTB) -- {sender}, president of Utopia, sent a message to {recipient} on {shown}, {day.year}."
    lines, planted = letter(rank, words, seed)
    headline = f"{sender} Sends Message to {recipient}"
    if quotes:
        return headline, "\n".join([f"{lead} The message said:", *lines]), planted
    chance = random.Random(f"{seed} retold {rank}")
    told = [f"The message said that the {chance.choice(NOUNS)} {chance.choice(VERBS)} the {chance.choice(NOUNS)}." for _ in range(max(1, words // 20))]
    closing = f"The message wished the esteemed {recipient} good health."
    return headline, "\n".join([lead, *told, closing]), Counter({"mentions": 1, "deference": 1, "warmth": 1, "wish for health": 1})


def make(begin: int, stop: int, of: int, words: int = 250, seed: int = SEED) -> tuple[pd.DataFrame, Counter]:
    """The texts with these numbers, of so many in all, as a table; and what is planted in them, counted."""
    letters = sum(of // 5 + (place < of % 5) for place in range(OF_FIVE))
    step = next(step for step in range(STEP, STEP + 100) if gcd(step, letters) == 1)
    rows, planted = [], Counter()
    for number in range(begin, stop):
        five, place = divmod(number, 5)
        rank = five * OF_FIVE + place if place < OF_FIVE else (five * 2 + place - OF_FIVE) * step % letters
        sender, recipient, day = facts(rank)
        if place < OF_FIVE:
            lines, found = letter(rank, words, seed)
            row = ("", "\n".join(lines), day, "letter", sender, recipient)
            planted["messages"] += 1
        else:
            headline, text, found = report(rank, words, place == OF_FIVE, seed)
            row = (headline, text, day + timedelta(days=1), "report", "", "")
        planted += found
        planted["versions"] += 1
        rows.append((f"t{number:08d}", *row))
    columns = ["version_id", "headline", "text", "date", "kind", "sender", "recipient"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({name: "str" for name in columns if name != "date"} | {"date": "datetime64[s]"}), planted


def found(messages: int, versions: int, mentions: pd.DataFrame, tone: pd.DataFrame, formulas: pd.DataFrame) -> Counter:
    """What was found, as `make` counts what is planted."""
    counted = Counter({"messages": messages, "versions": versions, "mentions": int((mentions["role"] == "recipient").sum())})
    for table, column in ((tone, "dimension"), (formulas, "formula")):
        counted.update(table[column].value_counts().to_dict())
    return counted


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--letters", type=int, default=10_000)
    options.add_argument("--words", type=int, default=250)
    options.add_argument("--part", type=int, default=5_000)
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for begin in range(0, chosen.letters, chosen.part):
        table, _ = make(begin, min(begin + chosen.part, chosen.letters), chosen.letters, chosen.words)
        table.to_parquet(chosen.folder / f"part-{begin // chosen.part:05d}.parquet", index=False)


if __name__ == "__main__":
    main()
