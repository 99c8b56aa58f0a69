"""`provenance`: which data, which versions, which command, how to cite: what the foot of a page says."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import platform
import re
from importlib.metadata import version
from pathlib import Path

import yaml

from comity.corpus.folder import BESIDE_THE_CODE, usual_folder
from comity.errors import ClaimError
from comity.page.outputs import Output
from comity.page.text import link, plain, visible
from comity.page.values import worded

PACKAGES = ("comity", "pandas", "matplotlib")
COMMAND = "make report"


def provenance(corpus=None) -> Output:
    """The facts at the foot of a page: data version and date, versions of the packages, command, citation, licences.

    `corpus` is the corpus that the page reads, or its folder; without it the folder is found as `read_corpus()` does.
    Nothing here depends on when or where the page is built. Raises ClaimError where there is no data folder.
    """
    folder = data_folder(getattr(corpus, "folder", corpus))
    hashes = file_hashes(folder)
    citation, yours = _citation(folder), not _is_ours(folder)
    facts = [
        ("Data", f"version {_data_version(hashes)}{_dated(folder)}"),
        ("Made with", ", ".join(f"{name} {version(name)}" for name in PACKAGES) + f", Python {_python()}"),
        ("Made again by", f"comity report --data {folder.name}" if yours else COMMAND),
        ("How to cite", _reference(citation)),
        ("Licence", _licences(citation, yours)),
    ]
    return _facts_output([fact for fact in facts if fact[1]], citation.get("url", ""), hashes)


def data_folder(folder=None) -> Path:
    """The data folder: the one given, else where `read_corpus` looks."""
    found = Path(folder) if folder else usual_folder()
    if found.is_dir():
        return found.resolve()
    raise ClaimError(f"There is no data folder {found}. Run this where the data folder is, or name the folder "
                     "(comity report --data DIR).")


def file_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of the data, by its path inside the folder."""
    paths = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    seen = [path for path in paths if not any(part.startswith((".", "_")) for part in path.split("/"))]
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in seen}


def _data_version(hashes: dict[str, str]) -> str:
    together = "".join(f"{digest}  {path}\n" for path, digest in hashes.items())
    return hashlib.sha256(together.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _dated(folder: Path) -> str:
    """The date of the data: the last publication in them, else the newest date of the change log."""
    versions, log = folder / "versions.csv", folder.parent / "CHANGELOG.md"
    for path, what in ((versions, "last publication"), (log, "last change of method")):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            days = _published(text) if path == versions else re.findall(r"\b\d{4}-\d{2}-\d{2}\b", text)
            if days:
                return f", {what} {worded(datetime.date.fromisoformat(max(days)))}"
    return ""


def _published(text: str) -> list[str]:
    days = (row.get("date_published") or "" for row in csv.DictReader(io.StringIO(text)))
    return [day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)]


def _python() -> str:
    """Without its patch level, which no lock pins and on which no number depends."""
    return ".".join(platform.python_version_tuple()[:2])


def _is_ours(folder: Path) -> bool:
    """Is the folder that of a project with a citation of its own, or comity's, or in comity's? Else it holds somebody's own letters."""
    return (folder.parent / "CITATION.cff").is_file() or folder.is_relative_to(BESIDE_THE_CODE)


def _citation(folder: Path) -> dict:
    # Beside the data; for letters of one's own, that of comity, which made the page.
    path = next((place for place in (folder.parent / "CITATION.cff", BESIDE_THE_CODE.parent / "CITATION.cff") if place.is_file()), folder / "CITATION.cff")
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except yaml.YAMLError as error:
        raise ClaimError(f"{path.name} cannot be read as YAML: {error}. Mend it; the foot of each page quotes it.")
    return found if isinstance(found, dict) else {}


def _reference(citation: dict) -> str:
    if not citation.get("title"):
        return ""
    names = [a.get("name") or " ".join(filter(None, [a.get("given-names"), a.get("family-names")]))
             for a in citation.get("authors", [])]
    year = str(citation.get("date-released", ""))[:4]
    parts = [", ".join(names) + (f" ({year})" if year else ""), citation["title"],
             f"Version {citation['version']}" if citation.get("version") else "", citation.get("doi", "")]
    return ". ".join(part for part in parts if part) + "."


def _licences(citation: dict, yours: bool) -> str:
    """The licence of the code, and that of the data where a reference of the type data has one of its own; of your letters comity says none.
    A list is a choice."""
    licence = citation.get("license", "")
    names = " or ".join(licence) if isinstance(licence, list) else str(licence)
    if yours:
        return f"{names} for the code" if names else ""
    data = next((reference["license"] for reference in citation.get("references") or [] if reference.get("type") == "data" and reference.get("license")), "")
    return f"{names} for the code, {data} for the data" if data else names


def _facts_output(facts: list[tuple[str, str]], url: str, hashes: dict[str, str]) -> Output:
    shown = "".join(f"<dt>{label}</dt><dd>{visible(fact)}</dd>" for label, fact in facts)
    shown += f"<dt>Home</dt><dd>{link(url)}</dd>" if str(url).startswith("https://") else ""
    files = "".join(f"<li>{visible(path)} <code>{digest}</code></li>" for path, digest in hashes.items())
    folded = f'<details class="fold"><summary>The files of the data, each with its SHA-256</summary><ul>{files}</ul></details>'
    html = f'<div class="provenance">\n<dl>{shown}</dl>\n{folded}\n</div>'
    return Output(html, plain("\n".join(f"{label}: {fact}" for label, fact in facts)), "provenance")
