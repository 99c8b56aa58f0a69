"""Archive files of a news agency: which stories report a message, and what became of every record of the file."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from comity.errors import CorpusError
from comity.sources.refusal import Refused
from comity.sources.stories import describe_refused, read_story
from comity.sources.terms import any_of, matching_view, read_terms

STORY_COLUMNS = ["record", "story_id", "headline", "text", "date", "dateline", "link", "topics"]
DUPLICATE_COLUMNS = ["record", "story_id", "headline", "date", "link", "topics", "same_as"]
REJECTED_COLUMNS = ["record", "headline", "date", "link", "topics", "reason", "remedy"]


@dataclass(frozen=True)
class Archive:
    """What stood in an archive file; every record is in exactly one of the four tables, under its index in the file."""

    messages: pd.DataFrame
    others: pd.DataFrame
    duplicates: pd.DataFrame
    rejected: pd.DataFrame
    records: int

    @property
    def counts(self) -> pd.DataFrame:
        """The sum: records = messages + others + duplicates + rejected. Columns out: kind, n."""
        kinds = ["messages", "others", "duplicates", "rejected"]
        return pd.DataFrame({"kind": ["records", *kinds], "n": [self.records, *(len(getattr(self, kind)) for kind in kinds)]})


    @property
    def texts(self) -> pd.DataFrame:
        """The stories that report a message, as texts to be read: see `comity.find_mentions` for the columns."""
        return self.texts_of(everything=False)

    def texts_of(self, everything: bool) -> pd.DataFrame:
        """The same, with the stories that report none where everything is wanted."""
        stories = pd.concat([self.messages, self.others]).sort_values("record") if everything else self.messages
        names = {"story_id": "version_id", "link": "url"}
        return stories.rename(columns=names).drop(columns="topics").assign(language="en", kind="report").reset_index(drop=True)


def read_archive(path: str | Path) -> Archive:
    """Read an archive file: a JSON list of records with topic, headline, link, date and story_text.

    Out: `messages` (stories that report a message; see `is_message_headline`) and `others`, one row a distinct text, with
    record (index in the file, from 0), story_id (made from the text), headline, text (as received), date (the day of the
    date field), dateline (the day the text itself gives; NaT where it gives none), link, topics (of all copies, joined
    by |). `duplicates`: the same text again, with same_as (the record that is kept). `rejected`: records that cannot be
    used, with reason and remedy. Two different texts under one link are two rows.
    Errors: CorpusError where the file is missing, is not UTF-8, is not JSON, or is JSON of another shape.

    >>> import json, tempfile
    >>> record = {"topic": "Top News", "headline": "Greetings to PM of Vietnam", "link": "", "date": "2024-09-02"}
    >>> file = Path(tempfile.mkdtemp()) / "archive.json"
    >>> _ = file.write_text(json.dumps([record | {"story_text": "Pyongyang, September 2 (KCNA) -- ..."}, record]))
    >>> read_archive(file).counts.n.tolist()
    [2, 1, 0, 0, 1]
    """
    path = Path(path)
    try:
        return sort_records(parse_archive(path.read_bytes()))
    except OSError as error:
        raise CorpusError(f"{path}: the archive file cannot be opened ({error.strerror}). Check its name and place.") from error
    except Refused as error:
        raise CorpusError(f"{path}: {error.reason} {error.remedy}") from error


def sort_records(records: list) -> Archive:
    """What became of every record of an archive; see `read_archive`."""
    stories, duplicates, rejected = {}, [], []
    for index, record in enumerate(records):
        try:
            story = read_story(index, record)
        except Refused as error:
            rejected.append(describe_refused(index, record, *error.args))
            continue
        first = stories.setdefault(story["text"], story)
        if first is not story:
            duplicates.append(story | {"same_as": first["record"]})
            first["topics"] |= story["topics"]
    return _archive(list(stories.values()), duplicates, rejected, len(records))


def is_message_headline(headline: str) -> bool:
    """Does a headline announce a message? It names one (noun), and says that it is sent or received, or to or from whom.

    The words are in data/lexicons/message_stories.csv. A word of sending may stand anywhere, to and from only after the noun.

    >>> is_message_headline("Greetings from Chinese FM"), is_message_headline("Congratulatory Group Leaves Here")
    (True, False)
    """
    terms = read_terms("message_stories")
    view = re.sub(rf"\b{any_of(terms['not'])}\b", " ", matching_view(headline, terms["name"]), flags=re.IGNORECASE)
    noun = re.search(rf"\b{any_of(terms['noun'])}\b", view, re.IGNORECASE)
    if noun is None:
        return False
    sent = re.search(rf"\b{any_of(terms['way'])}\b", view, re.IGNORECASE)
    return bool(sent or re.search(rf"\b{any_of(terms['direction'])}\b", view[noun.end() :], re.IGNORECASE))


def parse_archive(data: bytes) -> list:
    """The records of an archive file; raises Refused where it is not UTF-8, not JSON, or JSON of another shape."""
    try:
        records = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(f"byte {error.start} is not UTF-8.", "Save the file as UTF-8, or download it again.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Refused(f"this is not JSON ({error.msg}, {where}).", "Download it again; it may be cut.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"the JSON cannot be read ({error}).", "Download the file again.") from error
    if not isinstance(records, list):
        found = {dict: "an object", str: "a text", type(None): "null"}.get(type(records), "a number or truth value")
        raise Refused(f"the file holds {found}, not a list.", "An archive is a list: [{...}, {...}].")
    return records


def _archive(stories: list[dict], duplicates: list[dict], rejected: list[dict], records: int) -> Archive:
    for row in [*stories, *duplicates]:
        row["topics"] = "|".join(row["topics"])
    told = [story for story in stories if is_message_headline(story["headline"])]
    kept = {story["record"] for story in told}
    others = [story for story in stories if story["record"] not in kept]
    tables = [_table(told, STORY_COLUMNS), _table(others, STORY_COLUMNS)]
    return Archive(*tables, _table(duplicates, DUPLICATE_COLUMNS), _table(rejected, REJECTED_COLUMNS), records)


def _table(rows: list[dict], columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns)
    kinds = {"record": "int64", "same_as": "int64", "date": "datetime64[s]", "dateline": "datetime64[s]"}
    dated = "reason" not in columns
    return table.astype({name: kinds.get(name, "str") if dated or name == "record" else "str" for name in columns})
