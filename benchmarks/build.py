"""How long it takes to build the pages, and what they are like, beside `jupyter nbconvert --execute` on the same notebooks.

    python benchmarks/build.py

Both start cold, in a process of their own, and build all notebooks of notebooks/ into a new folder, twice, one after the other. comity
runs two notebooks at a time, and an index and a glossary besides; nbconvert one. Run it where nothing else runs. Faults are axe-core's, counted where a Chromium is installed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OUTSIDE = re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?https?://", re.I)
TIMES = 2


def with_comity(out: Path) -> list[str]:
    return [str(Path(sys.executable).with_name("comity")), "report", "--data", str(ROOT / "data"), "--notebooks", str(ROOT / "notebooks"), "--out", str(out)]


def with_nbconvert(out: Path) -> list[str]:
    return [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "--output-dir", str(out), *map(str, NOTEBOOKS)]


def build(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - begin


def pages(folder: Path) -> dict[str, bytes]:
    """The pages of the notebooks, without an index or a glossary."""
    return {path.stem: (folder / f"{path.stem}.html").read_bytes() for path in NOTEBOOKS}


def faults(folder: Path) -> str:
    """The accessibility faults of all pages together, and how many of their pictures have no words."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        return "not counted: no Chromium"
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        context = chromium.new_context(offline=True, bypass_csp=True)
        found = 0
        for name in pages(folder):
            page = context.new_page()
            page.goto((folder / f"{name}.html").as_uri())
            found += sum(len(fault["nodes"]) for fault in Axe().run(page).response["violations"])
            page.close()
        chromium.close()
    return f"{found:,}"


def main() -> None:
    print("| | seconds | KB a page | loads from outside, a page | same bytes twice | accessibility faults, all pages |\n|---|---|---|---|---|---|")
    for name, command in (("comity report", with_comity), ("nbconvert --execute", with_nbconvert)):
        with tempfile.TemporaryDirectory() as scratch:
            folders = [Path(scratch) / str(number) for number in range(TIMES)]
            seconds = [build(command(folder)) for folder in folders]
            first, second = map(pages, folders)
            alike = sum(first[page] == second[page] for page in first)
            loads = sum(len(OUTSIDE.findall(page.decode())) for page in first.values()) / len(first)
            size = sum(map(len, first.values())) / len(first) / 1000
            print(f"| {name} | {min(seconds):.1f} | {size:,.0f} | {loads:.1f} | {alike} of {len(first)} | {faults(folders[0])} |", flush=True)


if __name__ == "__main__":
    main()
