"""Front matter: what is said of a letter between two lines of three hyphens (YAML) or plus signs (TOML) above it."""

import re
import tomllib
from functools import cache
from typing import Any, NamedTuple

FENCE = re.compile(r"[ \t]*(?P<mark>---|\+\+\+)[ \t]*(?:\r\n|\r|\n|$)")
# More is no front matter; a reader of YAML is slow.
LONGEST_FRONT = 10_000


class Front(NamedTuple):
    """What stands between the lines, where they are closed: its keys and values (None: neither YAML nor TOML), where it ends, and where
    the letter begins."""

    said: dict[str, Any] | None
    end: int
    after: int


def read_front(text: str, at: int = 0) -> Front | None:
    r"""The front matter that begins at a place of a text; None where none does, or it is not closed.

    >>> read_front("---\nsender: [Ann Lee, Eva Roe]\ndate: 2001-05-02\n---\n\nDear Bob,").said
    {'sender': ['Ann Lee', 'Eva Roe'], 'date': '2001-05-02'}
    """
    opened = FENCE.match(text, at)
    if not opened:
        return None
    closing = re.compile(rf"^[ \t]*{re.escape(opened['mark'])}[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
    closed = closing.search(text, opened.end(), opened.end() + LONGEST_FRONT)
    if not closed:
        return None
    said = _load(text[opened.end() : closed.start()].replace("\r\n", "\n").replace("\r", "\n"), opened["mark"])
    return Front(said if isinstance(said, dict) and said else None, closed.start(), closed.end())


def _load(inner: str, mark: str) -> object:
    import yaml

    try:
        return tomllib.loads(inner) if mark == "+++" else yaml.load(inner, Loader=_loader())
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError, ValueError):
        return None


@cache
def _loader():
    """A reader to whom all values are texts, and who follows no reference: a short file could stand for a long one."""
    import yaml

    class Plain(yaml.BaseLoader):
        def compose_node(self, parent, index):
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("a reference")
            return super().compose_node(parent, index)

    return Plain
