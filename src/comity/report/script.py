"""The one script of the pages, joined from small files, and the policy that lets it run and nothing else."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

# Nothing is fetched and nothing is sent: a page is complete in itself.
POLICY = ("default-src 'none'; script-src {script}; img-src data:; style-src 'unsafe-inline'; font-src data:; "
          "base-uri 'none'; form-action 'none'")


def site_script() -> str:
    """Every *.js file of the template and then of the page verbs, by name, each in a block of its own.

    The files share one object, `comity`, to which the first of them (basics.js) gives what the others use.
    """
    folders = [files("comity.report") / "template", files("comity.page")]
    found = [path for folder in folders for path in sorted(folder.iterdir(), key=lambda path: path.name)]
    blocks = [f"{{ // {path.name}\n{path.read_text(encoding='utf-8').strip()}\n}}\n" for path in found if path.name.endswith(".js")]
    return '\n"use strict";\nconst comity = {};\n' + "".join(blocks)


def policy(script: str) -> str:
    """The Content-Security-Policy of a page: of all scripts, only the one with this very text runs."""
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    return POLICY.format(script=f"'sha256-{digest}'")
