"""The `init` command: a table to fill in, beside the letters."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--format", "form", help="The form of the files, where it is not to be found out.")
def init(folder: Path, form: str | None) -> None:
    """Write letters.csv into FOLDER: a table of its letters, in which what they do not say can be filled in.

    A cell holds what the letter says, or a guess; the column guessed says which are guesses. Open it in a spreadsheet, fill in and correct, and run
    `comity measure FOLDER --out DIR`. What you fill in or change goes before what the letter says; a guess that is right becomes a fact
    where its name is taken out of the column guessed. Leave the column written as it is. Run this again when letters were added or changed:
    what you filled in stays.
    """
    from comity.errors import CorpusError
    from comity.init.table import ask_metadata

    try:
        asking = ask_metadata(folder, form)
    except CorpusError as error:
        raise click.ClickException(str(error))
    click.echo(summary(asking, folder))


def summary(asking, folder: Path) -> str:
    """What was written, what was kept, and what is left to be filled in."""
    from comity.corpus.problems import shown

    counts = asking.letters.counts.set_index("kind")["n"]
    lines = [f"{counts['records']:,} records = {counts['texts']:,} texts + {counts['others']:,} other stories + {counts['duplicates']:,} duplicates"
             f" + {counts['rejected']:,} rejected."]  # fmt: skip
    lines.append(f"{asking.new:,} rows were added; {asking.kept:,} were there, and are kept with what was filled in.")
    if asking.lost:
        lines.append(f"{asking.lost:,} of these name a letter that is not there: correct the name, or take the row out.")
    if asking.changed:
        lines.append(f"Of {asking.changed:,} of these the words of the letter are others now: look whether the row is still its own.")
    blank = {name: int((asking.table[name] == "").sum()) for name in ("sender", "recipient", "date")}
    if any(blank.values()):
        lines.append("Blank are " + ", ".join(f"{number:,} of {name}" for name, number in blank.items() if number) + ".")
    lines += [f"{shown(row.file)}: {shown(row.reason)} {row.remedy}" for row in asking.letters.rejected.head(5).itertuples()]
    return "\n".join([*lines, f"The table is {folder / 'letters.csv'}."])
