"""How well `find_mentions` agrees with annotated texts: `python benchmarks/agreement.py [--list] [ARCHIVE.json]`.

Prints precision and recall with their counts for every annotated set in tests/cases/address, as the table of
benchmarks/README.md; with --list also every disagreement. The sets of the archive need its file; without it they are
left out.
"""

import json
import sys
from pathlib import Path

import pandas as pd

from comity import find_mentions, read_archive
from comity.agreement import SPAN, list_disagreements, measure_agreement
from comity.address import MENTION_COLUMNS

CASES = Path(__file__).parents[1] / "tests" / "cases" / "address"
PASSAGES = {
    "stories of other years, reworded": ["other_years.json", "other_years_2.json", "other_years_3.json", "other_years_4.json"],
}
ARCHIVES = {"the archive, used for the rules": "development.csv", "the archive, held back": "held_back.csv"}
SHOWN = ["extent", "overlap", "frame", "form", "role", "honoree"]
COLUMNS = ["set", "measure", "found", "annotated", "agreed", "precision", "recall", "f1"]


def read_passages(files: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The texts of case files, and their mentions with the characters that they take up, in the order of the texts."""
    cases = [case for file in files for case in json.loads((CASES / file).read_text(encoding="utf-8"))]
    texts = pd.DataFrame([{"version_id": case["label"], "headline": case["headline"], "text": case["text"]} for case in cases])
    rows = []
    for case in cases:
        at = {"headline": 0, "text": 0}
        for mention in case["mentions"]:
            part = mention["part"]
            start = case[part].index(mention["matched"], at[part])
            at[part] = start + len(mention["matched"])
            rows.append(dict.fromkeys(MENTION_COLUMNS, "") | mention | {"version_id": case["label"], "start": start, "end": at[part]})
    return texts, pd.DataFrame(rows, columns=MENTION_COLUMNS)


def read_annotated(file: str, archive: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The stories of the archive that a file annotates, and its mentions; a story without any has a row with blank cells."""
    table = pd.read_csv(CASES / file, dtype="str", keep_default_na=False)
    texts = read_archive(archive).texts
    annotated = table[table["matched"] != ""].astype({"start": "int64", "end": "int64"})
    return texts[texts["version_id"].isin(table["version_id"])], annotated


def measure(archive: str | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Agreement set by set, and the disagreements."""
    sets = {name: read_passages(files) for name, files in PASSAGES.items()}
    if archive:
        sets |= {name: read_annotated(file, archive) for name, file in ARCHIVES.items()}
    tables, lists = [], []
    for name, (texts, annotated) in sets.items():
        found = find_mentions(texts)
        tables.append(measure_agreement(found, annotated).query("measure in @SHOWN").assign(set=name))
        lists.append(list_disagreements(found, annotated).assign(set=name))
    return pd.concat(tables)[COLUMNS], pd.concat(lists)


def as_markdown(table: pd.DataFrame) -> str:
    """The table as it stands in benchmarks/README.md."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    for row in table.itertuples(index=False):
        counts = f"{row.found} | {row.annotated} | {row.agreed}"
        lines.append(f"| {row.set} | {row.measure} | {counts} | {row.precision:.3f} | {row.recall:.3f} | {row.f1:.3f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--list"]
    agreement, disagreements = measure(*arguments[:1])
    print(as_markdown(agreement))
    if "--list" in sys.argv:
        print(disagreements[["set", *SPAN, "matched", "why", "found", "annotated"]].to_string(index=False))
