"""What a page takes from an executed notebook: the outputs of the page verbs, plain text, and nothing else."""

from __future__ import annotations

import ast
import re

from comity.errors import ClaimError
from comity.page.outputs import notebook_style
from comity.page.text import visible

VERBS = {"say", "claim", "show", "show_text", "explore", "provenance"}
A_MOMENT = re.compile(r"\bat 0x[0-9a-f]{6,}")


def kind(output) -> str:
    """Which page verb an output comes from (sentence, table, figure, provenance); "" for anything else."""
    return output.get("metadata", {}).get("comity", "")


def output_html(output) -> str:
    """An output as the page carries it; raises ClaimError for rich output that no page verb has made."""
    if kind(output):
        return output.data["text/html"].removeprefix(notebook_style())
    if output.output_type == "stream":
        return _plain(output.text)
    rich = sorted(set(output.data) - {"text/plain"})
    if rich:
        raise ClaimError(f"The cell ends in something a page cannot carry ({rich[0]}). "
                         "Show a table or a figure with show(..., caption=...), and write with say(...).")
    return _plain(output.data["text/plain"])


def check_verbs(source: str) -> None:
    """Raise ClaimError where a cell says or shows something before its last line: only the last line is seen."""
    try:
        *earlier, _ = ast.parse(source).body or [None]
    except SyntaxError:  # a magic; IPython has run it
        return
    for statement in earlier:
        called = getattr(getattr(statement, "value", None), "func", None)
        name = getattr(called, "id", getattr(called, "attr", ""))
        if isinstance(statement, ast.Expr) and name in VERBS:
            raise ClaimError(f"Line {statement.lineno} of the cell calls {name}(...), but only the last line of a cell "
                             "is shown, so it would be lost. Join sentences with +, or give it a cell of its own.")


def _plain(text: str) -> str:
    if A_MOMENT.search(text):
        raise ClaimError(f"The cell prints {text.strip()[:80]!r}, which differs from run to run. Leave it out.")
    shown = visible(text.rstrip("\n")).replace("<br>", "\n")
    return f'<pre class="printed" tabindex="0">{shown}</pre>'
