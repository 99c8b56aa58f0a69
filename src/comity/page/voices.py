"""A text cut where the voice changes, where a line ends, and where a mention begins or ends; no character is lost."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Voice(NamedTuple):
    """Sentences in a row that are in one voice: their place, their frame ("" where nobody says), and whose message it is."""

    part: str
    start: int
    end: int
    frame: str
    sender: str = ""


def split_voices(parts: Mapping[str, str], sentences: list[dict]) -> list[Voice]:
    """Every character of the parts in one voice or another; blanks between sentences belong to the sentence before."""
    voices = []
    for part, text in parts.items():
        own = [row for row in sentences if row["part"] == part]
        for voice in _cover(part, text, own):
            last = voices[-1] if voices else None
            if last and (last.part, last.frame, last.sender) == (part, voice.frame, voice.sender):
                voices[-1] = last._replace(end=voice.end)
            else:
                voices.append(voice)
    return voices


def _cover(part: str, text: str, sentences: list[dict]) -> Iterator[Voice]:
    """The sentences and what stands between them, without a gap."""
    unknown, place = "headline" if part == "headline" else "", 0
    for number, row in enumerate(sentences):
        gap = text[place : row["start"]]
        if any(map(str.isalnum, gap)):
            yield Voice(part, place, row["start"], unknown)
            place = row["start"]
        following = sentences[number + 1]["start"] if number + 1 < len(sentences) else len(text)
        end = row["end"] if any(map(str.isalnum, text[row["end"] : following])) else following
        of_message = row["frame"] in ("letter", "reported")
        yield Voice(part, place, end, row["frame"], row.get("sender", "") if of_message else "")
        place = end
    if place < len(text):
        yield Voice(part, place, len(text), unknown)


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines between two places, each with the line end that closes it."""
    while start < end:
        found = text.find("\n", start, end)
        stop = end if found < 0 else found + 1
        yield start, stop
        start = stop


class Marker:
    """The mentions of one part, in order, ready to be found by place."""

    def __init__(self, part: str, mentions: list[dict]) -> None:
        self.mentions = [row for row in mentions if row["part"] == part]
        self.ends = [row["end"] for row in self.mentions]

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, dict | None]]:
        """What stands between two places, in order: pieces of a mention, and pieces of none."""
        for index in range(bisect_right(self.ends, start), len(self.mentions)):
            row = self.mentions[index]
            if row["start"] >= end:
                break
            if start < row["start"]:
                yield start, row["start"], None
            yield max(start, row["start"]), min(end, row["end"]), row
            start = min(end, row["end"])
        if start < end:
            yield start, end, None
