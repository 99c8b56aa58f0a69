"""Is a data folder sound? Every problem, with file, row, column, value and remedy."""

import os
from pathlib import Path

import pandas as pd

from comity.corpus.contents import find_content_problems
from comity.corpus.keys import BETWEEN_TABLES
from comity.corpus.problems import Problem, as_frame, did_you_mean
from comity.corpus.rules import find_row_problems
from comity.corpus.schemas import ESSENTIAL, FILES, SCHEMAS
from comity.corpus.tables import read_table

# A record without messages or versions says nothing; a record without any mention may be a finding.
NEVER_EMPTY = ("messages", "versions")


def find_problems(folder: str | Path) -> pd.DataFrame:
    """Every problem of a data folder; no rows where it is sound.

    Columns out: `file`; `row` as a spreadsheet shows it (the header is 1; NA for the whole file); `column`; `value`;
    `problem`; `remedy`. Raises nothing: what cannot be read is a problem too.

    >>> len(find_problems("data"))
    0
    """
    return as_frame(inspect_folder(folder)[1])


def inspect_folder(folder: str | Path) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The tables of a folder by name, as text, and every problem; a table that cannot be read is left out."""
    folder = Path(folder)
    if not folder.is_dir():
        remedy = "Give the folder in which messages.csv lies."
        return {}, [Problem(str(folder), None, "", "", "There is no such folder.", remedy)]
    tables, problems = {}, []
    for name in SCHEMAS:
        table, found = _inspect_table(folder, name)
        problems += found
        if table is not None:
            tables[name] = table
    for find in BETWEEN_TABLES:
        problems += find(tables)
    return tables, sorted(problems, key=lambda problem: _place(problem.file))


def _place(file: str) -> int:
    return list(FILES.values()).index(file)


def _inspect_table(folder: Path, name: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    file, schema = FILES[name], SCHEMAS[name]
    if not os.path.exists(folder / file):
        return None, _missing(folder, name)
    table, problems = read_table(folder / file, file, schema)
    if table is None:
        return None, problems
    if table.empty and name in NEVER_EMPTY:
        problems.append(Problem(file, None, "", "", "The table has no rows.", "Add a row below the names of the columns."))
    problems += find_content_problems(table, file, schema)
    problems += find_row_problems(table, name, file)
    return table, problems


def _missing(folder: Path, name: str) -> list[Problem]:
    """The problem of a table that is not there: where it is essential, or where its name seems to be misspelt."""
    file = FILES[name]
    strangers = {path.name for path in folder.glob("*.[cC][sS][vV]")} - set(FILES.values())
    misspelt = did_you_mean(file, strangers)
    if not misspelt and name not in ESSENTIAL:
        return []
    columns = ",".join(SCHEMAS[name].columns)
    remedy = f"{misspelt}Rename that file." if misspelt else f"Add a CSV file of this name whose first row is: {columns}"
    return [Problem(file, None, "", "", f"There is no {file}.", remedy)]
