"""The `measure` command: an archive in, tables out, and what became of every record."""

from __future__ import annotations

from pathlib import Path

import click

MARKER = ".comity-measure"


@click.command()
@click.argument("source", metavar="ARCHIVE", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder for the tables.")
@click.option("--lexicon", type=click.Path(path_type=Path), help="A CSV file with honorifics of your own, over ours.")
@click.option("--tone", type=click.Path(path_type=Path), help="A CSV file with tone terms of your own, over ours.")
@click.option("--find", type=click.Path(path_type=Path), help="A CSV file of phrases, or of claims, to look for: wordings.csv.")
@click.option("--all", "everything", is_flag=True, help="Measure also the stories that report no message.")
@click.option("--count", "words", multiple=True, help="A word to count in all stories, and whom it honours: counts.csv.")
def measure(
    source: Path, out: Path, lexicon: Path | None, tone: Path | None, find: Path | None, everything: bool, words: tuple[str, ...]
) -> None:
    """Measure the messages in the stories of ARCHIVE (JSON), and write the measurements as CSV tables.

    Written are messages.csv, versions.csv, mentions.csv (forms of address), tone.csv, lengths.csv, token_counts.csv and
    rejected.csv. Measured are the stories whose headline announces a message. Of a story's text the tables hold its forms
    of address, its tone terms with at most a dozen words around them, and how often each word stands in it.
    """
    from dataclasses import replace

    from rich.console import Console

    from comity.errors import CorpusError
    from comity.folders import check_ours, replace_folder
    from comity.honorifics import read_honorifics
    from comity.measure.counter import count_words
    from comity.measure.phrases import read_phrases
    from comity.measure.tables import measure_texts
    from comity.measure.writing import write_tables
    from comity.sources import read_archive
    from comity.tone import read_tone

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    out = out.absolute()
    try:
        check_ours(out, MARKER, "comity measure")
        honorifics, terms = read_honorifics(extra=lexicon), read_tone(extra=tone)
        phrases = read_phrases(find) if find else ()
        with console.status(f"Reading {source.name}"):
            archive = read_archive(source)
        texts = archive.texts_of(everything)
        with console.status(f"Measuring {len(texts):,} stories"):
            measured = measure_texts(texts, honorifics, terms, phrases)
            measured = replace(measured, counts=count_words(words, archive.texts_of(everything=True), honorifics))
        replace_folder(out, MARKER, lambda folder: write_tables(folder, source.name, archive, measured))
    except CorpusError as error:
        raise click.ClickException(str(error))
    click.echo(summary(archive, measured, out))


def summary(archive, measured, out: Path) -> str:
    """In = out, and what was found."""
    kinds = {"messages": "that report a message", "others": "other stories", "duplicates": "duplicates", "rejected": "rejected"}
    counts = archive.counts.set_index("kind")["n"]
    parts = " + ".join(f"{counts[kind]:,} {name}" for kind, name in kinds.items())
    return (
        f"{counts['records']:,} records = {parts}.\n"
        f"{len(measured.versions):,} stories measured: {len(measured.messages):,} messages, {len(measured.mentions):,} forms of address, "
        f"{len(measured.tone):,} tone terms.\n"
        f"The tables are in {out}."
    )
