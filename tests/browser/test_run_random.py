"""Random runs on the page, in two tabs, against the model: what a reader sees and what is kept. A failure names the seed and what was done."""

import json

import pytest
from playwright.sync_api import BrowserContext, Page
from support.run_play import PLAY, TELLING, Expected, actions, in_storage
from support.runs import open_run
from support.sites import Server

EACH = 50


def play(tabs: list[Page], seed: int) -> set[str]:
    """One run from nothing; what it did."""
    model = Expected()
    done = actions(seed)
    file = None

    def heard(tab: int, said: str) -> None:
        """A tab hears of another's change a moment later."""
        wanted = model.tabs[tab][1].shown()
        assert tabs[tab].evaluate("heard", compact(wanted)) == wanted, said

    tabs[0].evaluate("forget()")
    heard(1, f"seed {seed}, before the start")
    for number, action in enumerate(done):
        tab = action["tab"]
        said = f"seed {seed}, after {json.dumps(done[:number + 1], ensure_ascii=False)}"
        if action["what"] == "take up" and file is None:
            continue
        before = model.tabs[tab][1].shown()
        model.play(action)
        if action["what"] == "reload":
            tabs[tab].reload(wait_until="commit")
            tabs[tab].locator(".runbook.is-live").wait_for()
            found = {"before": before, **tabs[tab].evaluate("kept()")}
        else:
            found = tabs[tab].evaluate("play", {"action": action, "file": file, "wanted": compact(before)})
        file = found.get("file", file)
        assert found["before"] == before, f"not heard, {said}"
        assert found["shown"] == model.tabs[tab][1].shown(), said
        assert in_storage(found["entries"]) == model.kept(), said
        if action["what"] in TELLING:
            heard(1 - tab, f"not heard, {said}")
    for tab, (is_rehearsal, _) in enumerate(model.tabs):
        heard(tab, f"seed {seed}, at the end")
        if is_rehearsal:
            action = {"what": "rehearse", "tab": tab, "at": 0, "time": 1}
            tabs[tab].evaluate("play", {"action": action, "wanted": compact(model.tabs[tab][1].shown())})
    return {action["what"] for action in done}


def compact(value: list[list[str]]) -> str:
    return json.dumps(value, separators=(",", ":"))


@pytest.mark.parametrize("first", range(0, 6 * EACH, EACH))
def test_the_page_shows_and_keeps_what_the_model_says_in_random_runs(first: int, page: Page, run: Server, context: BrowserContext) -> None:
    context.add_init_script(PLAY)
    tabs = [open_run(page, run, name="model"), open_run(context.new_page(), run, name="model")]
    done = set().union(*(play(tabs, seed) for seed in range(first, first + EACH)))
    assert len(done) == 9
