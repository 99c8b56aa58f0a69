"""A fuzzer for the readers, by hand: `python tests/fuzz/readers.py --minutes 5`, or with `--target letters-csv` for one of them.

It changes what it is given, keeps what reaches code that nothing reached before (coverage-guided, by libFuzzer through atheris), and looks whether
the rules of targets.py hold. What breaks one is made small and kept in tests/cases/fuzz/, from where tests/test_fuzzed.py runs it again.
It needs a package of its own: `pip install atheris`. `make test` does not run it.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
EXAMPLES = HERE.parents[1] / "data" / "example-letters"
LONGEST = 4096
BY_ENDING = {
    "letters-text": (".md", ".txt"), "letters-docx": (".docx",), "letters-csv": (".csv",), "letters-jsonl": (".jsonl",), "letters-json": (".json",), "letters-tei": (".xml",),
    "letters-html": (".html",), "letters-archive": (".json",), "archive": (".json",), "tone": (".csv",), "formulas": (".csv",), "honorifics": (".csv",), "phrases": (".csv",), "asked": (".csv",),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=5, help="for all targets together")
    parser.add_argument("--target", action="append", help="only this one; may be given several times")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        fuzz(told.one, told.minutes * 60)
        return
    sys.path.insert(0, str(HERE))
    from targets import TARGETS

    chosen = told.target or list(TARGETS)
    for name in chosen:
        share = told.minutes / len(chosen)
        print(f"{name}: {share * 60:.0f} seconds", flush=True)
        subprocess.run([sys.executable, __file__, "--one", name, "--minutes", str(share)], check=False)


def fuzz(name: str, seconds: float) -> None:
    """One target, in a process of its own, since libFuzzer never gives back control."""
    import atheris

    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=["comity"]):
        from targets import TARGETS, WITH_TABLES

    WITH_TABLES[0] = False
    seen: dict[str, bytes] = {}

    def once(data: bytes) -> None:
        broken = breaks(TARGETS[name], data)
        if broken and broken not in seen:
            seen[broken] = data
            keep(name, TARGETS[name], data, broken)

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(name)):
            (Path(corpus) / f"seed{number}").write_bytes(seed)
        limits = [f"-max_total_time={int(seconds)}", f"-max_len={LONGEST}", "-timeout=120", "-report_slow_units=120", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={CASES / 'fuzz' / name}__", corpus], once)
        atheris.Fuzz()


def breaks(target, data: bytes) -> str:
    """Which rule the bytes break, and where; blank where all hold."""
    try:
        target(data)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno} {str(error)[:30]}"
    return ""


def keep(name: str, target, data: bytes, broken: str) -> None:
    """Make the bytes as few as a minute allows, and keep them as a case."""
    until, size = time.monotonic() + 60, len(data) // 2
    while size and time.monotonic() < until:
        at = 0
        while at < len(data) and time.monotonic() < until:
            less = data[:at] + data[at + size :]
            data, at = (less, at) if breaks(target, less).split(" ")[:2] == broken.split(" ")[:2] else (data, at + size)
        size //= 2
    path = CASES / "fuzz" / f"{name}__{hashlib.sha256(data).hexdigest()[:8]}"
    path.write_bytes(data)
    print(f"{path.name}: {broken}", flush=True)


def seeds(name: str) -> list[bytes]:
    """What a target starts from: the example letters, and the cases of the tests."""
    files = [path for place in (EXAMPLES, CASES) for path in sorted(place.rglob("*")) if path.is_file() and path.parent.name != "fuzz"]
    files += sorted((EXAMPLES.parent / "lexicons").glob("*.csv"))
    found = [path.read_bytes() for path in files if path.suffix in BY_ENDING.get(name, ())]
    if name in ("letters", "measurements"):
        found += [bytes([number]) + path.read_bytes() for number, path in enumerate(files) if path.is_relative_to(EXAMPLES)]
    if name in ("article", "spoken", "measured"):
        found += [text.encode("utf-8", "ignore") for path in files if path.suffix == ".json" for text in _texts(json.loads(path.read_bytes()))][::12][:60]
    found += [f"file,record,sender,date\n{cell}\n".encode() for cell in ("a.txt,,Ann,2001-05-02", "a.txt,0,=1,")] if name == "asked" else []
    found += [b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>I thank you</w:t></w:r></w:p></w:body></w:document>"] if name == "document" else []
    found += _parquet() if name == "letters-parquet" else []
    return [seed[:LONGEST] if name not in ("letters-docx", "letters-parquet") else seed for seed in found] or [b"Dear Bob, I thank you."]


def _texts(value) -> list[str]:
    if isinstance(value, str):
        return [value] if len(value) > 40 else []
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _texts(one)]


def _parquet() -> list[bytes]:
    import pandas as pd

    return [pd.DataFrame({"text": ["I thank you."], "sender": ["Ann"]}).to_parquet(compression=None)]


if __name__ == "__main__":
    main()
