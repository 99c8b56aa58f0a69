"""What the fuzzer found (tests/fuzz/readers.py) is not found again: each case holds all rules of its target."""

from pathlib import Path

import pytest
from fuzz.targets import TARGETS, Broken, reads

from comity import CorpusError, read_tone
from comity.measure.phrases import read_phrases

CASES = sorted((Path(__file__).parent / "cases" / "fuzz").iterdir())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_was_found_is_mended(path):
    TARGETS[path.name.partition("__")[0]](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_a_plain_letter(name):
    """And nothing, and a little of everything: the rules themselves are tried at each run."""
    for data in (b"", b"Dear Bob, I thank you.", bytes(range(256))):
        TARGETS[name](data)


def test_the_rules_are_kept_watch_over(tmp_path):
    with pytest.raises(Broken, match="for writing"):
        reads(lambda path: (tmp_path / "elsewhere").write_text("x"))(b"")
    with pytest.raises(Broken, match="socket"):
        reads(lambda path: __import__("socket").getaddrinfo("localhost", 80))(b"")
    with pytest.raises(ZeroDivisionError):
        reads(lambda path: 1 / 0)(b"")


@pytest.mark.parametrize(("read", "head"), [(read_phrases, "phrase"), (lambda path: read_tone(extra=path), "term,language,dimension")], ids=["phrases", "tone"])
def test_a_comma_too_many_moves_no_cell_into_another_column(tmp_path, read, head):
    """pandas takes the first cell of such rows for an index, and moves all others by one column."""
    (tmp_path / "a.csv").write_text(f"{head}\nx,{','.join(['en'] * len(head.split(',')))}\n")
    with pytest.raises(CorpusError, match="more cells than the first row"):
        read(tmp_path / "a.csv")
