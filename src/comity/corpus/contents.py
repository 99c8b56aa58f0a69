"""What is wrong with the cells of one table, by its schema: columns, types, vocabularies, uniqueness."""

import re
from datetime import datetime

import pandas as pd
from pandera.errors import SchemaErrors
from pandera.pandas import Column, DataFrameSchema

from comity.corpus.problems import Problem, did_you_mean, shown

DAY_FORMATS = ("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y-%m-%d")


def find_content_problems(table: pd.DataFrame, file: str, schema: DataFrameSchema) -> list[Problem]:
    """Every way in which a table of text does not fit its schema; rows are taken from its index. Raises nothing.

    >>> from comity.corpus.schemas import PHRASES
    >>> phrases = pd.DataFrame({"version_id": ["a__en"], "position": ["first"], "phrase": ["great victory"]}, index=[2])
    >>> find_content_problems(phrases, "phrases.csv", PHRASES)[0].problem
    'This is not a whole number.'
    """
    try:
        schema.validate(table, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        # Uniqueness over several columns is reported once a column: once is enough.
        repeated = (cases["check"] == "multiple_fields_uniqueness") & (cases["column"] != (schema.unique or [""])[0])
        return [_problem(case, table, file, schema) for case in cases[~repeated].itertuples()]
    return []


def _problem(case, table: pd.DataFrame, file: str, schema: DataFrameSchema) -> Problem:
    if case.check == "column_in_schema":
        name = str(case.failure_case)
        remedy = f"{did_you_mean(name, set(schema.columns) - set(table.columns))}Rename the column or delete it."
        return Problem(file, 1, name, "", f'There is no column "{shown(name)}" in this table.', remedy)
    if case.check == "column_in_dataframe":
        name = str(case.failure_case)
        remedy = "Add a column of this name, even where its cells are blank."
        return Problem(file, 1, name, "", f'The column "{name}" is missing.', remedy)
    row, column = int(case.index), str(case.column)
    value = table.at[row, column]
    problem, remedy = _explain(case.check, value, schema.columns[column], schema)
    return Problem(file, row, column, value, problem, remedy)


def _explain(check: str, value: str, column: Column, schema: DataFrameSchema) -> tuple[str, str]:
    """The problem and the remedy in words, for a check by the name it has in the schema."""
    if check == "vocabulary":
        allowed = column.metadata["values"]
        return "This word is not in the vocabulary.", f"{did_you_mean(value, allowed)}Allowed: {', '.join(allowed)}."
    if check == "not a date":
        return "This is not a date.", f"Write {_as_day(value)}. Format the column as text in a spreadsheet."
    if check == "too small":
        remedy = "Correct the number" + (", or leave the cell blank." if column.metadata["blank"] else ".")
        return f"The number is too small: at least {column.metadata['least']}.", remedy
    if check == "multiple_fields_uniqueness":
        return f"An earlier row says the same in {', '.join(schema.unique)}.", "Delete this row, or correct one of the two."
    return EXPLAINED[check]


EXPLAINED = {
    "blank": ("The cell is blank.", "Fill it in: this column may not be blank."),
    "no such day": ("There is no such day.", "Look the date up; month and day may have changed places."),
    "not an integer": ("This is not a whole number.", "Write digits only, without a unit, a point or a comma."),
    "not a language": ("This is not a language code.", "Write two lower-case letters (ISO 639-1), for example en, ko, ru."),
    "not an address": ("This is not a web address.", "Write it whole, from https:// on, without spaces."),
    "field_uniqueness": ("This identifier stands in an earlier row too.", "Give this row another one, or delete it."),
}


def _as_day(value: str) -> str:
    """The same day as ISO where it can be read in one way only; else what an ISO day looks like.

    >>> _as_day("12 June 2019"), _as_day("06/12/2019")
    ('2019-06-12', 'year-month-day, for example 2019-06-12')
    """
    for pattern in DAY_FORMATS:
        try:
            return datetime.strptime(re.sub(r"T.*| 00:00.*", "", value[:40]), pattern).date().isoformat()
        except ValueError:
            continue
    return "year-month-day, for example 2019-06-12"
