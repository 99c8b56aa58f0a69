"""What a page verb returns: something that a notebook shows and the exported page carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Output:
    """One piece of a page: its HTML, the same in plain text, and its kind (sentence, table, figure, text, provenance)."""

    html: str
    text: str
    kind: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html

    def _repr_markdown_(self) -> str:
        return "".join(f"\\{c}" if c in r"\`*_{}[]<>()#+-!|$" else c for c in self.text)

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict[str, str], dict[str, str]]:
        style = "" if self.kind == "sentence" else notebook_style()
        bundle = {"text/html": style + self.html, "text/plain": self.text}
        return bundle, {"comity": self.kind}


@cache
def notebook_style() -> str:
    """The few lines of CSS that make a table, a figure or a text in JupyterLab look as it does on the page."""
    return f"<style>\n{_css('notebook.css')}{marked_style()}</style>\n"


def marked_style() -> str:
    """The CSS of a marked text, the same in JupyterLab and on the page."""
    return _css("marked.css")


def _css(name: str) -> str:
    return files("comity.page").joinpath(name).read_text(encoding="utf-8")
