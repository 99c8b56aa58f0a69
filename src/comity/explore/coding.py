"""The lines of code that give the same comparison without the widget."""

from __future__ import annotations

import builtins

from comity.corpus.unseen import is_unseen


def name_of(thing, usual: str) -> str:
    """What a thing is called in the notebook that runs; the usual name where there is no notebook, or it has none there."""
    shell = getattr(builtins, "get_ipython", lambda: None)()
    known = getattr(shell, "user_ns", {}) if shell is not None else {}
    names = [name for name, value in known.items() if value is thing and thing is not None and not name.startswith("_") and name.isidentifier()]
    return names[0] if names else usual


def write_code(a: str, b: str, frames=("letter",), lexicon: str = "", letters: str = "letters", texts: str = "", convert: bool = False,
               dimensions: list[str] | None = None) -> str:
    """The code of one comparison.

    ``lexicon``: a file, or blank for ours; ``letters, texts``: what these are called in the notebook; ``convert``: whether they are still
    to be made into letters (see `as_letters`); ``dimensions``: those compared, None for all.

    >>> print(write_code("ann-bob", "bob-ann", ("letter", "reported")))
    from comity import compare_messages
    compare_messages('ann-bob', 'bob-ann', letters, frames=('letter', 'reported'))
    """
    from_explore = [*["as_letters"] * convert, *["recode"] * bool(lexicon)]
    lines = [f"from comity import {', '.join(['compare_messages', *['read_tone'] * bool(lexicon)])}"]
    lines += [f"from comity.explore import {', '.join(from_explore)}"] if from_explore else []
    given = f"as_letters({letters})" if convert else letters
    last = ""
    if lexicon:
        lines += [f"lexicon = read_tone({lexicon!r})"]
        given, last = f"recode({given}, lexicon{f', {texts}' if texts else ''})", f", dimensions={dimensions!r}" * bool(dimensions) + ", tone=lexicon"
    return "\n".join([*map(_escaped, lines), _escaped(f"compare_messages({a!r}, {b!r}, {given}, frames={tuple(frames)!r}{last})")])


def _escaped(line: str) -> str:
    """The line with characters that nobody sees as Python writes them in quotation marks: what is copied is what was meant."""
    return "".join(char.encode("unicode_escape").decode() if is_unseen(char) else char for char in line)
