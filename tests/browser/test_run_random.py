"""Random runs on the page, in two tabs, against the model: what a reader sees and what is kept. A failure names the seed and what was done."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from support.run_play import PLAY, TELLING, Expected, actions, in_storage
from support.runs import UNPAINTED, begun, open_unpainted
from support.sites import Server

EACH = 50


def play(tabs: list[Page], seed: int) -> set[str]:
    """One run from nothing; what it did."""
    model = Expected()
    done = actions(seed)
    file, said = None, f"seed {seed}, before the start"

    def differs(tab: int, found: dict[str, Any]) -> bool:
        return (found["shown"], in_storage(found["entries"])) != (model.tabs[tab][1].shown(), model.kept())

    def heard(tab: int) -> None:
        """A tab hears of what another one has done, also out of its sight, a moment later."""
        for _ in range(500):
            if not differs(tab, tabs[tab].evaluate("later()")):
                return
        assert not differs(tab, tabs[tab].evaluate("kept()")), said

    tabs[0].evaluate("forget()")
    last = None
    for number, action in enumerate(done):
        tab = action["tab"]
        if action["what"] == "take up" and file is None:
            continue
        if tab != last:
            heard(tab)
        last = tab
        said = f"seed {seed}, after {json.dumps(done[:number + 1], ensure_ascii=False)}"
        model.play(action)
        if action["what"] == "reload":
            tabs[tab].reload(wait_until="commit")
            begun(tabs[tab])
            found = tabs[tab].evaluate("kept()")
        else:
            found = tabs[tab].evaluate("play", {**action, "file": file})
        file = found.get("file", file)
        assert found["shown"] == model.tabs[tab][1].shown(), said
        if differs(tab, found):
            heard(tab)
        if action["what"] in TELLING:
            heard(1 - tab)
    for tab, (is_rehearsal, _) in enumerate(model.tabs):
        heard(tab)
        if is_rehearsal:
            tabs[tab].evaluate("play", {"what": "rehearse", "at": 0, "time": 1})
    return {action["what"] for action in done}


@pytest.mark.parametrize("first", range(0, 6 * EACH, EACH))
def test_the_page_shows_and_keeps_what_the_model_says_in_random_runs(first: int, page: Page, run: Server, context: BrowserContext) -> None:
    context.add_init_script(UNPAINTED + PLAY)
    tabs = [open_unpainted(tab, run, "model") for tab in (page, context.new_page())]
    done = set().union(*(play(tabs, seed) for seed in range(first, first + EACH)))
    assert len(done) == 9
