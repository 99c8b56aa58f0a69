"""Killed at whatever moment, a measurement or a report leaves its folder whole: with what was in it before, or with what it made."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from comity import CorpusError, read_measurements
from comity.folders import beside, check_ours, read_settled, replace_folder, replacing
from comity.report.build import MARKER as OF_PAGES

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "data" / "example-letters"
MARKER = ".comity-measure"
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

# A process that has imported everything and read the lexicons, and forks a child, the leader of a group of its own, for each line that it
# is given: a run takes parts of a second then, and a kill at a random moment meets the run and not what is before it.
NURSERY = """
import json, os, signal, sys
from pathlib import Path

from comity.folders import check_ours, replace_folder, replacing

STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir")


def fold(out, word, fatal, two_steps):
    def write(folder):
        for name in ("a.txt", "b.txt"):
            (folder / name).write_text(word)
        return ["a.txt", "b.txt"]

    def count(event, arguments):
        if event in STEPS:
            count.seen += 1
            if count.seen == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    count.seen = 0
    if two_steps:
        replacing.exchange = lambda *_: False
    sys.addaudithook(count)
    check_ours(Path(out), ".mark", "comity")
    replace_folder(Path(out), ".mark", write)


def measure(*arguments):
    from comity.measure.command import measure
    measure(arguments)


def report(*arguments):
    from comity.report.command import report
    report(arguments)


if sys.argv[1] == "report":
    import comity.report.build, comity.report.command, matplotlib.font_manager
if sys.argv[1] == "measure":
    from comity.measure.command import measure as run
    said, _ = os.dup(1), os.dup2(2, 1)
    run(sys.argv[2:], standalone_mode=False)
    os.dup2(said, 1)
for line in sys.stdin:
    job, *arguments = json.loads(line)
    child = os.fork()
    if not child:
        os.setsid()
        print(os.getpid(), flush=True)
        os.dup2(2, 1)
        try:
            globals()[job](*arguments)
        except SystemExit as end:
            os._exit(end.code or 0)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(99)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Nursery:
    """Runs of comity in processes that may be killed."""

    def __init__(self, scratch, *warm):
        scratch.mkdir()
        self.log = scratch / "log.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, "-c", NURSERY, *warm], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                                            env=os.environ | {"TMPDIR": str(scratch), "PYTHONHASHSEED": "0"})  # fmt: skip

    def run(self, *job, after=None):
        """How a run ended; with `after`, killed, it and its whole group, when so many seconds have gone."""
        print(json.dumps(job), file=self.process.stdin, flush=True)
        pid = int(self.process.stdout.readline())
        if after is not None:
            time.sleep(after)
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(pid, signal.SIGKILL)
        ended = int(self.process.stdout.readline())
        assert ended in (0, -signal.SIGKILL), self.log.read_text()
        return ended

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(30)


@pytest.fixture
def nursery(tmp_path):
    started = []

    def start(*warm):
        started.append(Nursery(tmp_path / "scratch", *warm))
        return started[0]

    yield start
    for each in started:
        each.close()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else None


def beside_it(out):
    return sorted(path.name for path in out.parent.iterdir() if path != out)


def timed(run, *job):
    started = time.perf_counter()
    assert run(*job) == 0
    return time.perf_counter() - started


def spread(seconds, number):
    """So many moments over all of a run and a little beyond; whoever wants the same again sets the seed that is printed."""
    seed = os.environ.get("COMITY_KILLED_SEED") or str(time.time_ns())
    print(f"COMITY_KILLED_SEED={seed}")
    chance = random.Random(seed)
    moments = [1.05 * seconds * (part + chance.random()) / number for part in range(number)]
    return chance.sample(moments, number)


# Every step of a swap


