"""The `measure` command: letters in, tables out, and what became of every record."""

from __future__ import annotations

from pathlib import Path

import click

MARKER = ".comity-measure"
# Words of one's own beside letters.
HONORIFICS = "honorifics.csv"
ENGINES = ("pandas", "dask")
_FILE = click.Path(path_type=Path)
FORMATS = ("archive", "text", "docx", "csv", "jsonl", "json", "parquet", "tei", "html", "mail")


@click.command()
@click.argument("sources", metavar="SOURCE...", type=_FILE, nargs=-1, required=True)
@click.option("--out", type=_FILE, required=True, help="The folder for the tables.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="The form of the files, where it is not to be found out.")
@click.option("--lexicon", type=_FILE, help="A CSV file with honorifics of your own, over ours (otherwise honorifics.csv in the folder of letters, if it is there).")
@click.option("--tone", type=_FILE, help="A CSV file with tone terms of your own, over ours.")
@click.option("--formulas", type=_FILE, help="A CSV file with formulas of your own, over ours.")
@click.option("--repeated", is_flag=True, help="Find also the phrases that a sender repeats: repeated.csv.")
@click.option("--find", type=_FILE, help="A CSV file of phrases, or of claims, to look for: wordings.csv, sought.csv.")
@click.option("--all", "everything", is_flag=True, help="Measure also an archive's stories that report no message.")
@click.option("--count", "words", multiple=True, help="A word to count in all texts, and whom it honours: counts.csv.")
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help="dask: partition by partition, for letters that outgrow memory; Parquet out.")
@click.option("--scheduler", metavar="ADDRESS", help="With dask: the scheduler of a cluster; else processes of this machine.")
@click.option("--workers", type=click.IntRange(min=1), help="With dask and no scheduler: so many processes; as many as there are cores.")
def measure(sources: tuple[Path, ...], out: Path, form: str | None, everything: bool, words: tuple[str, ...], engine: str, scheduler, workers, **chosen) -> None:
    """Measure the letters in each SOURCE, and write the measurements as CSV tables.

    A SOURCE is a file, a folder with its folders, or a pattern. Read are plain text and Markdown (lines as "sender: Ann Lee", an empty
    line, the letter), DOCX, CSV, JSON Lines and Parquet (a column text), TEI, saved mail and web pages (HTML), and archives of a news
    agency (JSON); compressed or not. `comity init FOLDER` writes a table for what the files do not say.

    Written are messages.csv, versions.csv, mentions.csv (forms of address), tone.csv, formulas.csv, lengths.csv, token_counts.csv and
    rejected.csv. Of an archive the stories are measured whose headline announces a message. The tables hold forms of address,
    tone terms and formulas with at most a dozen words around them, and how often each word stands in a text.
    """
    from rich.console import Console

    from comity.errors import CorpusError
    from comity.folders import check_ours, replace_folder
    from comity.measure.writing import write_tables
    from comity.sources import read_letters
    from comity.sources.kinds import refuse_inside

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    out = out.absolute()
    try:
        refuse_inside(list(sources), out, "comity measure")
        check_ours(out, MARKER, "comity measure")
        own = _own_lexicon(sources, **chosen)
        choices = _read_choices(**chosen | own)
        if engine == "dask":
            click.echo(_spread(list(sources), out, form, everything, words, choices, scheduler, workers))
            _tell(own)
            return
        with console.status("Reading"):
            letters = read_letters(sources, form)
        _check_read(letters)
        with console.status(f"Measuring {len(letters.texts_of(everything)):,} texts"):
            measured = _measure(letters, everything, words, choices)
        replace_folder(out, MARKER, lambda folder: write_tables(folder, letters, measured))
    except CorpusError as error:
        raise click.ClickException(str(error))
    click.echo(summary(letters, measured, out))
    _tell(own)


