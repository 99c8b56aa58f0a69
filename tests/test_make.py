"""The Makefile's set-up, tried with a stand-in for Python that only notes what it is asked to do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed")

# Answers as an interpreter that fits; `-m venv` copies it into the new environment; `-m pip` fails while a file
# named `broken` stands beside the Makefile. With a file named `no-ensurepip` there, an environment is made only without
# pip, and has none.
PYTHON = """#!/bin/sh
case "$1 $2" in
  "-c "*) exit 0 ;;
  "-m venv")
    if [ "$3" = --without-pip ]; then shift; elif [ -e no-ensurepip ]; then exit 1; fi
    mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo venv >> log ;;
  "-m pip")
    if [ "$3" = --version ]; then [ ! -e no-ensurepip ]; exit $?; fi
    [ ! -e broken ] && echo "$@" >> log ;;
  *) exit 3 ;;
esac
"""


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A folder with a space in its name, the Makefile, and the files that its rules look at."""
    folder = tmp_path / "a check out"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements.lock").touch()
    (folder / "pyproject.toml").touch()
    return folder


@pytest.fixture
def programs(tmp_path) -> Path:
    """A folder with the few system programs that set-up uses, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "rm", "touch", "mkdir", "cp", "cat", "find", "echo"):
        (folder / name).symlink_to(shutil.which(name))
    return folder


def write_program(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def make(folder: Path, programs: Path, *words: str) -> subprocess.CompletedProcess:
    environment = {"PATH": str(programs), "HOME": str(folder)}
    return subprocess.run([MAKE, *words], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")


def log(folder: Path) -> list[str]:
    """What was asked of Python since the last look."""
    path = folder / "log"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    names = {"--require-hashes": "the packages", "--editable": "comity"}
    return [next((name for flag, name in names.items() if flag in line), line) for line in lines]


FROM_NOTHING = ["venv", "the packages", "comity"]


def test_a_python_without_ensurepip_installs_with_its_own_pip(checkout, programs):
    write_program(programs / "python3.12", PYTHON)
    (checkout / "no-ensurepip").touch()
    done = make(checkout, programs, "setup")
    assert done.returncode == 0, done.stderr
    venv, packages, comity = (checkout / "log").read_text(encoding="utf-8").splitlines()
    assert "--python .venv/bin/python install" in packages and "--require-hashes" in packages
    assert "--python" not in comity


def set_up(checkout: Path, programs: Path) -> list[str]:
    done = make(checkout, programs, "setup")
    assert done.returncode == 0, done.stderr
    return log(checkout)


def test_setup_is_done_once(checkout, programs):
    write_program(programs / "python3.12", PYTHON)
    assert set_up(checkout, programs) == FROM_NOTHING
    assert set_up(checkout, programs) == []


def test_an_interrupted_setup_is_done_again(checkout, programs):
    write_program(programs / "python3.12", PYTHON)
    (checkout / "broken").touch()
    assert make(checkout, programs, "setup").returncode != 0
    log(checkout)
    (checkout / "broken").unlink()
    assert set_up(checkout, programs) == FROM_NOTHING


@pytest.mark.parametrize(
    ("name", "again"), [("requirements.lock", FROM_NOTHING), ("pyproject.toml", FROM_NOTHING[2:]), ("log", [])]
)
def test_what_changed_is_done_again(checkout, programs, name, again):
    write_program(programs / "python3.12", PYTHON)
    set_up(checkout, programs)
    ready = (checkout / ".venv/ready").stat().st_mtime
    (checkout / name).touch()
    os.utime(checkout / name, (ready + 5, ready + 5))
    assert set_up(checkout, programs) == again


def test_a_folder_that_was_moved_is_set_up_again(checkout, programs):
    write_program(programs / "python3.12", PYTHON)
    set_up(checkout, programs)
    moved = checkout.rename(checkout.with_name("elsewhere"))
    assert set_up(moved, programs) == FROM_NOTHING
    assert set_up(moved, programs) == []


def test_a_name_on_the_path_that_does_not_run_is_passed_over(checkout, programs):
    write_program(programs / "python3.13", "#!/bin/sh\nexit 127\n")
    write_program(programs / "python3", PYTHON)
    assert set_up(checkout, programs) == FROM_NOTHING


def test_no_python_that_fits_is_said_plainly(checkout, programs):
    write_program(programs / "python3", "#!/bin/sh\nexit 1\n")
    done = make(checkout, programs, "setup")
    assert done.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert "PYTHON=" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_named_python_is_the_only_one_tried(checkout, programs, tmp_path):
    write_program(programs / "python3.12", PYTHON)
    refused = make(checkout, programs, "setup", f"PYTHON={tmp_path}/not here")
    assert refused.returncode != 0
    assert "not here" in refused.stderr
    named = write_program(tmp_path / "my python", PYTHON)
    (programs / "python3.12").unlink()
    assert make(checkout, programs, "setup", f"PYTHON={named}").returncode == 0


def test_clean_removes_what_was_made_and_nothing_else(checkout, programs):
    write_program(programs / "python3.12", PYTHON)
    set_up(checkout, programs)
    kept = {"Makefile", "requirements.lock", "pyproject.toml", "src", "src/letters.csv"}
    for name in ("reports/index.html", "src/__pycache__/a.pyc", ".pytest_cache/a", ".hypothesis/a", "src/letters.csv"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).touch()
    assert make(checkout, programs, "clean").returncode == 0
    assert {str(path.relative_to(checkout)) for path in checkout.rglob("*")} == kept


def test_every_target_is_explained(checkout, programs):
    said = make(checkout, programs).stdout
    assert [name for name in ("setup", "report", "test", "lab", "clean", "lock") if f"make {name} " not in said] == []