@pytest.mark.parametrize("two_steps", [False, True], ids=["one step", "two steps"])
@pytest.mark.parametrize("old", ["old", None], ids=["over an old one", "the first"])
def test_killed_before_each_step_that_touches_the_disk(tmp_path, nursery, old, two_steps):
    started, out, seen, missing = nursery("fold"), tmp_path / "runs" / "out", [], 0
    new = {"a.txt": b"new", "b.txt": b"new", ".mark": b"a.txt\nb.txt\n"}
    whole = {None: None, "old": {"a.txt": b"old", "b.txt": b"old", ".mark": b"a.txt\nb.txt\n"}, "new": new}
    for fatal in range(1, 200):
        if old and contents(out) != whole["old"]:
            assert started.run("fold", str(out), "old", 0, False) == 0
        elif out.exists() and not old:
            for path in [*out.iterdir()]:
                path.unlink()
            out.rmdir()
        ended = started.run("fold", str(out), "new", fatal, two_steps)
        missing += bool(old) and not out.exists()
        check_ours(out, ".mark", "comity")
        seen.append(contents(out))
        assert seen[-1] in (whole[old], new), fatal
        assert not out.parent.exists() or beside_it(out) == [], fatal
        if ended == 0:
            break
    assert ended == 0 and seen[-1] == new and seen[0] == whole[old] and len(seen) > 10
    assert seen.index(new) < len(seen) - 1, "no kill after the swap"
    assert missing == (1 if two_steps and old else 0)


def test_a_reader_puts_right_what_was_killed_between_the_two_steps(tmp_path, nursery):
    started, out = nursery("fold"), tmp_path / "runs" / "out"
    for fatal in range(1, 200):
        assert started.run("fold", str(out), "old", 0, False) == 0
        assert started.run("fold", str(out), "new", fatal, True), "the gap is never met"
        if not out.exists():
            break
    assert read_settled(out, lambda folder: (folder / "a.txt").read_text()) == "old"


def test_a_reader_never_mixes_two_runs(tmp_path):
    out, words = tmp_path / "out", iter("bc")

    def write(word):
        return lambda folder: [(folder / name).write_text(word) and name for name in ("one", "two")]

    def read(folder):
        one = (folder / "one").read_text()
        if word := next(words, ""):
            replace_folder(out, MARKER, write(word))
        return one + (folder / "two").read_text()

    replace_folder(out, MARKER, write("a"))
    assert read_settled(out, read) == "cc"
    with pytest.raises(FileNotFoundError):
        read_settled(tmp_path / "none", read)


# What else may stand beside a folder, or in it


def test_a_run_that_still_works_is_left_alone(tmp_path):
    out = tmp_path / "out"
    with beside.open_beside(out) as folder:
        (folder / "new").mkdir()
        check_ours(out, MARKER, "comity measure")
        assert (folder / "new").is_dir()
    assert beside_it(out) == []


def test_what_is_not_ours_is_left_alone(tmp_path):
    for name in (".out.comity-abcdefgh/mine", ".out.comity-x.comity-abcdefgh/new/a", ".outcomity-abcdefgh/new", ".out.comity-abc/new"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / ".out.comity-abcdefgi").symlink_to(tmp_path / ".outcomity-abcdefgh")
    before = sorted(tmp_path.rglob("*"))
    check_ours(tmp_path / "out", MARKER, "comity measure")
    assert sorted(tmp_path.rglob("*")) == before


def test_what_somebody_puts_there_during_the_run_stays(tmp_path):
    out = tmp_path / "out"
    replace_folder(out, MARKER, lambda folder: [])

    def write(folder):
        (out / "mine.txt").write_text("mine")
        return []

    with pytest.raises(CorpusError, match="mine.txt"):
        replace_folder(out, MARKER, write)
    assert sorted(path.name for path in out.iterdir()) == [MARKER, "mine.txt"] and beside_it(out) == []


def test_a_link_to_the_folder_stays_a_link(tmp_path):
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "out").symlink_to(tmp_path / "far" / "away")
    replace_folder(tmp_path / "out", MARKER, lambda folder: [])
    assert (tmp_path / "out").is_symlink() and (tmp_path / "far" / "away" / MARKER).is_file()


