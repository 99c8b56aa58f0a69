"""Code as a page shows it: folded away, coloured, reachable by keyboard."""

from __future__ import annotations

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer


def code_html(sources: list[tuple[int, str]]) -> str:
    """The code of one or more cells, each with its number, folded behind one summary."""
    label = "Code of cell " + (f"{sources[0][0]}" if len(sources) == 1 else f"{sources[0][0]} to {sources[-1][0]}")
    coloured = highlight("\n\n".join(source.strip() for _, source in sources), PythonLexer(), HtmlFormatter(nowrap=True))
    return (f'<details class="code"><summary>Show the code<span class="hidden"> ({label.lower()})</span></summary>'
            f'<pre tabindex="0" role="group" aria-label="{label}"><code>{coloured.rstrip()}</code></pre></details>')
