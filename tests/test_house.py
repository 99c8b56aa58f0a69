"""The rules of the house, as tests: what may import what, how long things are, what never appears in the repository."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "comity"

# The order in which data flows, a stage a line. A module imports only from modules before it; a new module gets its
# place here.
ORDER = """
    errors folders rounding
    corpus
    sources
    lexicons honorifics speech address
    tone style formulas
    agreement measure init
    forms slots sightings evidence ladder renderings lengths naive record
    letters
    contrasts habits
    claims choices
    listings figures
    page explore report
    cli
""".split()
# Import-only files: `comity` lists the public names, `python -m comity` is the command line.
OUTSIDE_THE_ORDER = ["__init__", "__main__"]

MODULE_LINES = 220
FUNCTION_LINES = 30

TOP = [".ci", ".gitignore", "CHANGELOG.md", "CITATION.cff", "LICENSE", "Makefile", "README.md", "benchmarks", "data"]
TOP += ["environment.yml", "notebooks", "pyproject.toml", "requirements.lock", "src", "tests"]


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    """The name in ORDER: `figures` for figures.py and for every file of the folder figures/."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def dotted(path: Path) -> list[str]:
    """The package in which relative imports of this file start."""
    return ["comity", *path.relative_to(PACKAGE).parts[:-1]]


def imported(path: Path) -> set[str]:
    """What a file imports from comity, by place, wherever in the file; "comity" for the package's own public names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = dotted(path)[: len(dotted(path)) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names] if base == "comity" else [base]
        else:
            continue
        found |= {name.partition(".")[2].partition(".")[0] or "comity" for name in names if name.split(".")[0] == "comity"}
    return {name if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists() else "comity" for name in found}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_data_flows_one_way(path):
    name = place(path)
    if name in OUTSIDE_THE_ORDER:
        return
    assert name in ORDER, f"{path.name} has no place in the order of modules: give it one in tests/test_house.py"
    later = imported(path) - set(ORDER[: ORDER.index(name)]) - ({name} if path.parent != PACKAGE else set())
    assert later == set(), f"{name} comes before these in the order of modules, or imports the package itself"


def without_docstring(node: ast.AST) -> int:
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return lines - (first.end_lineno - first.lineno + 1 if is_docstring else 0)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_fit_the_eye(path):
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    assert lines <= MODULE_LINES
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f"{n.name}: {without_docstring(n)}" for n in functions if without_docstring(n) > FUNCTION_LINES] == []


IMPORT_ALL = """
import importlib, pkgutil, sys

def refuse(event, _):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError(f"{event} while comity is imported")

# Before the first line of comity runs.
sys.addaudithook(refuse)
import comity
for module in pkgutil.walk_packages(comity.__path__, "comity."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def test_nothing_is_printed_and_no_connection_made_at_import():
    # On its first import on a machine matplotlib lists the fonts, and says so when that is slow: have it done before.
    importlib.import_module("matplotlib.font_manager")
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


@cache
def files() -> list[str]:
    """Everything that is in the repository or about to be: tracked, or neither tracked nor ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: what belongs to the repository cannot be told from the rest")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_folder_is_as_designed():
    assert sorted({name.split("/")[0] for name in files()} - set(TOP)) == []


def test_no_file_is_named_after_nothing():
    vague = re.compile(r"(^|/)(utils?|helpers?|config|common|misc)(/|\.py$)")
    assert [name for name in files() if vague.search(name)] == []


# In pieces, so that this file does not hold what it forbids. A path counts only where a path can begin: an address
# of a source may have such a folder in it.
REGISTRIES = ["pypi" + ".org", "files.python" + "hosted", "registry." + "npmjs", "deb." + "debian", "repo." + "anaconda"]
PLACES = ["/" + "root", "/" + "work", "/" + "opt/" + "pypi", "/" + "opt/" + "wheels", "/" + "home/" + r"\w"]
NEVER = re.compile("|".join([*map(re.escape, REGISTRIES), *(rf"(?<![\w.~/*-]){place}\b" for place in PLACES)]))


def test_no_registry_address_and_no_place_on_a_machine():
    found = []
    for name in files():
        try:
            lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # pictures and fonts, and the broken files that tests feed to the checks
        found += [f"{name}:{number}: {match[0]}" for number, line in enumerate(lines, 1) if (match := NEVER.search(line))]
    assert found == []


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("--index-url https://" + REGISTRIES[0] + "/simple", True),
        ("open('" + PLACES[1] + "/main/data')", True),
        (PLACES[0] + "/.cache", True),
        ("http://example.org" + PLACES[1] + "/letters.html", False),
        ("the " + "work of others", False),
    ],
)
def test_what_the_search_catches(line, caught):
    assert bool(NEVER.search(line)) == caught


def test_one_version_and_one_date_everywhere():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+), (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest, "CHANGELOG.md has no heading of the form '## 0.1.0, 2026-11-22'"
    assert (citation["version"], str(citation["date-released"])) == (version, newest[2])
    assert newest[1] == version


def test_the_citation_names_the_project_and_no_person():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "type", "version", "date-released", "license", "authors"} <= set(citation)
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "software")
    assert citation["authors"] == [{"name": "The comity project"}]
    # A list would be read as a choice between the two.
    assert (citation["license"], [(one["type"], one["license"]) for one in citation["references"]]) == ("MIT", [("data", "CC-BY-4.0")])


def test_every_package_that_is_imported_is_asked_for():
    """What comity imports stands in pyproject.toml, even where another package would bring it along."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["size"]]
    asked_for = {re.match(r"[\w.-]+", line)[0].lower().replace("-", "_") for line in lines}
    names = {"yaml": "pyyaml", "sklearn": "scikit_learn", "docx": "python_docx"}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in modules()]
    lines = [node for tree in trees for node in ast.walk(tree)]
    found = {alias.name.split(".")[0] for node in lines if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module.split(".")[0] for node in lines if isinstance(node, ast.ImportFrom) and not node.level}
    foreign = {names.get(name, name) for name in found - set(sys.stdlib_module_names) - {"comity"}}
    assert foreign - asked_for == set()
