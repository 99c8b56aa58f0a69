"""The command line: the same pipeline for people without a notebook. Each command imports its machinery when it runs."""

import sys
from pathlib import Path

import click

from comity.explore.command import compare
from comity.init.command import init
from comity.measure.command import measure
from comity.report.command import report


class _Commands(click.Group):
    """Commands whose errors may quote a letter: what would steer a terminal is spelled out."""

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            from comity.corpus.unseen import spell_out

            error.message = spell_out(error.message)
            raise


@click.group(cls=_Commands)
@click.version_option(package_name="comity")
def main() -> None:
    """How leaders address each other, with the evidence."""
    # A terminal that cannot write Korean should show the problem in another spelling, not stop.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


main.add_command(report)
main.add_command(measure)
main.add_command(init)
main.add_command(compare)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path())
def check(folder: str) -> None:
    """Say whether the data folder DIR is sound: every problem, with file, row, column and remedy.

    The exit status is 0 where it is sound and 1 where it is not.
    """
    from rich.console import Console

    from comity.corpus.check import inspect_folder
    from comity.corpus.problems import as_frame

    _refuse_others(folder)
    tables, found = inspect_folder(folder)
    # Plain text where the output is not a terminal; never cut to its width.
    console = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
    problems = as_frame(found)
    if problems.empty:
        console.print(_summary(folder, tables))
        return
    for problem in problems.itertuples():
        _print_problem(console, problem)
    files = problems["file"].nunique()
    console.print(f"{_counted(len(problems), 'problem')} in {_counted(files, 'file')}. Put them right and run this again.")
    raise SystemExit(1)


def _refuse_others(folder: str) -> None:
    """Stop where a folder is no data folder but letters or measurements: what to do with these."""
    from comity.sources.kinds import LETTERS, MEASUREMENTS, kind_of

    kind = kind_of(Path(folder))
    if kind == LETTERS:
        raise click.ClickException(
            f"{folder} is a folder of letters, and this looks into data folders (messages.csv, versions.csv, mentions.csv). What letters do not say "
            f"is filled in with `comity init {folder}`; `comity measure {folder} --out TABLES` says what cannot be read, and why."
        )
    if kind == MEASUREMENTS:
        raise click.ClickException(
            f"{folder} is a folder of measurements, as `comity measure` writes them, and this looks into data folders. Compare two of its messages "
            f"with `comity compare MESSAGE MESSAGE --measured {folder}`; to mend it, measure again."
        )


def _print_problem(console, problem) -> None:
    """Three lines: where and which value, what is wrong, what to do."""
    from pandas import isna

    row = "" if isna(problem.row) else f", row {problem.row}"
    column = f", column {problem.column}" if problem.column else ""
    value = f": {problem.value}" if problem.value else ""
    console.print(f"{problem.file}{row}{column}{value}", style="bold")
    console.print(f"  {problem.problem}", style="red")
    console.print(f"  {problem.remedy}\n")


def _summary(folder: str, tables: dict) -> str:
    rows = ", ".join(_counted(len(tables[name]), name.rstrip("s")) for name in ("messages", "versions", "mentions"))
    return f"{folder} is sound: {rows}; {_counted(len(tables), 'table')} checked, no problem found."


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
