"""Archive files of a news agency: which stories report a message, and what became of every record of the file."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd

from comity.errors import CorpusError
from comity.sources.terms import any_of, matching_view, read_terms

KEYS = {"topic": str, "headline": str, "link": str, "story_text": str}
STORY_COLUMNS = ["record", "story_id", "headline", "text", "date", "dateline", "link", "topics"]
DUPLICATE_COLUMNS = ["record", "story_id", "headline", "date", "link", "topics", "same_as"]
REJECTED_COLUMNS = ["record", "headline", "date", "link", "topics", "reason", "remedy"]
# The agency's site is younger than this. A number of seconds, read as milliseconds, falls into January 1970.
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
AS_DATE = "Give the milliseconds since 1970 (1728345600000) or an ISO date (2024-10-08)."

# "Pyongyang, October 8 (KCNA) --": the place, the day, the agency.
_DATELINE = re.compile(r"\s*[^\n(]{2,60}?\s(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<day>\d{1,2})\s*\([A-Z]{3,8}\)")


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


class _Rejected(Exception):
    """A record that cannot be used: the reason, then the remedy."""


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
    records = _load(Path(path))
    stories, duplicates, rejected = {}, [], []
    for index, record in enumerate(records):
        try:
            story = _story(index, record)
        except _Rejected as error:
            rejected.append(_rejected_row(index, record, *error.args))
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


def _load(path: Path) -> list:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CorpusError(f"{path}: the archive file cannot be opened ({error.strerror}). Check its name and place.") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: byte {error.start} is not UTF-8. Save the file as UTF-8, or download it again.") from error
    try:
        records = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise CorpusError(f"{path}: this is not JSON ({error.msg}, {where}). Download it again; it may be cut.") from error
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{path}: the JSON cannot be read ({error}). Download the file again.") from error
    if not isinstance(records, list):
        found = {dict: "an object", str: "a text", type(None): "null"}.get(type(records), "a number or truth value")
        raise CorpusError(f"{path}: the file holds {found}, not a list. An archive is a list: [{{...}}, {{...}}].")
    return records


def _story(index: int, record: object) -> dict:
    _check(record)
    text, day = record["story_text"], _day(record["date"])
    identity = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    story = {"record": index, "story_id": identity, "headline": record["headline"], "text": text, "date": day}
    return story | {"dateline": _dateline(text, day), "link": record["link"], "topics": {record["topic"]: None}}


def _check(record: object) -> None:
    if not isinstance(record, dict):
        raise _Rejected("The record is not an object.", f"Write it as an object with the keys {', '.join([*KEYS, 'date'])}.")
    missing = [key for key in [*KEYS, "date"] if key not in record]
    if missing:
        raise _Rejected(f"The record lacks {', '.join(missing)}.", "Add what is missing, or take the record out.")
    wrong = [key for key in KEYS if not isinstance(record[key], str)]
    if wrong:
        raise _Rejected(f"Not a text: {', '.join(wrong)}.", "Write it as a text in quotation marks.")
    broken = [key for key in KEYS if not _is_unicode(record[key])]
    if broken:
        raise _Rejected(f"Half a character pair in {', '.join(broken)}.", "Download the file again; the text is damaged.")
    if not record["story_text"].strip():
        raise _Rejected("The story is empty.", "Nothing to do where it is a photo or video; else look at its link.")


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def _day(value: object) -> date:
    try:
        day = _iso_day(value) if isinstance(value, str) and "-" in value.strip()[1:] else _day_of_milliseconds(value)
    except (ValueError, TypeError, OverflowError) as error:
        raise _Rejected(f"The date cannot be read: {str(value)[:40]!r}.", AS_DATE) from error
    if not EARLIEST <= day < LATEST:
        raise _Rejected(f"The date cannot be right: {str(value)[:40]!r} is {day}.", f"{AS_DATE} Seconds need three more zeros.")
    return day


def _iso_day(value: str) -> date:
    # The day as written: the agency's day is not moved by an offset from Greenwich.
    return datetime.fromisoformat(value.strip()).date()


def _day_of_milliseconds(value: object) -> date:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError
    milliseconds = float(value) if isinstance(value, (float, str)) else value
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).date()


def _dateline(text: str, day: date) -> date | None:
    """The day in the text's own dateline, in the year that puts it nearest to the date field."""
    found = _DATELINE.match(text)
    if not found:
        return None
    days = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            days.append(datetime.strptime(f"{found['month'][:3]} {int(found['day'])} {year}", "%b %d %Y").date())
        except ValueError:
            continue
    return min(days, key=lambda candidate: abs(candidate - day), default=None)


def _rejected_row(index: int, record: object, reason: str, remedy: str) -> dict:
    known = record if isinstance(record, dict) else {}
    shown = {key: _shown(known.get(key, "")) for key in ["headline", "date", "link"]}
    return {"record": index, **shown, "topics": _shown(known.get("topic", "")), "reason": reason, "remedy": remedy}


def _shown(value: object) -> str:
    return (value if isinstance(value, str) else repr(value)).encode("utf-8", "replace").decode("utf-8")


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