@pytest.mark.parametrize("number", [28, 30, 16])
def test_what_the_disk_refuses_is_said_and_the_old_folder_stays(tmp_path, monkeypatch, number):
    out = tmp_path / "out"
    replace_folder(out, MARKER, lambda folder: [])

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(replacing, "_swap", refuse)
    with pytest.raises(CorpusError, match="out cannot be written .*name another folder"):
        replace_folder(out, MARKER, lambda folder: [])
    assert (out / MARKER).is_file() and beside_it(out) == []


def test_where_nothing_can_be_locked_all_else_holds(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(95, "not supported")

    monkeypatch.setattr(beside.fcntl, "flock", refuse)
    replace_folder(tmp_path / "out", MARKER, lambda folder: [])
    check_ours(tmp_path / "out", MARKER, "comity measure")
    assert (tmp_path / "out" / MARKER).is_file() and beside_it(tmp_path / "out") == []


# At random


@pytest.mark.slow
def test_a_measurement_killed_at_random(tmp_path, nursery):
    started, out = nursery("measure", str(EXAMPLES / "edo"), "--out", str(tmp_path / "warm")), tmp_path / "runs" / "out"
    sources = [EXAMPLES / "edo", EXAMPLES]
    times, whole = [], []
    for source in sources:
        times.append(timed(started.run, "measure", str(source), "--out", str(out)))
        whole.append(contents(out))
    assert whole[0] != whole[1]
    # The shorter of two: on a busy machine the times differ, and most kills are to meet a run that still works.
    seconds, ends = min(times), []
    # As many once more over the end of a run, when it writes.
    for number, moment in enumerate([*spread(seconds, 10), *(0.7 * seconds + part / 3 for part in spread(seconds, 10))]):
        stands = whole.index(contents(out))
        job = ("measure", str(sources[1 - stands]), "--out", str(out))
        killed = started.run(*job, after=moment) != 0
        assert contents(out) in whole and MARKER in contents(out)
        read_measurements(out)
        ends.append(("killed" if killed else "done") + (", new" if contents(out) != whole[stands] else ", old"))
        if number % 7 == 6:
            assert started.run("measure", str(sources[stands]), "--out", str(out)) == 0
            assert contents(out) == whole[stands] and beside_it(out) == []
    print(Counter(ends))
    assert ends.count("killed, old") >= 3


@pytest.mark.slow
def test_a_report_killed_at_random(tmp_path, nursery):
    started, out, notebooks = nursery("report"), tmp_path / "runs" / "pages", tmp_path / "notebooks"
    notebooks.mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "versions.csv").write_text("version_id,date_published\nv1,2024-10-06\n")
    job = ("report", "--data", str(tmp_path / "data"), "--notebooks", str(notebooks), "--out", str(out))
    whole = []
    for word in ("first", "second"):
        write_notebook(notebooks / "01-a.ipynb", word)
        seconds = timed(started.run, *job)
        whole.append(contents(out))
    assert whole[0] != whole[1] and {OF_PAGES, "01-a.html", "index.html"} <= set(whole[0])
    for moment in spread(seconds, 4):
        stands = whole.index(contents(out))
        write_notebook(notebooks / "01-a.ipynb", ("first", "second")[1 - stands])
        started.run(*job, after=moment)
        assert contents(out) in whole
    write_notebook(notebooks / "01-a.ipynb", "first")
    assert started.run(*job) == 0 and contents(out) == whole[0] and beside_it(out) == []
    assert ended(str(tmp_path / "scratch")), "a kernel outlives its report"


def write_notebook(path, word):
    cells = [{"id": "a", "cell_type": "markdown", "metadata": {}, "source": f"# Is this the {word}?"}]
    cells += [{"id": "b", "cell_type": "code", "metadata": {}, "source": "1 + 1", "outputs": [], "execution_count": None}]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))


def ended(place, seconds=20):
    """Do the processes end that were started for a scratch folder? Each names it in its arguments."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        running = [path for path in Path("/proc").glob("[0-9]*/cmdline") if place in _arguments(path)]
        if not running:
            return True
        time.sleep(0.2)
    return False


def _arguments(path):
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