def _spread(sources: list[Path], out: Path, form: str | None, everything: bool, words: tuple[str, ...], choices: dict, scheduler, workers) -> str:
    from comity.measure.spread.running import require_packages

    require_packages()
    from comity.measure.spread.kept import kept_beside
    from comity.measure.spread.letters import spread_letters
    from comity.measure.spread.parts import Choices

    try:
        return spread_letters(sources, out, form, everything, Choices(**choices, words=words), scheduler, workers)
    except KeyboardInterrupt as stopped:
        kept = kept_beside(out)
        raise click.ClickException(f"Stopped. What was measured is kept in {kept}, and the same command goes on from there.") from stopped


def _own_lexicon(sources: tuple[Path, ...], lexicon: Path | None, **_) -> dict[str, Path]:
    """The honorifics that lie beside the letters, where no others are named. Errors: CorpusError where several folders have some."""
    from comity.errors import CorpusError
    from comity.sources.incoming.filled import is_lexicon

    found = [path for source in sources if source.is_dir() and is_lexicon(path := source / HONORIFICS)]
    if lexicon is None and len(found) > 1:
        raise CorpusError(f"{' and '.join(map(str, found))} are two lexicons. Name the one to use (--lexicon FILE), or measure the folders one by one.")
    return {"lexicon": found[0]} if found and lexicon is None else {}


def _tell(own: dict[str, Path]) -> None:
    for path in own.values():
        click.echo(f"The honorifics of {path} were laid over ours.")


def _check_read(letters) -> None:
    """Raise CorpusError where no file could be read at all: the tables of an earlier run stay."""
    from comity.corpus.problems import shown
    from comity.errors import CorpusError

    rejected = letters.rejected
    if letters.read.empty and len(rejected) and rejected["record"].isna().all():
        first = "; ".join(f"{shown(row.file)}: {shown(row.reason)} {row.remedy}" for row in rejected.head(3).itertuples())
        raise CorpusError(f"Nothing can be read. {first}" + (f" And {len(rejected) - 3:,} more." if len(rejected) > 3 else ""))


def _read_choices(lexicon, tone, formulas, find, repeated) -> dict:
    """What `measure_texts` is told: the lexicons, the phrases to look for."""
    from comity.formulas import read_formulas
    from comity.honorifics import read_honorifics
    from comity.measure.phrases import read_phrases
    from comity.tone import read_tone

    return {
        "honorifics": read_honorifics(extra=lexicon), "tone": read_tone(extra=tone), "formulas": read_formulas(extra=formulas),
        "phrases": read_phrases(find) if find else (), "repeated": repeated,
    }  # fmt: skip


def _measure(letters, everything: bool, words: tuple[str, ...], choices: dict):
    from dataclasses import replace

    from comity.measure.counter import count_words
    from comity.measure.tables import measure_texts

    measured = measure_texts(letters.texts_of(everything), **choices)
    return replace(measured, counts=count_words(words, letters.texts_of(everything=True), choices["honorifics"]))


def summary(letters, measured, out: Path) -> str:
    """In = out, what was found, and what should be looked at."""
    counts = letters.counts.set_index("kind")["n"]
    archives = counts["others"] or (letters.texts["kind"] == "report").all()
    kinds = {"texts": "that report a message", "others": "other stories"} if archives else {"texts": "texts"}
    kinds |= {"duplicates": "duplicates", "rejected": "rejected"}
    parts = " + ".join(f"{counts[kind]:,} {name}" for kind, name in kinds.items())
    stories = "stories" if archives else "texts"
    return "\n".join([
        f"{counts['records']:,} records = {parts}.",
        f"{len(measured.versions):,} {stories} measured: {len(measured.messages):,} messages, {len(measured.mentions):,} forms of address, "
        f"{len(measured.tone):,} tone terms, {len(measured.formulas):,} formulas.",
        *_remarks(letters, measured),
        f"The tables are in {out}.",
    ])  # fmt: skip


def _remarks(letters, measured) -> list[str]:
    from comity.measure.remarks import Remarks, show_rejected

    remarks = Remarks()
    remarks.note(letters.texts)
    rejected = letters.rejected[["file", "reason", "remedy"]].head(1).itertuples(index=False)
    return [*remarks.lines(len(measured.versions), len(measured.messages)), *(show_rejected(*first, "rejected.csv") for first in rejected)]
