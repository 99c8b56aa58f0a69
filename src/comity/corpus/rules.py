"""Rows that contradict themselves: what a schema, which looks at one column at a time, cannot see.

A rule says which rows of one table are wrong. It is passed over where one of its columns is missing: that is a problem of
its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from comity.corpus.columns import ISO_DATE
from comity.corpus.problems import Problem
from comity.corpus.vocabularies import MENTION_ELEMENTS


@dataclass(frozen=True)
class Rule:
    """Rows of `table` for which `wrong` is true have the problem in `column`; `needs` are the columns it looks at."""

    table: str
    column: str
    needs: tuple[str, ...]
    wrong: Callable[[pd.DataFrame], pd.Series]
    problem: str
    remedy: str


def find_row_problems(table: pd.DataFrame, name: str, file: str) -> Iterator[Problem]:
    """The problems of rows that contradict themselves, by the rules for the table of this name."""
    for rule in RULES:
        if rule.table == name and len(table) and set(rule.needs) <= set(table.columns):
            for row in table.index[rule.wrong(table).astype(bool)]:
                value = str(table.at[row, rule.column])
                yield Problem(file, int(row), rule.column, value, rule.problem, rule.remedy)


def is_later(left: pd.Series, right: pd.Series) -> pd.Series:
    """True where both are ISO days and the left one is later (ISO days sort as text)."""
    return left.str.fullmatch(ISO_DATE) & right.str.fullmatch(ISO_DATE) & (left > right)


def as_number(cells: pd.Series) -> pd.Series:
    """The cells as numbers, NaN where they are blank or no plain integers."""
    return pd.to_numeric(cells.where(cells.str.fullmatch("[0-9]{1,15}")), errors="coerce").astype(float)


def _is_reversed(table: pd.DataFrame) -> pd.Series:
    return as_number(table["start"]) >= as_number(table["end"])


def _has_other_length(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    def has_other_length(table: pd.DataFrame) -> pd.Series:
        span = as_number(table["end"]) - as_number(table["start"])
        return (span > 0) & (span != table[column].str.len())

    return has_other_length


def _is_half(table: pd.DataFrame) -> pd.Series:
    return (table["start"] == "") != (table["end"] == "")


def _is_blank_measured(table: pd.DataFrame) -> pd.Series:
    return (table["basis"] == "measured") & (table["start"] == "") & (table["end"] == "")


def _has_offsets_unseen(table: pd.DataFrame) -> pd.Series:
    return table["basis"].isin(["transcribed", "statement"]) & ((table["start"] != "") | (table["end"] != ""))


def _is_not_in_matched(element: str) -> Callable[[pd.DataFrame], pd.Series]:
    def is_not_in_matched(table: pd.DataFrame) -> pd.Series:
        pairs = zip(table[element], table["matched"], strict=True)
        return pd.Series([not _stands_in_order(words, matched) for words, matched in pairs], index=table.index)

    return is_not_in_matched


def _stands_in_order(words: str, matched: str) -> bool:
    """Whether the words stand in the matched text, one after the other.

    >>> _stands_in_order("dear respected", "my dear and respected comrade")
    True
    >>> _stands_in_order("respected dear", "my dear and respected comrade")
    False
    """
    at = 0
    for word in words.split():
        at = matched.find(word, at)
        if at < 0:
            return False
        at += len(word)
    return True


def _rule(table: str, needs: str, wrong: Callable, problem: str, remedy: str) -> Rule:
    columns = tuple(needs.split())
    return Rule(table, columns[0], columns, wrong, problem, remedy)


# The first column named is the one the problem is reported in.
RULES = (
    _rule("messages", "recipient sender", lambda t: (t["recipient"] != "") & (t["recipient"] == t["sender"]),
          "Sender and recipient are the same person.", "Correct one of the two."),
    _rule("messages", "date_sent date_basis", lambda t: (t["date_basis"] == "sent") & (t["date_sent"] == ""),
          "The date is said to be the day sent, but date_sent is blank.", "Fill in date_sent or correct date_basis."),
    _rule("messages", "date_basis date_sent",
          lambda t: t["date_basis"].isin(["published", "id", "month"]) & (t["date_sent"] != ""),
          "date_sent is known, but the date has another basis.", 'Write "sent" and put date_sent into date.'),
    _rule("messages", "date date_sent date_basis",
          lambda t: (t["date_basis"] == "sent") & (t["date_sent"] != "") & (t["date"] != t["date_sent"]),
          "The date is said to be the day sent, but differs from date_sent.", "Make the two dates the same."),
    _rule("messages", "date date_basis", lambda t: (t["date_basis"] == "month") & ~t["date"].str.endswith("-01"),
          "Only the month is known, but the date is not its first day.", "Write the first day of the month."),
    _rule("versions", "words extent",
          lambda t: (t["words"] != "") & t["extent"].isin(["opening", "excerpt", "mention"]),
          "Words are counted only where a version was seen to its end.", "Leave words blank or correct extent."),
    _rule("sources", "version_id kind", lambda t: t["kind"].isin(["version", "further"]) & (t["version_id"] == ""),
          "An address of a version must say of which.", "Fill in version_id, or correct kind."),
    _rule("sources", "version_id kind", lambda t: (t["kind"] == "dataset") & (t["version_id"] != ""),
          "A dataset is not an address of a version.", "Leave version_id blank, or correct kind."),
    _rule("sources", "url note", lambda t: (t["url"] == "") & (t["note"] == ""),
          "There is no address and no note why.", "Write the address, or say in note why it is blank."),
    _rule("mentions", "mention_id version_id", lambda t: ~_starts_with(t["mention_id"], t["version_id"] + "#"),
          "The identifier does not begin with version_id and #.", 'Write version_id, then "#", then a number.'),
    _rule("mentions", "end start", _is_half,
          "Only one of start and end is given.", "Give both, or leave both blank."),
    _rule("mentions", "end start", _is_reversed,
          "The mention ends before it starts.", "Count the characters from 0; end is the place after the last one."),
    _rule("mentions", "matched start end", _has_other_length("matched"),
          "The words are not as long as end minus start.", "Correct start, end or the words as printed."),
    _rule("mentions", "start end basis", _has_offsets_unseen,
          "Only a measured mention has offsets.", "Leave start and end blank, or correct basis."),
    _rule("mentions", "start end basis", _is_blank_measured,
          "A measured mention must have its offsets.", "Fill in start and end, or correct basis."),
    _rule("mentions", "polarity basis", lambda t: (t["polarity"] == "absent") & (t["basis"] != "statement"),
          "Only a statement can say that words are absent.", 'Write "present" or correct basis.'),
    _rule("mentions", "frame part", lambda t: (t["frame"] == "headline") != (t["part"] == "headline"),
          "Part and frame disagree: only a headline has the frame headline.", "Correct frame or part."),
    _rule("mentions", "slot frame", lambda t: (t["slot"] != "") & t["frame"].isin(["headline", "agency"]),
          "A headline or the agency's narration has no slot of the letter.", "Leave slot blank, or correct frame."),
    *(_rule("mentions", f"{element} matched", _is_not_in_matched(element),
            "These words do not stand in matched, in this order.", "Copy them from matched as they are printed there.")
      for element in MENTION_ELEMENTS),
    _rule("people", "until since", lambda t: is_later(t["since"], t["until"]),
          "It ends before it begins.", "Correct since or until."),
    _rule("people", "since kind", lambda t: (t["kind"] == "office") & (t["since"] == ""),
          "It is not said since when the office was held.", "Fill in since."),
    _rule("passages", "end start", _is_reversed,
          "The passage ends before it starts.", "Count the characters from 0; end is the place after the last one."),
    _rule("passages", "text start end", _has_other_length("text"),
          "The passage is not as long as end minus start.", "Correct start, end or the text."),
    _rule("passages", "reason message_id", lambda t: (t["message_id"] == "") & (t["reason"] == ""),
          "There is no message and no reason why.", "Fill in message_id, or say in reason why it is blank."),
    _rule("passages", "reason message_id", lambda t: (t["message_id"] != "") & (t["reason"] != ""),
          "A reason is given although the message is known.", "Leave reason blank, or message_id."),
    _rule("claims", "compared_with shown_by testable",
          lambda t: (t["testable"] == "yes") & t["shown_by"].isin(["form dropped", "length", "tone"]) & (t["compared_with"] == ""),
          "The claim compares two messages, but names one.", "Write the id of the earlier message into compared_with."),
    _rule("claims", "expected shown_by testable",
          lambda t: (t["testable"] == "yes") & (t["shown_by"] == "length") & ~t["expected"].isin(["shorter", "longer"]),
          "A claim about length expects one of two things.", "Write shorter or longer."),
    _rule("claims", "expected shown_by testable",
          lambda t: (t["testable"] == "yes") & (t["shown_by"] == "tone") & ~t["expected"].isin(["warmer", "more restrained"]),
          "A claim about tone expects one of two things.", "Write warmer or more restrained."),
    _rule("claims", "expected shown_by testable",
          lambda t: (t["testable"] == "yes") & (t["shown_by"] == "wording") & (t["expected"] == ""),
          "A claim about wording needs the words.", "Write them into expected, other renderings of them after a |."),
    _rule("claims", "messages shown_by testable",
          lambda t: (t["testable"] == "yes") & t["shown_by"].isin(["wording", "tone"]) & t["messages"].str.contains("|", regex=False),
          "A claim about wording or tone is about one message.", "Make it a row for each message."),
    _rule("claims", "expected form",
          lambda t: t["form"].str.match("sent$|published") & ~t["expected"].str.fullmatch(ISO_DATE),
          "A claim about a day expects a day.", "Write it as year-month-day: 2024-10-06."),
    _rule("claims", "form shown_by",
          lambda t: t["shown_by"].isin(["form dropped", "form first used"]) & t["form"].str.contains("|", regex=False),
          "A claim that a form was dropped or first used is about one form.", "Make it a row for each form."),
    _rule("claims", "reason testable", lambda t: (t["testable"] == "no") & (t["reason"] == ""),
          "It is not said why the claim cannot be tested.", "Give the reason."),
    _rule("claims", "testable shown_by", lambda t: (t["testable"] == "yes") & (t["shown_by"] == "nothing here"),
          "A claim that nothing here shows cannot be tested.", 'Write "no" or correct shown_by.'),
    _rule("claims", "messages testable", lambda t: (t["testable"] == "yes") & (t["messages"] == ""),
          "A claim that can be tested must be about messages.", "Name the messages, joined by |."),
)  # fmt: skip


def _starts_with(cells: pd.Series, beginnings: pd.Series) -> pd.Series:
    pairs = zip(cells, beginnings, strict=True)
    return pd.Series([cell.startswith(beginning) for cell, beginning in pairs], index=cells.index)
