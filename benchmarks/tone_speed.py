"""How fast tone and style are measured, beside what else could score the same letters, in one run on one core.

    python benchmarks/tone_speed.py ARCHIVE.json

The letters are the archive's message stories ten times over, split into frames before the clock starts, as `comity measure` does
it once for all measures; the last row times the splitting too. VADER and ConvoKit are raced where they are installed; comity does
not need them. Wall-clock times on a machine that others use are rough; the ratios, taken side by side, say more.
"""

import sys
import time
from collections.abc import Callable

import pandas as pd

from comity import compare_messages, gather_letters, read_archive, read_corpus, read_measurements, split_frames
from comity.style import measure_style_of
from comity.tone import find_tone_in

TIMES, ROUNDS = 10, 3
VOICES = ("letter", "reported")


def timed(work: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def copies(texts: pd.DataFrame) -> pd.DataFrame:
    """The texts again and again, each copy with an id and a last word of its own: textstat remembers texts that it has seen."""
    made = [texts.assign(version_id=texts["version_id"] + f"-{number}", text=texts["text"] + f" Copy{chr(97 + number)}.") for number in range(TIMES)]
    return pd.concat(made, ignore_index=True)


def racers(texts: pd.DataFrame, frames: pd.DataFrame) -> dict[str, Callable[[], object]]:
    """What reads the senders' words, by name; others are given the same sentences as plain strings."""
    own = frames[frames["frame"].isin(VOICES)]
    sentences, letters = list(own["sentence"]), list(own.groupby("version_id")["sentence"].agg(" ".join))

    def both():
        find_tone_in(frames, texts, frames=VOICES)
        measure_style_of(own, texts)

    found = {
        "tone and style": both,
        "tone (`find_tone`)": lambda: find_tone_in(frames, texts, frames=VOICES),
        "style (`measure_style`)": lambda: measure_style_of(own, texts),
    }
    return found | _others(sentences, letters)


def _others(sentences: list[str], letters: list[str]) -> dict[str, Callable[[], object]]:
    import textstat

    found = {"textstat: seven formulas": lambda: [
        (textstat.flesch_reading_ease(text), textstat.flesch_kincaid_grade(text), textstat.gunning_fog(text), textstat.automated_readability_index(text),
         textstat.coleman_liau_index(text), textstat.lix(text), textstat.rix(text)) for text in letters
    ], "textstat: reading ease alone": lambda: [textstat.flesch_reading_ease(text) for text in letters]}  # fmt: skip
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        vader = SentimentIntensityAnalyzer()
        found["VADER: one score a sentence"] = lambda: [vader.polarity_scores(text) for text in sentences]
    except ImportError:
        print("VADER is not raced: pip install vaderSentiment", file=sys.stderr)
    return found


def main() -> None:
    texts = copies(read_archive(sys.argv[1]).texts_of(everything=False))
    frames = split_frames(texts)
    words = int(frames.loc[frames["frame"].isin(VOICES), "sentence"].str.split().str.len().sum())
    print(f"{words:,} words of letters\n\n| what | words a second |\n|---|---|")
    for name, work in racers(texts, frames).items():
        print(f"| {name} | {words / timed(work):,.0f} |")

    def everything():
        split = split_frames(texts)
        find_tone_in(split, texts, frames=VOICES)
        measure_style_of(split[split["frame"].isin(VOICES)], texts)

    whole = int(texts["text"].str.split().str.len().sum())
    print(f"| splitting into frames, tone and style, of whole stories ({whole:,} words) | {whole / timed(everything):,.0f} |")
    letters = gather_letters(read_measurements(), read_corpus())
    seconds = timed(lambda: compare_messages("kim-putin-2024-10-07", "kim-xi-2024-10-06", letters))
    print(f"\nComparing two letters takes {seconds:.2f} s once the tables are read.")


if __name__ == "__main__":
    main()
