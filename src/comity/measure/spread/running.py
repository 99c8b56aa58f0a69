"""Tasks on the workers of a Dask cluster, or in this process: few at a time, so that memory is bounded, and again where a worker dies."""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

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
        raise CorpusError(f'Measuring with dask needs a package that is not installed ({error.name}). In the folder of comity: pip install -e ".[size]".') from error


class Rescue(NamedTuple):
    """What becomes of a job of which workers died: its ``pieces``, none where it has none. Whoever waits at a worker that dies is suspected with
    the culprit; so what has no pieces is done once more with nothing beside it, and another job ``instead`` only where workers die of it then."""

    pieces: Callable[[tuple], list[tuple]]
    instead: Callable[[tuple], tuple]


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

    def run(self, task: Callable, jobs: Iterable[tuple], rescue: Rescue | None = None) -> Iterator[Any]:
        """What a task gives for each job, as it comes. A job may hold Delayed partitions, as Dask has them.

        A job whose worker dies is done again by another; where several die of it, it is rescued. Errors: that of the task.
        """
        if self.client is None:
            for job in jobs:
                yield task(*(each.compute(scheduler="synchronous") if hasattr(each, "dask") else each for each in job))
            return
        waiting: dict = {}

        def submit(job: tuple):
            future = self.client.submit(task, *(self.client.compute(each) if hasattr(each, "dask") else each for each in job), pure=False)
            waiting[future] = job
            return future

        suspects: list[tuple] = []
        try:
            yield from self._run_all(submit, iter(jobs), waiting, rescue, suspects)
            yield from _run_alone(submit, suspects, waiting, rescue)
        finally:
            # Where somebody stops the run, or it fails, what waits is not begun, and our own workers end before their files are removed.
            self.client.cancel(list(waiting))
            if waiting and self.cluster:
                self.cluster.close()

    def _run_all(self, submit: Callable, jobs: Iterator[tuple], waiting: dict, rescue: Rescue | None, suspects: list[tuple]) -> Iterator[Any]:
        """All jobs but those that have no pieces, and of which workers seem to die: these are added to the suspects."""
        from distributed import KilledWorker, as_completed

        at_once = A_WORKER * max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))
        running = as_completed(map(submit, islice(jobs, at_once)), loop=self.client.loop)
        for future in running:
            job = waiting.pop(future)
            try:
                result = future.result()
            except KilledWorker:
                if rescue is None:
                    raise
                pieces = rescue.pieces(job)
                suspects += [] if pieces else [job]
                running.update(map(submit, pieces or islice(jobs, 1)))
                continue
            future.release()
            running.update(map(submit, islice(jobs, 1)))
            yield result


def _run_alone(submit: Callable, suspects: Iterable[tuple], waiting: dict, rescue: Rescue | None) -> Iterator[Any]:
    """The suspects one after the other, with nothing beside: of whom workers die now, it is the culprit."""
    from distributed import KilledWorker

    for job in suspects:
        future = submit(job)
        try:
            result = future.result()
        except KilledWorker:
            del waiting[future]
            future = submit(rescue.instead(job))
            result = future.result()
        del waiting[future]
        yield result
