"""pyproject.toml is the one list of dependencies: environment.yml repeats it, requirements.lock pins it."""

import csv
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from rattler import MatchSpec
from rattler.exceptions import InvalidMatchSpecError

ROOT = Path(__file__).parent.parent
PYTHONS = ["3.11", "3.12", "3.13"]
# The platforms a reader may have: (sys_platform, os_name, platform_system).
PLATFORMS = [("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows")]


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def wanted() -> list[Requirement]:
    """Everything that the lock must pin: what comity needs, what its tests need, what builds it."""
    project = pyproject()["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["test"] + pyproject()["build-system"]["requires"]
    return [Requirement(line) for line in lines]


def conda() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def conda_lines() -> list[str]:
    return [line for line in conda()["dependencies"] if isinstance(line, str)]


def conda_bounds() -> dict[str, SpecifierSet]:
    pairs = (line.partition(" ") for line in conda_lines())
    return {name: SpecifierSet(bounds) for name, _, bounds in pairs}


def pypi_equivalents() -> list[Requirement]:
    """The packages of environment.yml under the names of the Python Package Index, python and pip left out."""
    with open(ROOT / "tests/cases/conda_names.csv", encoding="utf-8", newline="") as file:
        names = {row["conda"]: row["pypi"] for row in csv.DictReader(file)}
    assert set(names) <= set(conda_bounds()), "conda_names.csv translates a name that environment.yml no longer has"
    others = {name: bounds for name, bounds in conda_bounds().items() if name not in ("python", "pip")}
    return [Requirement(f"{names.get(name, name)}{bounds}") for name, bounds in others.items()] + [Requirement(line) for line in from_pip()[:-1]]


def from_pip() -> list[str]:
    """What conda leaves to pip: what conda-forge does not have, and last this folder."""
    (rest,) = (line for line in conda()["dependencies"] if not isinstance(line, str))
    return rest["pip"]


def by_name(requirements: list[Requirement]) -> dict[str, tuple]:
    return {canonicalize_name(r.name): (r.specifier, frozenset(r.extras)) for r in requirements}


def test_environment_has_the_bounds_of_pyproject_and_nothing_else():
    dependencies = [Requirement(line) for line in pyproject()["project"]["dependencies"]]
    assert by_name(pypi_equivalents()) == by_name(dependencies)
    assert conda_bounds()["python"] == SpecifierSet(pyproject()["project"]["requires-python"])
    assert conda_bounds()["pip"] == SpecifierSet()


def test_environment_takes_conda_forge_alone_and_this_folder():
    assert conda()["channels"] == ["conda-forge", "nodefaults"]
    assert [list(line) for line in conda()["dependencies"] if not isinstance(line, str)] == [["pip"]] and from_pip()[-1] == "-e ."
    assert conda()["name"] == pyproject()["project"]["name"]


@pytest.mark.parametrize("line", conda_lines())
def test_each_line_is_a_strict_match_specification(line):
    MatchSpec(line, strict=True)


@pytest.mark.parametrize("line", ["pandas >=2 <<3", "pandas >=3.0,<", "pandas => 3 < 4"])
def test_the_strict_check_can_fail(line):
    with pytest.raises(InvalidMatchSpecError):
        MatchSpec(line, strict=True)


PIN = re.compile(r"^(?P<requirement>[\w.-]+==[^\\]+?) \\\n(?P<hashes>(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)


def lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def pins() -> list[Requirement]:
    return [Requirement(match["requirement"]) for match in PIN.finditer(lock())]


def test_every_line_of_the_lock_is_a_hashed_pin_or_a_comment():
    left_over = PIN.sub("", lock())
    assert [line for line in left_over.splitlines() if not line.lstrip().startswith("#")] == []
    assert len(pins()) > 100


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform[0])
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_pyproject(python, platform):
    keys = dict(zip(("sys_platform", "os_name", "platform_system"), platform, strict=True))
    here = {"python_version": python, "python_full_version": f"{python}.9", "implementation_name": "cpython", **keys}
    chosen = [pin for pin in pins() if pin.marker is None or pin.marker.evaluate(here)]
    versions = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in chosen}
    assert len(versions) == len(chosen), "a package is pinned twice for one Python"
    pinned = {str(r): versions.get(canonicalize_name(r.name)) for r in wanted()}
    missing = [line for line, version in pinned.items() if version is None or version not in Requirement(line).specifier]
    assert missing == [], "pyproject.toml asks for these and the lock does not have them: run `make lock`"


@pytest.mark.parametrize("trace", ["://", "/opt", "/tmp", "--index", "--extra-index", "--find-links", "--trusted", "file:"])
def test_the_lock_names_no_registry_and_no_place_on_a_machine(trace):
    assert trace not in lock()


def test_the_lock_says_how_it_is_made():
    assert "make lock" in lock()[:200]
    assert re.search(r"^lock:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


class Unreachable(Exception):
    """No answer from a package registry: says nothing about whether the packages go together."""


NO_ANSWER = re.compile(
    "dns error|error sending request|failed to fetch|connection refused|connect error|timed out|unreachable", re.I
)


def resolve(requirements: list[str], python: str, cache: Path, *options: str) -> str:
    """Pins for the requirements; raises Unreachable where no registry answers, ValueError where they do not fit."""
    places = {"UV_CACHE_DIR": str(cache), "UV_PYTHON_INSTALL_DIR": str(cache / "python")}
    environment = {**places, "UV_HTTP_RETRIES": "1", **os.environ}
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--python-version", python, "--quiet", *options]
    done = subprocess.run(
        command, input="\n".join(requirements), env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    # uv ends with 1 when it has an answer and the answer is no, with 2 when it could not work.
    if done.returncode == 2 and NO_ANSWER.search(done.stderr):
        raise Unreachable(done.stderr.strip().splitlines()[-1].strip())
    if done.returncode != 0:
        raise ValueError(done.stderr)
    return done.stdout


@pytest.mark.network
@pytest.mark.parametrize("python", PYTHONS)
def test_the_environment_resolves(python, tmp_path):
    requirements = pypi_equivalents()
    try:
        answer = resolve([str(r) for r in requirements], python, tmp_path)
    except Unreachable as error:
        pytest.skip(f"no package registry answers, so nothing was resolved: {error}")
    lines = [line.partition(" ")[0] for line in answer.splitlines() if "==" in line]
    found = by_name([Requirement(line) for line in lines])
    assert set(by_name(requirements)) <= set(found)


def test_a_registry_that_does_not_answer_is_told_from_packages_that_do_not_fit(tmp_path):
    with pytest.raises(Unreachable):
        resolve(["pandas"], "3.11", tmp_path, "--default-index", "http://127.0.0.1:9/simple")
    with pytest.raises(ValueError, match="No solution"):
        resolve(["pandas>=3", "pandas<3"], "3.11", tmp_path, "--no-index")
