"""Letters by the ten and by the hundred thousand: how fast, with how much memory, and whether what was planted is found.

    python benchmarks/size.py [--letters 10000 100000] [--words 250] [--part 5000] [--race 2000]

The letters are made up (see letters.py), and lie on the disk as Parquet before the clock starts. Each run is a process of its own: `measure_texts`
with all texts at once; and `spread_texts` in one process, and with two workers. Memory is what the process and its workers hold together at
the worst moment, looked at ten times a second. --race: so many letters are read side by side by what one would otherwise use, each where it is installed
(VADER, spaCy, ConvoKit: comity does not need them).
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import letters as made
import pandas as pd

WAYS = {"measure_texts": "`measure_texts`, all at once", "1": "`spread_texts`, one process", "2": "`spread_texts`, two workers"}
# More than this at once is not tried: it would take more memory than it tells.
AT_ONCE = 10_000
FOLLOWED = 0.1


def plant(folder: Path, letters: int, words: int, part: int) -> dict:
    """Write the letters, and return what is planted."""
    truth, total = made.Counter(), 0
    for number, begin in enumerate(range(0, letters, part)):
        table, planted = made.make(begin, min(begin + part, letters), letters, words)
        table.to_parquet(folder / f"part-{number:05d}.parquet", index=False)
        truth += planted
        total += int(table["text"].str.split().str.len().sum())
    return {"truth": dict(truth), "words": total}


def watch(peak: dict, over: threading.Event) -> None:
    """Note the most memory that this process and its children hold together, and it alone; and the processor time that all of them used."""
    import psutil

    me, used = psutil.Process(), {}
    before = sum(me.cpu_times()[:2])
    while not over.wait(FOLLOWED):
        held = []
        for process in (me, *me.children(recursive=True)):
            try:
                held.append(process.memory_info().rss)
                used[process.pid] = sum(process.cpu_times()[:2])
            except psutil.Error:
                continue
        peak["processor"] = sum(used.values()) - before
        peak["all"] = max(peak.get("all", 0), sum(held))
        peak["driver"] = max(peak.get("driver", 0), held[0])


def run(folder: str, way: str) -> None:
    """One run, told as JSON: seconds, bytes, and what was found."""
    from comity import measure_texts
    from comity.measure.spread import read_spread, spread_texts

    files = sorted(Path(folder).glob("*.parquet"))
    measure_texts(pd.read_parquet(files[0]).head(5))
    peak, over = {}, threading.Event()
    watcher = threading.Thread(target=watch, args=(peak, over))
    watcher.start()
    begin = time.perf_counter()
    if way == "measure_texts":
        found = measure_texts(pd.concat(map(pd.read_parquet, files), ignore_index=True))
        seconds = time.perf_counter() - begin
        over.set()
    else:
        from dask import dataframe

        with tempfile.TemporaryDirectory() as out:
            spread_texts(dataframe.read_parquet(files, split_row_groups=False, aggregate_files=False), Path(out) / "tables", workers=int(way))
            seconds = time.perf_counter() - begin
            over.set()
            found = read_spread(Path(out) / "tables", ("messages", "versions", "mentions", "tone", "formulas"))
    watcher.join()
    counted = made.found(len(found.messages), len(found.versions), found.mentions, found.tone, found.formulas)
    told = found.messages["versions"].value_counts().to_dict()
    print(json.dumps({"seconds": seconds, "peak": peak, "found": dict(counted), "versions": {str(n): int(m) for n, m in told.items()}}))


def race(letters: int, words: int) -> None:
    """Words a second of processor time of comity and of what else one would use, on the same texts, all in this process."""
    texts, _ = made.make(0, letters, letters, words)
    total = int(texts["text"].str.split().str.len().sum())
    print(f"\n| {letters:,} letters, {total:,} words | words a second | times comity's time |\n|---|---|---|")
    first = None
    for name, (work, share) in racers(texts).items():
        begin = time.process_time()
        work(list(texts["text"])[: len(texts) // share])
        seconds = (time.process_time() - begin) * share
        first = first or seconds
        print(f"| {name} | {total / seconds:,.0f} | {seconds / first:.2f} |", flush=True)


def racers(texts: pd.DataFrame) -> dict:
    """What reads the texts, by name, and of how many texts it is given one; what is not installed is left out, and said."""
    from comity import measure_texts

    measure_texts(texts.head(5))
    found = {"comity: all of `measure_texts`": (lambda said: measure_texts(texts), 1)}
    others = {
        "textstat (two formulas), CountVectorizer and VADER": ("vaderSentiment", usual, 1),
        "spaCy's PhraseMatcher with our honorifics": ("spacy", phrases, 1), "ConvoKit's politeness, with spaCy's parser": ("convokit", politeness, 10),
    }  # fmt: skip
    for name, (package, work, share) in others.items():
        try:
            __import__(package)
            found[name] = work, share
        except ImportError:
            print(f"{package} is not installed, and not raced.", file=sys.stderr)
    return found


def usual(said: list[str]) -> None:
    """Length and readability, counts of words, one score of mood a sentence."""
    import textstat
    from sklearn.feature_extraction.text import CountVectorizer
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    CountVectorizer().fit_transform(said)
    for text in said:
        textstat.flesch_reading_ease(text), textstat.lix(text)
        for line in text.split("\n"):
            vader.polarity_scores(line)


def phrases(said: list[str]) -> None:
    """Where the terms of our lexicon stand: nobody's, in nobody's voice."""
    import spacy
    from spacy.matcher import PhraseMatcher

    from comity import read_honorifics

    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("honorific", list(language.pipe(read_honorifics().query("language == 'en'")["term"])))
    for text in language.pipe(said):
        matcher(text)


def politeness(said: list[str]) -> None:
    """Markers of politeness, which need a parser: whichever small model of English is installed."""
    import spacy
    from convokit.politenessStrategies import PolitenessStrategies

    model = next(name for name in spacy.util.get_installed_models() if name.startswith("en_core_web_sm"))
    language, strategies = spacy.load(model, disable=["ner"]), PolitenessStrategies()
    for text in said:
        strategies.transform_utterance(text, spacy_nlp=language)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--letters", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--words", type=int, default=250)
    options.add_argument("--part", type=int, default=5_000)
    options.add_argument("--ways", nargs="*", default=list(WAYS), choices=list(WAYS))
    options.add_argument("--race", type=int, default=0)
    options.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.run:
        return run(*chosen.run)
    print("| letters | words | how | seconds | words a second | processor seconds | words a second of these | peak memory, MB | of it the driver | planted, found |")
    print("|---" * 10 + "|")
    for letters in chosen.letters:
        with tempfile.TemporaryDirectory() as folder:
            planted = plant(Path(folder), letters, chosen.words, chosen.part)
            for way in chosen.ways:
                if way == "measure_texts" and letters > AT_ONCE:
                    continue
                done = json.loads(subprocess.run([sys.executable, __file__, "--run", folder, way], capture_output=True, text=True, check=True).stdout)
                words, right = planted["words"], "all" if done["found"] == planted["truth"] else f"{planted['truth']}, {done['found']}"
                peak = (f"{done['peak'][which] / 1e6:,.0f}" for which in ("all", "driver"))
                speed = (f"{taken:,.0f} | {words / taken:,.0f}" for taken in (done["seconds"], done["peak"]["processor"]))
                shown = " | ".join([f"{letters:,}", f"{words:,}", WAYS[way], *speed, *peak])
                print(f"| {shown} | {right} |", flush=True)
    if chosen.race:
        race(chosen.race, chosen.words)


if __name__ == "__main__":
    main()
