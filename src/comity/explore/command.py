"""The `compare` command: two messages side by side in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("first", metavar="MESSAGE")
@click.argument("second", metavar="MESSAGE")
@click.option("--data", type=_FOLDER, help="The data folder (otherwise, without --measured: $COMITY_DATA, data or ../data).")
@click.option("--measured", type=_FOLDER, help="A folder that `comity measure` wrote: alone, or with the record of --data (otherwise archive in the data folder, if it is there).")
def compare(first: str, second: str, data: Path | None, measured: Path | None) -> None:
    """Compare two messages, named by their message_id: who wrote when, what is seen, how they address, tone and length.

    Letters of your own are measured first: comity measure FOLDER --out TABLES, then comity compare MESSAGE MESSAGE --measured TABLES.

    Every interval is of one letter against one letter. What cannot be compared is said, with the reason.
    """
    from rich.console import Console
    from rich.text import Text

    from comity.errors import CorpusError
    from comity.explore.articles import Articles
    from comity.explore.choosing import choose_two, list_choices
    from comity.explore.held import list_held
    from comity.explore.hits import contrast
    from comity.explore.terminal import contrasts_table, facts_table
    from comity.page.text import plain

    console = Console(highlight=False, markup=False, emoji=False)
    try:
        letters = _read(data, measured)
        a, b = choose_two(list_choices(letters), first, second)
    except CorpusError as error:
        raise click.ClickException(str(error))
    console.print(facts_table(Articles(list_held(letters)), a, b))
    contrasts, refused = contrast(letters, a, b)
    if len(contrasts):
        console.print(contrasts_table(contrasts, a, b))
        comparable = contrasts["comparable"].iloc[0]
        console.print(Text(plain("Both are seen alike." if comparable == "yes" else f"They are seen differently: {comparable}.")))
    else:
        console.print(Text(plain(f"They are not compared in numbers. {refused}")))


def _read(data: Path | None, measured: Path | None):
    """The letters to choose from: those measured alone, or with those of a data folder."""
    from comity.corpus import read_corpus
    from comity.corpus.folder import usual_folder
    from comity.explore.gathering import as_letters
    from comity.letters import gather_letters
    from comity.measure import read_measurements

    if measured:
        _refuse_others(measured, True)
        if data is None:
            return as_letters(read_measurements(measured))
    folder = data or usual_folder()
    _refuse_others(folder, False)
    corpus, usual = read_corpus(folder), folder / "archive"
    if measured is None and not usual.is_dir():
        return as_letters(corpus)
    return gather_letters(read_measurements(measured or usual), corpus)


def _refuse_others(folder: Path, wanted_measured: bool) -> None:
    """Raise CorpusError where a folder holds something else than its option is for: what, and what to do."""
    from comity.errors import CorpusError
    from comity.sources.kinds import LETTERS, MEASUREMENTS, kind_of

    kind = kind_of(folder)
    if kind == LETTERS:
        raise CorpusError(f"{folder} is a folder of letters. Measure them first: comity measure {folder} --out TABLES, then comity compare MESSAGE MESSAGE --measured TABLES.")
    if kind == MEASUREMENTS and not wanted_measured:
        raise CorpusError(f"{folder} is a folder of measurements. Name it so: comity compare MESSAGE MESSAGE --measured {folder}.")
