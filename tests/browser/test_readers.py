"""One list of paths, from the data; every reader and Python's logic reach the same outcome."""

from collections import Counter
from itertools import groupby
from operator import itemgetter

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page
from support.paths import walk
from support.readers import (
    DATA,
    READERS,
    SHOWN,
    TREE,
    TREES,
    address_with,
    clicking_all,
    each_answer,
    longest,
    page_with,
    pasting_all,
    query,
    with_tab,
)
from support.sites import Server
from support.tabs import Tabs

from macros.decision.model import Decision
from macros.decision.paths import every_path
from macros.decision.tree import MOST
from macros.source.load import load

UNKNOWN = "not.sure"


@pytest.fixture(params=TREES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def decision(name: str) -> Decision:
    return load(DATA / f"{name}.yml", name, Decision)


@pytest.fixture
def address(name: str, site: Server) -> str:
    return address_with(name, site.url, site.folder)


def test_every_path_ends_alike_in_the_data_by_clicks_and_by_links(name: str, decision: Decision, address: str, page: Page) -> None:
    paths, outcomes = zip(*every_path(decision), strict=True)
    assert [walk(decision, dict(path)) for path in paths] == list(zip(paths, outcomes, strict=True))
    shown = [f"outcome {outcome}" for outcome in outcomes]
    assert clicking_all(page, address, decision, paths) == shown
    assert pasting_all(page, address, name, paths) == shown


def agreeing(decision: Decision, given: dict[str, str]) -> Counter[str]:
    """Outcome → how many ways agree with what is given, where an answer that is not known agrees with all."""
    return Counter(outcome for way, outcome in every_path(decision) if all(given.get(q, UNKNOWN) in (UNKNOWN, a) for q, a in way))


def test_an_address_with_open_questions_shows_what_trying_every_way_gives(name: str, decision: Decision, address: str, page: Page) -> None:
    ways = [way for way, _ in every_path(decision)]
    cases = [way[:length] + tuple((question, UNKNOWN) for question, _ in way[length:length + open_])
             for way in ways[::3] for length in range(len(way)) for open_ in (1, 2, 3)]
    queries = {query(name, case): agreeing(decision, dict(case)) for case in cases}
    page.goto(address)
    found = page.evaluate("""(queries) => queries.map((query) => {
        history.replaceState(null, "", `?${query}`);
        dispatchEvent(new PopStateEvent("popstate"));
        const tree = document.querySelector("[data-decision-tree]");
        const shown = [...tree.querySelectorAll("[data-question], [data-outcome], [data-part=open]")].filter((one) => one.offsetHeight);
        if (shown.length !== 1) return "not one";
        if (shown[0].dataset.outcome) return shown[0].dataset.outcome;
        return [...shown[0].querySelectorAll("[data-part=possible] li")].map((one) => {
            const id = one.querySelector("a").hash.slice(1);
            return [document.getElementById(id).parentElement.dataset.ways, parseInt(one.querySelector("[data-part=note]").textContent)];
        });
    })""", list(queries))
    assert found == [[[id, ends[id]] for id in decision.outcomes if ends[id]] if len(ends) > 1 else next(iter(ends)) for ends in queries.values()]


def test_every_way_to_each_outcome_is_in_the_html(name: str, decision: Decision, site: Server) -> None:
    html = BeautifulSoup((site.folder / page_with(name, site.folder)).read_text(encoding="utf-8"), "html.parser").select_one(TREE)
    expected = {id: [way for way, end in every_path(decision) if end == id] for id in decision.outcomes}
    for id, ways in expected.items():
        part = html.select_one(f'[data-ways="{id}"]')
        listed = [tuple(tuple(step["data-given"].split()) for step in one.select("[data-given]")) for one in part.select(":scope > ul > li")]
        assert int(part["data-count"]) == len(ways)
        assert set(listed) <= set(ways) and len(set(listed)) == len(listed) == min(len(ways), MOST)


@pytest.mark.parametrize("reader", READERS)
def test_the_longest_path_of_all_ends_alike_for_every_reader(reader: str, site: Server, tabs: Tabs) -> None:
    """In each tree every single step has a test of its own, for each reader."""
    trees = [(name, load(DATA / f"{name}.yml", name, Decision)) for name in TREES]
    name, decision, (path, outcome) = max(((name, tree, longest(tree)) for name, tree in trees), key=lambda one: len(one[2][0]))
    with tabs.lend(java_script_enabled=reader != "without-javascript") as page:
        assert READERS[reader](page, address_with(name, site.url, site.folder), decision, path) == outcome


# The question that an address leads to; a label → the answer of it with this label has the focus.
ASKED = """([query, label]) => {
    history.replaceState(null, "", query);
    dispatchEvent(new PopStateEvent("popstate"));
    const buttons = document.querySelectorAll("[data-decision-tree] [data-question] button");
    if (label) [...buttons].find((one) => one.textContent === label && one.offsetHeight).focus();
}"""
# What is shown, and what has the focus.
REACHED = f"() => {{ const {{ question, outcome }} = document.activeElement.dataset; return [({SHOWN})(), question ?? outcome]; }}"


def test_every_answer_leads_on_with_the_keyboard(name: str, decision: Decision, address: str, page: Page) -> None:
    page.goto(address)
    for path, answers in groupby(sorted(each_answer(decision)), key=itemgetter(0)):
        asked, leads = f"?{query(name, path)}", {label: to for _, label, to in answers}
        page.evaluate(ASKED, [asked, ""])
        with_tab(page, set(leads))
        for label, to in leads.items():
            page.evaluate(ASKED, [asked, label])
            page.keyboard.press("Enter")
            assert page.evaluate(REACHED) == [to, to.split()[1]]


# Follow the link of each answer from its question: what is shown then, as "question id" or "outcome id".
FOLLOWED = """(answers) => answers.map(([from, label]) => {
    const tree = document.querySelector("[data-decision-tree]");
    const question = tree.querySelector(`[data-question="${from}"]`);
    location.hash = question.id;
    const link = [...question.querySelectorAll("a")].find((one) => one.checkVisibility() && one.textContent.includes(label));
    if (!link) return `no link ${label}`;
    location.hash = link.hash;
    const part = tree.querySelector(":target");
    return part.checkVisibility() && ("outcome" in part.dataset ? `outcome ${part.dataset.outcome}` : `question ${part.dataset.question}`);
})"""


def test_every_answer_leads_on_without_javascript(decision: Decision, address: str, plain_page: Page) -> None:
    plain_page.goto(address)
    at, labels, leads = zip(*((decision.questions[path[-1][0]].answers[path[-1][1]].goto if path else decision.start, label, to)
                              for path, label, to in each_answer(decision)), strict=True)
    assert tuple(plain_page.evaluate(FOLLOWED, list(zip(at, labels, strict=True)))) == leads
