"""Tasks on the workers of a Dask cluster, or in this process: few at a time, so that memory is bounded, and again where a worker dies."""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from comity.errors import CorpusError

# So many tasks a worker wait or run: the next one's texts are at hand when one ends, and no more are in memory.
A_WORKER = 2
# So long is waited for an answer of a scheduler.
PATIENCE = "20s"


def require_packages() -> None:
    """Raise CorpusError where the extra is not installed."""
    try:
        import dask.dataframe
        import distributed
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise CorpusError(f'Measuring with dask needs a package that is not installed ({error.name}). Install it: pip install "comity[size]".') from error


class Runner:
    """Where tasks run: on the cluster whose scheduler has this address; else on so many processes of our own; one: in this process."""

    def __init__(self, scheduler: str | None, workers: int | None):
        require_packages()
        self.client = self.cluster = None
        if scheduler is None and workers == 1:
            return
        from distributed import Client, LocalCluster

        if scheduler is None:
            self.cluster = LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL)
        try:
            self.client = Client(self.cluster or scheduler, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CorpusError(f"No scheduler answers at {scheduler} ({error}). Start one with `dask scheduler`, and name the address that it says.") from error

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_) -> None:
        for each in filter(None, (self.client, self.cluster)):
            each.close()

    def length(self, table) -> int:
        """How many rows a table has, or a partition that is yet to be computed."""
        return self.client.submit(len, self.client.compute(table)).result() if hasattr(table, "dask") else len(table)

    def run(self, task: Callable, jobs: Iterable[tuple], in_pieces: Callable[[tuple], list[tuple]] | None = None) -> Iterator[Any]:
        """What a task gives for each job, as it comes. A job may hold Delayed partitions, as Dask has them.

        A job whose worker dies is done again by another; where several die of it, in pieces. Errors: that of the task.
        """
        if self.client is None:
            for job in jobs:
                yield task(*(each.compute(scheduler="synchronous") if hasattr(each, "dask") else each for each in job))
            return
        waiting: dict = {}
        try:
            yield from self._run(task, iter(jobs), in_pieces, waiting)
        finally:
            # Where somebody stops the run, or it fails, what waits is not begun, and our own workers end before their files are removed.
            self.client.cancel(list(waiting))
            if waiting and self.cluster:
                self.cluster.close()

    def _run(self, task: Callable, jobs: Iterator[tuple], in_pieces, waiting: dict) -> Iterator[Any]:
        from distributed import KilledWorker, as_completed

        running = as_completed(loop=self.client.loop)

        def start(some: Iterable[tuple]) -> None:
            for job in some:
                future = self.client.submit(task, *(self.client.compute(each) if hasattr(each, "dask") else each for each in job), pure=False)
                waiting[future] = job
                running.add(future)

        start(islice(jobs, A_WORKER * max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))))
        for future in running:
            job = waiting.pop(future)
            try:
                result = future.result()
            except KilledWorker:
                pieces = in_pieces(job) if in_pieces else []
                if not pieces:
                    raise
                start(pieces)
                continue
            future.release()
            start(islice(jobs, 1))
            yield result
