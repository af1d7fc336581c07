"""Random runs on the page, in two tabs, against the model: what a reader sees and what is kept. A failure names the seed and what was done."""

import json

import pytest
from playwright.sync_api import Page
from support.run_play import PLAY, steps
from support.sites import Server

EACH = 100


def play(page: Page, seed: int) -> set[str]:
    """One run from nothing; what it did."""
    run = steps(seed)
    done = [step["action"] for step in run]
    if differs := page.evaluate("(run) => play(JSON.parse(run))", json.dumps(run)):
        said = f"seed {seed}, tab {differs['tab']}, after {json.dumps(done[:differs['number'] + 1], ensure_ascii=False)}"
        assert differs["found"] == differs.get("expected"), said
    return {action["what"] for action in done}


@pytest.mark.parametrize("first", range(0, 3 * EACH, EACH))
def test_the_page_shows_and_keeps_what_the_model_says_in_random_runs(first: int, page: Page, run: Server) -> None:
    thrown: list[str] = []
    page.on("popup", lambda tab: tab.on("pageerror", lambda error: thrown.append(str(error))))
    page.goto(f"{run.url}/assets/favicon.svg")  # of the site, without its scripts
    page.evaluate(PLAY)
    page.evaluate("(address) => openTabs(address)", f"{run.url}/model/")
    done = set()
    for seed in range(first, first + EACH):
        done |= play(page, seed)
        assert thrown == [], seed
    assert len(done) == 10
