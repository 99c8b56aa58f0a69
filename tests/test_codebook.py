"""The codebook, data/README.md, against the files and the schemas, both ways."""

import csv
import re
import runpy
from pathlib import Path

import pytest

from comity.corpus import read_corpus
from comity.corpus.schemas import FILES, SCHEMAS

DATA = Path(__file__).parent.parent / "data"
CODEBOOK = (DATA / "README.md").read_text(encoding="utf-8")
SCHEMA_OF = {file: SCHEMAS[name] for name, file in FILES.items()}


def read_codebook(text):
    """The columns by file: name to type and values, as the codebook has them."""
    files = {}
    for section in re.split(r"^##+ ", text, flags=re.M):
        title, _, body = section.partition("\n")
        if title.endswith(".csv"):
            rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \|(?: (.*?))? \|$", body.replace(r"\|", "/"), flags=re.M)
            files[title] = {name: (kind, meaning, re.findall("`(.+?)`", values)) for name, kind, meaning, values in rows}
    return files


DESCRIBED = read_codebook(CODEBOOK)


def test_every_file_is_in_the_codebook_and_every_file_of_the_codebook_is_there():
    assert {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")} == set(DESCRIBED)


def test_every_file_has_a_schema_and_every_schema_a_file():
    """Judgements in from-register/ and measurements in archive/ and validity/ are no part of a data folder; test_register.py,
    test_archive_tables.py and test_validity.py hold them."""
    assert set(SCHEMA_OF) == {file for file in DESCRIBED if not file.startswith(("from-register/", "archive/", "validity/", "example-letters/"))}


@pytest.mark.parametrize("file", DESCRIBED)
def test_columns_are_those_of_the_file_in_its_order(file):
    with open(DATA / file, encoding="utf-8", newline="") as table:
        assert list(DESCRIBED[file]) == next(csv.reader(table))


@pytest.mark.parametrize("file", SCHEMA_OF)
def test_columns_and_types_are_those_of_the_schema(file):
    kinds = {name: column.metadata["kind"] for name, column in SCHEMA_OF[file].columns.items()}
    assert {name: kind for name, (kind, _, _) in DESCRIBED[file].items()} == kinds


@pytest.mark.parametrize("file", SCHEMA_OF)
def test_vocabularies_are_those_of_the_schema(file):
    for name, column in SCHEMA_OF[file].columns.items():
        _, _, values = DESCRIBED[file][name]
        assert sorted(values) == sorted(column.metadata.get("values", ())), name


def test_every_type_is_explained():
    explained = set(re.findall(r"^\| (\w+) \| [^|]+ \|$", CODEBOOK, flags=re.M))
    assert {kind for columns in DESCRIBED.values() for kind, _, _ in columns.values()} <= explained


def test_every_column_has_a_meaning():
    assert all(meaning.strip() for columns in DESCRIBED.values() for _, meaning, _ in columns.values())


def test_every_extent_has_its_rule():
    rule = CODEBOOK.partition("### The extent rule")[2].partition("\n## ")[0]
    assert re.findall(r"^\| (\w+) \|", rule, flags=re.M)[1:] == list(DESCRIBED["versions.csv"]["extent"][2])


def test_the_languages_named_are_those_of_the_record():
    named = re.search(r"^\| language \| .*: (.*) \|$", CODEBOOK, flags=re.M).group(1)
    assert set(named.split(", ")) == set(read_corpus(DATA).versions["language"])


def test_what_the_codebook_says_of_the_record_holds():
    corpus = read_corpus(DATA)
    assert f"{len(corpus.messages)} messages" in CODEBOOK
    assert f"{len(corpus.versions)} published versions" in CODEBOOK
    years = corpus.messages["date"].dt.year
    assert f"from {years.min()} to\n{years.max()}" in CODEBOOK
    last = max(corpus.versions["date_published"].max(), corpus.messages["date"].max())
    assert f"Nothing later than {last:%B %Y} was found" in CODEBOOK


def test_what_the_codebook_says_is_missing_is_missing():
    corpus = read_corpus(DATA)
    versions = corpus.versions.merge(corpus.messages[["message_id", "sender", "date_basis"]], on="message_id")
    whole = versions[versions["extent"].isin(["full", "summary"])]
    assert whole["message_id"].nunique() < len(corpus.messages) / 2
    assert (versions["extent"] == "excerpt").mean() > 0.5
    assert whole[(whole["sender"] == "Kim Jong Un") & (whole["language"] == "ko")].empty
    of_2019 = versions[(versions["message_id"] == "kim-xi-2019-10-06") & (versions["language"] == "en")]
    assert not of_2019["extent"].eq("full").any()
    assert of_2019["salutation"].eq("").all()
    mentioned = versions.groupby("message_id")["extent"].agg(lambda extents: set(extents) == {"mention"})
    assert mentioned.any()
    assert set(versions.loc[versions["words"].notna(), "language"]) == {"en", "de", "ko"}
    counted = versions["version_id"].isin(corpus.lengths["version_id"])
    assert set(versions.loc[counted, "language"]) == {"en"}
    assert (corpus.messages["date_basis"] == "month").any()
    assert (corpus.sources["url"] == "").any()


def test_how_far_each_language_is_read():
    """After a change of lexicon or data: `python benchmarks/languages.py` prints both parts."""
    languages = runpy.run_path(str(DATA.parent / "benchmarks" / "languages.py"))
    assert languages["languages_table"]() in CODEBOOK
    assert languages["silent_list"]() in CODEBOOK
