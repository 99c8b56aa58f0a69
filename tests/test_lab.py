"""The explorer in a real JupyterLab, in a real browser: it runs, it chooses, it shows the words behind the numbers, it hands over the code."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from test_browser import browser  # noqa: F401  (a fixture)

ROOT = Path(__file__).parent.parent
# Letters of our own invention.
LETTERS = json.loads((Path(__file__).parent / "cases" / "explore" / "letters.json").read_text(encoding="utf-8"))
CELLS = [
    "import pandas as pd\nfrom comity import explore",
    f"letters = pd.DataFrame({LETTERS!r})",
    'explore(letters, "ada-bell-2001-05-02", "bell-ada-2001-05-09")',
]
# Nothing is asked for outside; its dialog about news is off.
FLAGS = ["--no-browser", "--ip=127.0.0.1", "--allow-root", "--ServerApp.open_browser=False", "--LabApp.expose_app_in_browser=True",
         "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab of its own: own port, own token, own settings, two notebooks; ended with all its kernels."""
    place, token = tmp_path_factory.mktemp("lab"), secrets.token_hex(16)
    work = place / "work"
    work.mkdir()
    shutil.copy(ROOT / "notebooks" / "01-the-record.ipynb", work)
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, id=f"own-{n}") for n, source in enumerate(CELLS)])
    made.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(made, work / "own.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {name: str(place / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME")}
    command = [sys.executable, "-m", "jupyterlab", *FLAGS, f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    with (place / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=work, env=os.environ | folders | {"COMITY_DATA": str(ROOT / "data")}, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, place / "log")
        yield lambda notebook: f"http://127.0.0.1:{port}/lab/tree/{notebook}?token={token}&reset"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def wait_for(address, server, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture
def opened(browser, lab):  # noqa: F811
    """A notebook, opened and run from top to bottom; the window is closed afterwards."""
    contexts = []

    def open_notebook(name):
        context = browser.new_context(viewport={"width": 1500, "height": 1100})
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(lab(name))
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
        if os.environ.get("COMITY_THEME") == "dark":
            page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
        page.evaluate("jupyterapp.commands.execute('application:toggle-left-area')")
        page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.ready; await jupyterapp.commands.execute('notebook:run-all-cells'); }")
        page.wait_for_selector(".jp-OutputArea-output .widget-select select", timeout=60_000)
        return page

    yield open_notebook
    for context in contexts:
        context.close()


def picture(page, name):
    """Kept where somebody wants to look (COMITY_PICTURES=FOLDER, COMITY_THEME=dark)."""
    if os.environ.get("COMITY_PICTURES"):
        page.screenshot(path=str(Path(os.environ["COMITY_PICTURES"]) / f"lab-{name}.png"))


def choose(page, side, words, found, message):
    """Search on one side, and choose from what is found."""
    page.locator(".widget-text input[placeholder^='a day']").nth(side).fill(words)
    page.locator(f"text={found} of").wait_for()
    page.locator(".widget-select select").nth(side).select_option(label=message)


def test_the_first_notebook_runs_and_any_two_messages_are_chosen(opened):
    page = opened("01-the-record.ipynb")
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type='application/vnd.jupyter.error']").count() == 0
    panes = page.locator(".jp-OutputArea-output .pane h4")
    assert panes.all_text_contents() == ["Kim Jong Un to Xi Jinping, 6 October 2024", "Kim Jong Un to Vladimir Putin, 7 October 2024"]
    page.locator(".widget-select select").first.scroll_into_view_if_needed()
    picture(page, "record")
    choose(page, 0, "respected 2019-10-06", 2, "6 October 2019, Kim Jong Un to Xi Jinping, diplomatic relations")
    page.wait_for_function("document.querySelector('.jp-OutputArea-output .pane h4').textContent.includes('2019')")
    assert page.locator(".jp-OutputArea-output .pane").first.locator("[lang=ko]", has_text="존경하는 총서기동지").count() > 0
    page.locator("text=They are not compared in numbers").wait_for()
    assert [url for url in page.asked if not re.match(r"(http|ws)://127\.0\.0\.1:|data:|blob:", url)] == []


def test_numbers_open_their_words_and_the_code_is_handed_over(opened):
    page = opened("own.ipynb")
    page.locator(".widget-select select").first.scroll_into_view_if_needed()
    assert page.locator(".pane .toned .t", has_text="friendship").count() == 1
    picture(page, "own")
    button = page.locator("button[title^='Show the words behind it: warmth, first letter']")
    button.click()
    hits = page.locator("#explore-hits tbody tr")
    hits.first.wait_for()
    assert sum(int(row.locator("td.n").inner_text()) for row in hits.all()) == int(button.inner_text().split(" ")[0]) > 0
    hits.first.scroll_into_view_if_needed()
    picture(page, "hits")
    code = page.locator(".chooser.code pre").inner_text()
    assert code == ("from comity import compare_messages\nfrom comity.explore import as_letters\n"
                    "compare_messages('ada-bell-2001-05-02', 'bell-ada-2001-05-09', as_letters(letters), frames=('letter',))")
    page.locator("button", has_text="Copy the code").click()
    assert page.evaluate("getSelection().toString()").strip() == code
    page.locator("pre:has-text('compare_messages')").last.scroll_into_view_if_needed()
    picture(page, "code")
