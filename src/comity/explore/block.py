"""The chooser of a page: two messages side by side without a script, any two with a little of it, and all of them in a table."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pandas as pd

from comity.explore.articles import Articles, in_language
from comity.explore.choosing import say_occasion
from comity.explore.held import SAID_MISSING
from comity.page.captions import anchor, captioned, inner, source_line
from comity.page.sentences import Sentence
from comity.page.text import attribute, readable
from comity.page.values import worded
from comity.record import known_date

# What the pieces of all messages may weigh together, in bytes: a page stays below a megabyte.
BUDGET = 500_000
MOST_FORMS = 6


def chooser_html(choices: pd.DataFrame, articles: Articles, a: str, b: str, caption: str | Sentence, id: str | None = None, source=None) -> str:
    """The two messages side by side, the pieces from which a script fills the panes, and the table of all messages.

    In: choices as `list_choices` gives them. Where the pieces of all messages would weigh more than `BUDGET`, the last to fit are
    carried, and the page says how many are left out. Raises ClaimError for a caption or an id that `show` would refuse.
    """
    title = captioned(caption)
    name = anchor(id, title)
    carried = _carried(choices, articles, (a, b))
    sides = "".join(_side(name, side, chosen, choices[choices["message_id"].isin(carried)]) for side, chosen in (("first", a), ("second", b)))
    panes = "\n".join(f'<div class="pane" data-side="{side}">\n{carried[chosen]}\n</div>' for side, chosen in (("first", a), ("second", b)))
    left = len(choices) - len(carried)
    less = f'<p class="source">{left:,} further messages do not fit on this page; the notebook has them.</p>\n' if left else ""
    return (
        f"<style>\n{style()}</style>\n"
        f'<section class="chooser" id="{name}" aria-labelledby="{name}-caption">\n<p class="caption" id="{name}-caption">{inner(title)}</p>\n'
        f'<div class="sides" hidden>{sides}</div>\n<p class="hidden" role="status"></p>\n<div class="panes">\n{panes}\n</div>{source_line(source)}\n'
        f"<template>\n{chr(10).join(carried.values())}\n</template>\n{less}{_table(choices, articles, name, carried)}\n</section>"
    )


@cache
def style() -> str:
    """The CSS of panes and chooser, the same in JupyterLab and on the page."""
    return files("comity.explore").joinpath("explore.css").read_text(encoding="utf-8")


def _carried(choices: pd.DataFrame, articles: Articles, shown: tuple[str, str]) -> dict[str, str]:
    """The pieces of the messages that fit, in the order of the choices: the two that are shown, then the latest."""
    ids = choices["message_id"].tolist()
    made, weight = {}, 0
    for message in [*shown, *(name for name in reversed(ids) if name not in shown)]:
        piece = articles.article(message)
        weight += len(piece.encode())
        if weight > BUDGET and message not in shown:
            break
        made[message] = piece
    return {message: made[message] for message in ids if message in made}


def _side(name: str, side: str, chosen: str, choices: pd.DataFrame) -> str:
    """A list to choose from, by who wrote to whom; hidden until a script has made it work."""
    groups = []
    for (sender, recipient), rows in choices.groupby(["sender", "recipient"], sort=True):
        options = "".join(_option(row, chosen) for row in rows.to_dict("records"))
        groups.append(f'<optgroup label="{attribute(f"{sender} to {recipient}")}">{options}</optgroup>')
    return f'<label for="{name}-{side}">{side.capitalize()} message <select id="{name}-{side}" data-side="{side}">{"".join(groups)}</select></label>'


def _option(row: dict, chosen: str) -> str:
    selected = " selected" if row["message_id"] == chosen else ""
    return f'<option value="{attribute(row["message_id"])}"{selected}>{attribute(row["label"])}</option>'


def _table(choices: pd.DataFrame, articles: Articles, name: str, carried) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("date", "from", "to", "occasion", "how the recipient is addressed", "words"))
    rows = "\n".join(_row(row, articles) for row in choices.to_dict("records") if row["message_id"] in carried)
    return (
        f'<details class="fold"><summary>All messages, as a table ({len(carried):,})</summary>\n'
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-all">\n<table>\n'
        f'<caption><span id="{name}-all">How each message addresses its recipient, as printed</span></caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n</details>"
    )


def _standing(form: dict) -> str:
    """What a form of address is, where the sender's own words do not show it."""
    heard = form["reason"] if form["reason"] == SAID_MISSING else form["state"]
    return "" if form["state"] == "attested" else f" <small>({heard})</small>"


def _row(row: dict, articles: Articles) -> str:
    message = articles.messages[row["message_id"]]
    day = "no date" if pd.isna(row["date"]) else worded(known_date(row["date"], message.get("date_basis", "")), "short")
    forms = articles.forms(row["message_id"])
    printed = "; ".join(in_language(form["matched"], form["language"]) + _standing(form) for form in forms[:MOST_FORMS])
    printed += f"; and {len(forms) - MOST_FORMS} more" if len(forms) > MOST_FORMS else ""
    cells = [readable(row["sender"]), readable(row["recipient"]), readable(say_occasion(message)), printed or "not seen", readable(articles.length(row["message_id"]) or "not known")]
    return f'<tr><th scope="row">{day}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
