"""Running notebooks: each in a fresh kernel, a few at a time, the same surroundings every time."""

from __future__ import annotations

import importlib
import importlib.util
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from comity.report.failures import Failure, of_error, of_stderr, place

CELL_SECONDS = 300
# The shortest limit of any system, macOS's, for the name of a socket.
LONGEST_SOCKET = 103


@dataclass(frozen=True)
class Run:
    """One executed notebook: its cells with their outputs, or what failed, and how long it took."""

    path: Path
    notebook: nbformat.NotebookNode | None
    failures: tuple[Failure, ...]
    seconds: float


def execute_all(paths: list[Path], data: Path, jobs: int = 2, cell_seconds: int = CELL_SECONDS, letters: bool = False) -> Iterator[Run]:
    """Run the notebooks, `jobs` at a time, each in a kernel of its own; give each one back when it is done."""
    _warm_up()
    with TemporaryDirectory(prefix="comity-") as scratch, ThreadPoolExecutor(jobs) as pool:
        kernels = {path: _kernel(Path(mkdtemp(dir=scratch))) for path in paths}
        surroundings = _surroundings(data, Path(scratch), letters)
        # The last ones first: they ask the most, and should not be waited for at the end.
        waiting = [pool.submit(execute, path, kernels[path], surroundings, cell_seconds) for path in reversed(paths)]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:  # interrupted: nobody waits for the kernels that still run
            pool.shutdown(wait=False, cancel_futures=True)
            for kernel in kernels.values():
                if kernel.has_kernel:
                    kernel.provisioner.process.kill()
            raise


def execute(path: Path, kernel: AsyncKernelManager, surroundings: dict[str, str], cell_seconds: int = CELL_SECONDS) -> Run:
    """Run one notebook from top to bottom; stop at its first failing cell."""
    started = time.perf_counter()
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises a dozen kinds
        message = f"This is not a notebook that Jupyter could open: {error}"
        return Run(path, None, (Failure(path.name, "", message),), 0.0)
    _clear(notebook)
    client = NotebookClient(notebook, km=kernel, timeout=cell_seconds, startup_timeout=120, record_timing=False,
                            resources={"metadata": {"path": str(path.parent)}})
    client.owns_km = True  # so that the kernel ends with the notebook
    failures = tuple(_run_cells(path.name, client, os.environ | surroundings))
    # A widget's state needs a script from elsewhere to be seen, and differs from run to run.
    notebook.metadata.pop("widgets", None)
    return Run(path, notebook, failures, time.perf_counter() - started)


def _run_cells(name: str, client: NotebookClient, environment: dict[str, str]) -> list[Failure]:
    notebook = client.nb
    try:
        client.execute(env=environment)
    except CellExecutionError:
        pass  # the error stands in the outputs of its cell
    except CellTimeoutError:
        return [Failure(name, place(notebook, _last_started(notebook)), f"The cell ran for longer than {client.timeout} "
                        "seconds and was stopped. Make it do less, or allow more time (comity report --timeout SECONDS).")]
    except DeadKernelError:
        return [Failure(name, place(notebook, _last_started(notebook)), "Python itself stopped while the cell ran. Often "
                        "the machine was out of memory: close other programs, or run one notebook at a time "
                        "(comity report --jobs 1).")]
    return _found(name, notebook)


def _kernel(folder: Path) -> AsyncKernelManager:
    """The kernel of this very environment, whatever kernel a notebook names or the machine has installed."""
    kernel = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]), kernel_name="python3",
                                connection_file=str(folder / "kernel.json"))
    # Sockets in a private folder: no port is opened, and it works where there is no network. The system allows short names only.
    if os.name == "posix" and len(os.fsencode(folder / "k-5")) <= LONGEST_SOCKET:
        kernel.transport, kernel.ip = "ipc", str(folder / "k")
    return kernel


def _found(name: str, notebook) -> list[Failure]:
    """Errors and warnings in the outputs; an error may stand there although the kernel went on."""
    failures = []
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                failures.append(of_error(name, notebook, index, output))
            elif output.output_type == "stream" and output.name == "stderr":
                failures.append(of_stderr(name, notebook, index, output.text))
    return failures


def _last_started(notebook) -> int:
    return max((i for i, cell in enumerate(notebook.cells) if cell.get("execution_count")), default=0)


def _clear(notebook) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def _surroundings(data: Path, scratch: Path, letters: bool) -> dict[str, str]:
    """What may make two runs differ, held still: hash seed, time zone, plot settings, the user's startup files."""
    plots = Path(importlib.util.find_spec("matplotlib").origin).parent / "mpl-data" / "matplotlibrc"
    return {
        "COMITY_DATA": str(data),
        # What is run is read on a page: where JupyterLab would have widgets, only what stands in their place is made.
        "COMITY_PAGES": "yes",
        # Where the folder holds letters and no record, the notebook for letters reads these.
        "COMITY_LETTERS": str(data) if letters else "",
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
        # No figure is drawn by itself at the end of a cell: only `show` draws.
        "MPLBACKEND": "agg",
        "MATPLOTLIBRC": str(plots),
        "IPYTHONDIR": os.environ.get("IPYTHONDIR", str(scratch / "ipython")),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _warm_up() -> None:
    """On a new machine matplotlib lists the fonts, and warns when that is slow: done here, no notebook sees it."""
    importlib.import_module("matplotlib.font_manager")
