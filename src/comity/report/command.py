"""The `report` command: progress while it works, and at the end where the pages are or what must be put right."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data folder, or a folder of your own letters (otherwise $COMITY_DATA, data or ../data).")
@click.option("--out", type=click.Path(path_type=Path), default="reports", show_default=True, help="Where the pages go.")
@click.option("--notebooks", type=click.Path(path_type=Path), default="notebooks", show_default=True,
              help="The folder of notebooks (where there is none of this name: comity's own).")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Notebooks run at the same time.")
@click.option("--timeout", type=click.IntRange(1), default=300, show_default=True, help="Seconds that a cell may take.")
@click.option("--debug", is_flag=True, help="Show the traceback of each error.")
def report(data: Path | None, out: Path, notebooks: Path, jobs: int, timeout: int, debug: bool) -> None:
    """Run the notebooks and write the HTML pages.

    Of a folder of your own letters one page is made, by your-letters.ipynb; `comity init FOLDER` writes a table for what the letters do
    not say.

    The exit status is 1, and the old pages stay as they are, where a notebook says something that is no longer true.
    """
    from comity.corpus.unseen import spell_out
    from comity.errors import CorpusError
    from comity.report.build import build_report
    from comity.report.failures import report_failures

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a polite kill cleans up as Ctrl-C does
    try:
        with _progress() as on_done:
            built = build_report(notebooks, out, data, jobs, timeout, on_done)
    except CorpusError as error:
        raise click.ClickException(str(error))
    if built.failures:
        click.echo(spell_out(report_failures(list(built.failures), debug)), err=True)
        raise SystemExit(1)
    click.echo(f"{len(built.files)} pages in {built.folder}. Open {built.folder / 'index.html'}.")


class _progress:
    """A bar in a terminal; elsewhere a line a page."""

    def __enter__(self):
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.console = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        self.bar = Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal)
        self.bar.start()
        self.task = self.bar.add_task("Running the notebooks", total=None)
        return self.step

    def step(self, run, done: int, total: int) -> None:
        self.bar.update(self.task, completed=done, total=total)
        if not self.console.is_terminal:
            result = "done" if not run.failures else "FAILED"
            click.echo(f"{done} of {total}: {run.path.name} {result} ({run.seconds:.1f} s)", err=True)

    def __exit__(self, *_) -> None:
        self.bar.stop()
