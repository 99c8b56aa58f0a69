"""The `measure` command: an archive in, tables out, and what became of every record."""

from __future__ import annotations

from pathlib import Path

import click

MARKER = ".comity-measure"
_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("source", metavar="ARCHIVE", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="The folder for the tables.")
@click.option("--lexicon", type=_FILE, help="A CSV file with honorifics of your own, over ours.")
@click.option("--tone", type=_FILE, help="A CSV file with tone terms of your own, over ours.")
@click.option("--formulas", type=_FILE, help="A CSV file with formulas of your own, over ours.")
@click.option("--repeated", is_flag=True, help="Find also the phrases that a sender repeats: repeated.csv.")
@click.option("--find", type=_FILE, help="A CSV file of phrases, or of claims, to look for: wordings.csv, sought.csv.")
@click.option("--all", "everything", is_flag=True, help="Measure also the stories that report no message.")
@click.option("--count", "words", multiple=True, help="A word to count in all stories, and whom it honours: counts.csv.")
def measure(source: Path, out: Path, everything: bool, words: tuple[str, ...], **chosen) -> None:
    """Measure the messages in the stories of ARCHIVE (JSON), and write the measurements as CSV tables.

    Written are messages.csv, versions.csv, mentions.csv (forms of address), tone.csv, formulas.csv, lengths.csv,
    token_counts.csv and rejected.csv. Measured are the stories whose headline announces a message. Of a story's text the
    tables hold its forms of address, its tone terms and formulas with at most a dozen words around them, and how often each
    word stands in it.
    """
    from rich.console import Console

    from comity.errors import CorpusError
    from comity.folders import check_ours, replace_folder
    from comity.measure.writing import write_tables
    from comity.sources import read_archive

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    out = out.absolute()
    try:
        check_ours(out, MARKER, "comity measure")
        choices = _read_choices(**chosen)
        with console.status(f"Reading {source.name}"):
            archive = read_archive(source)
        with console.status(f"Measuring {len(archive.texts_of(everything)):,} stories"):
            measured = _measure(archive, everything, words, choices)
        replace_folder(out, MARKER, lambda folder: write_tables(folder, source.name, archive, measured))
    except CorpusError as error:
        raise click.ClickException(str(error))
    click.echo(summary(archive, measured, out))


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


def _measure(archive, everything: bool, words: tuple[str, ...], choices: dict):
    from dataclasses import replace

    from comity.measure.counter import count_words
    from comity.measure.tables import measure_texts

    measured = measure_texts(archive.texts_of(everything), **choices)
    return replace(measured, counts=count_words(words, archive.texts_of(everything=True), choices["honorifics"]))


def summary(archive, measured, out: Path) -> str:
    """In = out, and what was found."""
    kinds = {"messages": "that report a message", "others": "other stories", "duplicates": "duplicates", "rejected": "rejected"}
    counts = archive.counts.set_index("kind")["n"]
    parts = " + ".join(f"{counts[kind]:,} {name}" for kind, name in kinds.items())
    return (
        f"{counts['records']:,} records = {parts}.\n"
        f"{len(measured.versions):,} stories measured: {len(measured.messages):,} messages, {len(measured.mentions):,} forms of address, "
        f"{len(measured.tone):,} tone terms, {len(measured.formulas):,} formulas.\n"
        f"The tables are in {out}."
    )
