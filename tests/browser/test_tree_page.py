"""The tree in a real browser: the address, changing answers, the outcome, the picture, paper."""

import random
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Locator, Page, expect
from support.examples import TREE, files
from support.paper import Sheets
from support.readers import CLICKED, answer, expect_no_new_page, outcome_shown, patient, question_shown
from support.readers import query as written
from support.sites import Build, Server, making
from support.tabs import Tabs

from macros.decision.model import Decision

TO_THE_END = (("downtime", "unwanted"), ("switching", "used"), ("replication", "ok"))
COPYING = {"permissions": ["clipboard-read", "clipboard-write"]}
TO_DOWNTIME = (("downtime", "acceptable"),)


@pytest.fixture
def open_tree(page: Page, site: Server) -> Callable:
    """Open the upgrade page with these answers in its address; the tree."""

    def open_(steps=(), query: str = ""):
        page.goto(f"{site.url}/upgrade/?{query or written('upgrade', steps)}")
        return page.locator("[data-decision-tree]")

    return open_


# As a step back to an address does it: what the tree shows is then the same as where the address was opened.
GONE_TO = """(query) => {
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    dispatchEvent(new PopStateEvent("popstate"));
}"""


@pytest.fixture(scope="module")
def shared_page(tabs: Tabs, site: Server) -> Iterator[Page]:
    """The upgrade page, for tests that change nothing but the answers."""
    thrown: list[str] = []
    with tabs.lend() as page:
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(f"{site.url}/upgrade/")
        page.locator("[data-decision-tree].is-live").wait_for()
        yield page
    assert thrown == []


@pytest.fixture
def go_to(shared_page: Page) -> Callable:
    """Give the tree of a page that the tests share these answers; the tree."""

    def go(steps=(), query: str = "") -> Locator:
        shared_page.evaluate(GONE_TO, query or written("upgrade", steps))
        return shared_page.locator("[data-decision-tree]")

    assert question_shown(go()) == "downtime" and shared_page.url.endswith("/upgrade/")
    return go


@pytest.fixture
def colours(built_once: Callable[..., Build]) -> Callable[..., str]:
    """Build and serve a small site; its address."""

    def start(tree: str = TREE, **pages: str) -> str:
        whole = {**files(tree), **pages}
        name = sha256(repr(sorted(whole.items())).encode()).hexdigest()[:8]
        return built_once(f"colours-{name}", making(whole)).url.rstrip("/")

    return start


# ---- The address -----------------------------------------------------------------------------


def test_each_answer_is_one_step_of_the_browsers_history(page: Page, open_tree, upgrade: Decision) -> None:
    tree = open_tree()
    for question, given in TO_THE_END:
        answer(tree, upgrade, question, given)
    assert page.url.endswith("/upgrade/?upgrade.downtime=unwanted&upgrade.switching=used&upgrade.replication=ok")
    page.go_back()
    expect(tree.locator("[data-question=replication]")).to_be_visible()
    page.go_back()
    expect(tree.locator("[data-question=switching]")).to_be_visible()
    page.go_forward()
    page.go_forward()
    assert outcome_shown(tree) == "no-downtime"
    page.go_back()
    page.go_back()
    page.go_back()
    assert question_shown(tree) == "downtime"
    expect(tree.get_by_role("heading", name="Your answers")).to_be_hidden()


def test_a_reload_keeps_the_place(page: Page, open_tree, upgrade: Decision) -> None:
    tree = open_tree()
    answer(tree, upgrade, "downtime", "unwanted")
    page.reload()
    assert question_shown(tree) == "switching"


def test_leaving_by_a_link_and_coming_back_keeps_the_place(page: Page, open_tree, site: Server) -> None:
    tree = open_tree(TO_DOWNTIME)
    loaded_by_the_theme = expect_no_new_page(page)
    tree.locator(".decision-tree__open:visible").click()
    page.wait_for_url("**/upgrade-with-downtime/?upgrade.downtime=acceptable")
    expect(page.locator("[data-runbook]")).to_be_visible()
    page.go_back()
    expect(tree.locator("[data-outcome=with-downtime]")).to_be_visible()
    loaded_by_the_theme()
    tree.get_by_role("button", name="Back").click()
    assert question_shown(tree) == "downtime"


def test_the_tree_starts_when_its_page_is_reached_by_instant_navigation(page: Page, site: Server, upgrade: Decision) -> None:
    page.goto(site.url)
    loaded_by_the_theme = expect_no_new_page(page)
    page.locator("article a[href$='upgrade/']").first.click()
    tree = page.locator("[data-decision-tree].is-live")
    tree.wait_for()
    answer(tree, upgrade, "downtime", "acceptable")
    assert outcome_shown(tree) == "with-downtime"
    loaded_by_the_theme()


def test_a_link_within_the_page_keeps_the_answers(page: Page, open_tree, click_link, upgrade: Decision) -> None:
    tree = open_tree()
    answer(tree, upgrade, "downtime", "unwanted")
    click_link("#upgrade-ways", with_answers=False)
    page.wait_for_url("**/?upgrade.downtime=unwanted#upgrade-ways")
    expect(tree.locator("[data-question=switching]")).to_be_visible()


UNKNOWN = "is not known here and was left out"


@pytest.mark.parametrize(("query", "question"), [
    ("upgrade.downtime=unwanted&upgrade.gone=ok", "switching"),
    ("upgrade.downtime=gone", "downtime"),
    ("upgrade.=", "downtime"),
    ("upgrade.downtime=unwanted&upgrade.downtime=acceptable", "switching"),
])
def test_what_is_not_known_under_the_trees_own_name_is_said(query: str, question: str, go_to: Callable) -> None:
    tree = go_to(query=query)
    assert question_shown(tree) == question
    expect(tree.get_by_role("status")).to_contain_text(UNKNOWN)


# As they may stand in an address that a mail, a search or another page made.
FOREIGN = [
    "utm_source=mail&utm_medium=a%20b&utm_source=again", "h=active", "state=xyz", "downtime=4h", "replication", "gone=ok",
    "recovery.problem=client", "upgrade-2.downtime=acceptable", "upgradeXdowntime=acceptable", "x=%E0%A4%A&y=a+b%2Cc&=&?", "downtime",
    "__proto__=polluted&constructor=x", "situation=else",
]


def test_keys_of_others_stay_as_they_are_and_nothing_is_said(go_to: Callable, upgrade: Decision) -> None:
    labels = [(question, upgrade.questions[question].answers[given].label) for question, given in TO_THE_END]
    for foreign in FOREIGN:
        tree = go_to(query=foreign)
        expect(tree.get_by_role("status")).to_be_empty()
        tree.page.evaluate(CLICKED, [labels])
        assert tree.page.url.endswith(f"/upgrade/?{foreign}&{written('upgrade', TO_THE_END)}")
        tree.get_by_role("button", name="Start again").click()
        assert tree.page.url.endswith(f"/upgrade/?{foreign}")
        expect(tree.get_by_role("status")).to_be_empty()


def test_an_answer_waits_until_its_question_is_reached(go_to: Callable, upgrade: Decision) -> None:
    tree = go_to(query="upgrade.replication=broken")
    label = upgrade.questions["replication"].answers["broken"].label
    message = tree.get_by_role("status")
    assert question_shown(tree) == "downtime"
    expect(message).to_contain_text("Already answered")
    expect(message).to_contain_text(label)
    expect(tree.locator("[data-part=trail]")).to_contain_text(label)
    answer(tree, upgrade, "downtime", "unwanted")
    expect(message).to_contain_text(label)
    assert tree.page.url.endswith("?upgrade.downtime=unwanted&upgrade.replication=broken")
    answer(tree, upgrade, "switching", "used")
    assert outcome_shown(tree) == "with-downtime"
    expect(message).to_contain_text(label)
    tree.get_by_role("button", name=f"Change the answer to: {upgrade.questions['replication'].ask}").click()
    answer(tree, upgrade, "replication", "known")
    assert outcome_shown(tree) == "repair-first"
    expect(message).to_be_empty()


def test_an_answer_that_waits_can_be_changed_and_taken_back(go_to: Callable, upgrade: Decision) -> None:
    tree = go_to(query="upgrade.replication=broken")
    tree.get_by_role("button", name=f"Change the answer to: {upgrade.questions['replication'].ask}").click()
    answer(tree, upgrade, "replication", "ok")
    assert question_shown(tree) == "downtime"
    assert tree.page.url.endswith("?upgrade.replication=ok")
    tree.get_by_role("button", name="Start again").click()
    assert tree.page.url.endswith("/upgrade/")
    expect(tree.get_by_role("status")).to_be_empty()


def test_an_answer_whose_question_can_no_longer_come_is_dropped_and_told(go_to: Callable, upgrade: Decision) -> None:
    tree = go_to(query="upgrade.replication=broken")
    answer(tree, upgrade, "downtime", "acceptable")
    expect(tree.get_by_role("status")).to_contain_text("do not count on this path")
    expect(tree.get_by_role("status")).to_contain_text(upgrade.questions["replication"].answers["broken"].label)
    assert tree.page.url.endswith("?upgrade.downtime=acceptable")


# Every path of the tree as it was, and the outcome it had then. Readers have kept such addresses.
KEPT = {
    "situation=install": "installation",
    "situation=upgrade&replication=broken": "with-downtime",
    "situation=upgrade&replication=ok&downtime=acceptable": "with-downtime",
    "situation=upgrade&replication=ok&downtime=unwanted&switching=never": "with-downtime",
    "situation=upgrade&replication=ok&downtime=unwanted&switching=used&priority=minimal-downtime": "no-downtime",
    "situation=upgrade&replication=ok&downtime=unwanted&switching=used&priority=simplicity": "with-downtime",
}


def test_no_kept_address_leads_silently_to_another_method(go_to: Callable, upgrade: Decision) -> None:
    on_the_way = {"&".join(address.split("&")[:steps]) for address in KEPT for steps in range(1, address.count("&") + 2)}
    for address in sorted(on_the_way):
        tree = go_to(query=address)
        expect(tree.get_by_role("status")).to_contain_text(upgrade.retired["situation"].note)
        if address in KEPT:
            assert outcome_shown(tree) in (KEPT[address], None), address
        assert (outcome_shown(tree) is None) != (question_shown(tree) is None), address
        expect(tree.get_by_role("status")).not_to_contain_text(UNKNOWN)


@pytest.mark.parametrize(("address", "question", "given"), [
    ("situation=upgrade&replication=broken", "replication", "broken"),
    ("situation=upgrade&replication=ok&downtime=unwanted&switching=used&priority=simplicity", "downtime", "acceptable"),
])
def test_a_kept_address_says_what_its_answers_count_as(address: str, question: str, given: str, go_to: Callable, upgrade: Decision) -> None:
    tree = go_to(query=address)
    expect(tree.get_by_role("status")).to_contain_text(upgrade.questions[question].answers[given].label)
    expect(tree.locator("[data-part=trail]")).to_contain_text(upgrade.questions[question].answers[given].label)


def test_after_a_kept_address_the_answers_stand_under_the_trees_own_name(go_to: Callable, upgrade: Decision) -> None:
    tree = go_to(query="utm_source=mail&situation=upgrade&downtime=unwanted&switching=used&priority=minimal-downtime")
    assert question_shown(tree) == "replication"
    answer(tree, upgrade, "replication", "ok")
    assert tree.page.url.endswith(f"/upgrade/?utm_source=mail&{written('upgrade', TO_THE_END)}")
    expect(tree.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize("query", [
    "q=active&upgrade.downtime=acceptable", "upgrade.downtime=acceptable&h=server&q=active", "q=active&downtime=acceptable",
])
def test_the_search_of_the_theme_does_not_cover_answers(query: str, page: Page, open_tree, upgrade: Decision) -> None:
    tree = open_tree(query=query)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-md-toggle=search]")).not_to_be_checked()
    expect(page.get_by_role("textbox", name="Search", exact=True)).not_to_be_focused()
    tree.get_by_role("button", name="Start again").click()
    answer(tree, upgrade, "downtime", "unwanted")
    assert "q=" not in page.url


def test_the_search_of_the_theme_opens_where_there_are_no_answers(page: Page, open_tree) -> None:
    open_tree(query="q=active&utm_source=mail")
    expect(page.locator("[data-md-toggle=search]")).to_be_checked()


# ---- Where answers may go -----------------------------------------------------------------------


@pytest.fixture
def click_link(page: Page) -> Callable[..., None]:
    """Click a link that a page might have."""

    def click(href: str, with_answers: bool) -> None:
        page.evaluate("""([href, answers]) => {
            const link = Object.assign(document.createElement("a"), { href, textContent: "A link", id: "a-link" });
            if (answers) link.dataset.answers = "";
            document.querySelector("article").prepend(link);
        }""", [href, with_answers])
        page.locator("#a-link").click()

    return click


@pytest.mark.parametrize("href", [
    "https://elsewhere.example/upgrade/#here", "https://elsewhere.example/upgrade/?upgrade.replication=ok#here",
    "http://127.0.0.1:1/upgrade/#here",
])
def test_answers_never_leave_for_another_site_with_the_same_path(href: str, page: Page, open_tree, click_link) -> None:
    asked: list[str] = []
    page.route(lambda url: url.startswith(href.partition("/upgrade/")[0] + "/"),
               lambda route: (asked.append(route.request.url), route.fulfill(body="Elsewhere")))
    for with_answers in (False, True):
        here = open_tree(TO_DOWNTIME).page.url
        assert not here.startswith(href.partition("/upgrade/")[0] + "/")
        asked.clear()
        click_link(href, with_answers)
        expect(page.get_by_text("Elsewhere", exact=True)).to_be_visible()
        assert page.url == href
        assert href.partition("#")[0] in asked and not any("acceptable" in url for url in asked)


def test_a_link_with_answers_adds_to_those_given(page: Page, open_tree, click_link) -> None:
    tree = open_tree(TO_THE_END[:2])
    click_link("?upgrade.replication=ok#upgrade-tree", with_answers=True)
    assert outcome_shown(tree) == "no-downtime"
    assert page.url.endswith("?" + written("upgrade", TO_THE_END))


def test_an_address_that_holds_says_nothing(go_to: Callable) -> None:
    tree = go_to(TO_THE_END)
    expect(tree.get_by_role("status")).to_be_empty()


def test_a_former_id_leads_where_it_led(page: Page, colours) -> None:
    url = colours(
        TREE.replace("    ask: Warm", "    renamed_from: [heat]\n    ask: Warm")
        .replace("cold: {label", "cold: {renamed_from: [icy], label")
        .replace("    ask: Really", "    renamed_from: [certain]\n    ask: Really")
    )
    page.goto(url)
    tree = page.locator("[data-decision-tree].is-live")
    tree.wait_for()
    for address in ("heat=icy&certain=really", "colour.heat=icy&colour.certain=really", "heat=cold&colour.sure=really"):
        page.evaluate(GONE_TO, address)
        assert outcome_shown(tree) == "blue"
        expect(tree.get_by_role("status")).to_be_empty()


RETIRED = TREE + """\
retired:
  mood:
    note: The mood is no longer asked for.
    answers:
      sad: {now: {warm: cold, sure: really}}
      glad: {}
  warm:
    note: Nothing is hot any more.
    answers:
      boiling: {now: {warm: hot}}
"""


# What an address holds → the outcome, and what is said.
RETIRED_IN_ADDRESSES = {
    "mood=sad": ("blue", ["The mood is no longer asked for.", "Really? Really"]),
    "colour.mood=sad": ("blue", ["The mood is no longer asked for."]),
    "colour.mood=glad&colour.warm=hot": ("red", ["The mood is no longer asked for."]),
    "warm=boiling": ("red", ["Nothing is hot any more.", "Warm or cold? Warm"]),
    "warm=hot&mood=sad": ("blue", ["The mood is no longer asked for."]),
    "colour.warm=hot&mood=sad": ("red", ["The mood is no longer asked for."]),
    "mood=strange&warm=hot": ("red", []),
    "colour.mood=strange&warm=hot": ("red", [UNKNOWN]),
}


def test_a_retired_answer_counts_as_those_of_today_and_is_told(page: Page, colours) -> None:
    page.goto(colours(RETIRED))
    tree = page.locator("[data-decision-tree].is-live")
    tree.wait_for()
    for query, (outcome, says) in RETIRED_IN_ADDRESSES.items():
        page.evaluate(GONE_TO, query)
        assert outcome_shown(tree) == outcome, query
        said = tree.get_by_role("status").inner_text()
        assert all(text in said for text in says) and bool(said) == bool(says), query


def test_an_address_that_led_elsewhere_says_what_has_changed(page: Page, colours) -> None:
    changed = 'changed:\n  - {until: "0.9", answers: {warm: hot}, note: Warm was blue before.}\n'
    kept = "# Version 0.9\n1 warm=hot → blue\n2 warm=cold sure=really → blue\n"
    url = colours(TREE + changed, **{"_data/published/colour.routes": kept})
    tree = page.locator("[data-decision-tree]")
    page.goto(f"{url}/?colour.warm=hot")
    assert outcome_shown(tree) == "red"
    expect(tree.get_by_role("status")).to_have_text("Changed after version 0.9: Warm was blue before.")
    # Whoever answers today is told nothing of it, and the record says of which version it is.
    tree.get_by_role("button", name="Start again").click()
    tree.get_by_role("button", name="Warm", exact=True).click()
    expect(tree.get_by_role("status")).to_be_empty()
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    tree.get_by_role("button", name="Copy as text").locator("visible=true").click()
    assert "\nVersion of the pages: 1.0\n" in page.evaluate("window.copied")
    page.goto(f"{url}/?colour.warm=cold&colour.sure=really")
    assert outcome_shown(tree) == "blue"
    expect(tree.get_by_role("status")).to_be_empty()


def hostile_queries(count: int = 300) -> list[str]:
    """Addresses that nobody should be able to do harm with; the same ones in every run."""
    chance = random.Random(20)
    keys = ["situation", "replication", "downtime", "priority", "upgrade.downtime", "upgrade.switching", "upgrade.replication",
            "upgrade.__proto__", "upgrade.constructor", "upgrade.priority", "upgrade.", "upgrade.<img src=x onerror=alert(1)>", "__proto__", "constructor",
            "toString", "hasOwnProperty", "<script>alert(1)</script>", "%", "%FF", "%00", "a.b", "upgrade-2.x", "",
            "situation[]", "\u202e", "x" * 3000, "data-question", "'\"><img src=x onerror=alert(1)>"]
    values = ["upgrade", "ok", "install", "never", "unwanted", "used", "acceptable", "simplicity", "toString", "<img src=x onerror=alert(1)>", "%E0%A4%A",
              "__proto__", "javascript:alert(1)", "\U0001f600", "' onclick=alert(1) '", "y" * 5000, "", "&&&", "null", "undefined"]
    return ["&".join(f"{chance.choice(keys)}={chance.choice(values)}" for _ in range(chance.randint(1, 6)))
            for _ in range(count)]


def test_hostile_addresses_leave_a_usable_tree(page: Page, site: Server) -> None:
    page.goto(f"{site.url}/upgrade/")
    page.on("dialog", lambda dialog: pytest.fail("a text of the address was run"))
    before = page.locator("[data-decision-tree] *").count()
    wrong = page.evaluate("""(queries) => queries.filter((query) => {
        history.replaceState(null, "", "?" + query);
        dispatchEvent(new PopStateEvent("popstate"));
        const tree = document.querySelector("[data-decision-tree]");
        const shown = [...tree.querySelectorAll("[data-question], [data-outcome]")].filter((part) => part.offsetHeight);
        return shown.length !== 1 || tree.querySelector("img, script") || tree.textContent.includes("alert(1)");
    })""", hostile_queries())
    assert wrong == []
    for query in hostile_queries(4):
        page.goto(f"{site.url}/upgrade/?{query}")
        tree = page.locator("[data-decision-tree].is-live")
        tree.wait_for()
        assert (question_shown(tree) is None) != (outcome_shown(tree) is None), query
        # The theme writes the whole address into links within the page.
        assert "alert(1)" not in tree.inner_text() and tree.locator("img, script").count() == 0
    assert before > 100


def test_where_the_script_does_not_load_the_whole_tree_appears(page: Page, site: Server) -> None:
    page.route("**/decision-tree.*.js", lambda route: route.abort())
    page.goto(f"{site.url}/upgrade/")
    tree = page.locator("[data-decision-tree]")
    for part in tree.locator("[data-question], [data-outcome], [data-part=because]").all():
        expect(part).to_be_visible()


@pytest.mark.parametrize("address", ["upgrade/", "recovery/"])
def test_before_the_script_starts_the_tree_stands_as_it_will(address: str, page: Page, site: Server) -> None:
    def places(parts: str) -> list[list[float]]:
        return page.locator(parts).evaluate_all("all => all.map(one => { const { top, height } = one.getBoundingClientRect(); return [top, height]; })")

    first = ".decision-tree__question--first"
    shown = f"{first}, {first} li, [data-part=notices]"
    page.route("**/site.*.css", patient)
    page.route("**/decision-tree.*.js", lambda route: route.abort())
    page.goto(f"{site.url}/{address}")
    before = places(shown)
    assert {height for _, height in places(f"[data-question]:not({first}), [data-outcome]")} == {0}
    page.unroute("**/decision-tree.*.js")
    page.reload()
    page.locator("[data-decision-tree].is-live").wait_for()
    assert places(shown) == before


# ---- Your answers ----------------------------------------------------------------------------


def test_change_names_its_question_and_keeps_what_still_holds(go_to: Callable, upgrade: Decision) -> None:
    tree = go_to(TO_THE_END)
    tree.get_by_role("button", name=f"Change the answer to: {upgrade.questions['switching'].ask}").click()
    assert question_shown(tree) == "switching"
    given = tree.locator("[data-question=switching]").get_by_role("button", name="your answer so far")
    expect(given).to_contain_text(upgrade.questions["switching"].answers["used"].label)
    given.click()
    assert outcome_shown(tree) == "no-downtime"
    assert tree.page.url.endswith(written("upgrade", TO_THE_END)), "every later answer is kept"
    expect(tree.get_by_role("status")).to_be_empty()


def test_change_says_which_answers_are_dropped(go_to: Callable, upgrade: Decision) -> None:
    tree = go_to(TO_THE_END)
    tree.get_by_role("button", name=f"Change the answer to: {upgrade.questions['downtime'].ask}").click()
    answer(tree, upgrade, "downtime", "acceptable")
    assert outcome_shown(tree) == "with-downtime"
    for question, given in TO_THE_END[1:]:
        expect(tree.get_by_role("status")).to_contain_text(upgrade.questions[question].ask)
        expect(tree.get_by_role("status")).to_contain_text(upgrade.questions[question].answers[given].label)
    assert tree.page.url.endswith(written("upgrade", TO_DOWNTIME))


def test_start_again_clears_everything(go_to: Callable) -> None:
    tree = go_to(TO_THE_END)
    tree.get_by_role("button", name="Start again").click()
    assert question_shown(tree) == "downtime"
    assert tree.page.url.endswith("/upgrade/")


def test_back_takes_the_last_answer_away(go_to: Callable) -> None:
    tree = go_to(TO_THE_END)
    tree.get_by_role("button", name="Back").click()
    assert question_shown(tree) == "replication"
    assert tree.page.url.endswith(written("upgrade", TO_THE_END[:2]))


def test_the_focus_moves_to_the_new_question(open_tree, upgrade: Decision, page: Page) -> None:
    tree = open_tree()
    answer(tree, upgrade, "downtime", "unwanted")
    assert page.evaluate("document.activeElement.dataset.question") == "switching"
    page.go_back()
    assert page.evaluate("document.activeElement.dataset.question") == "downtime"


# ---- The outcome -----------------------------------------------------------------------------


def test_the_outcome_is_lean_and_its_column_is_marked(open_tree, upgrade: Decision, page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    tree = open_tree(TO_THE_END)
    outcome = tree.locator("[data-outcome=no-downtime]")
    reasons = [upgrade.questions[q].answers[a].because for q, a in TO_THE_END]
    expect(outcome.locator("[data-part=reason]")).to_have_text(reasons[-1])
    assert outcome.locator("[data-part=reasons] li").all_text_contents() == reasons
    expect(outcome.locator("[data-part=reasons]")).to_be_hidden()
    for criterion in upgrade.criteria:
        shown = outcome.get_by_text(upgrade.methods["no-downtime"].criteria[criterion], exact=True)
        assert shown.count() == (criterion in upgrade.card), "the other criteria are in the table alone"
    assert outcome.bounding_box()["height"] <= 500
    for notice in upgrade.notices.values():
        expect(tree.get_by_text(notice.text)).to_be_visible()
    assert page.title().startswith(upgrade.outcomes["no-downtime"].title)
    table = page.locator(".comparison-table")
    expect(table.locator(".is-chosen")).to_have_count(len(upgrade.criteria) + 1)
    assert {cell.get_attribute("data-method") for cell in table.locator(".is-chosen").all()} == {"no-downtime"}
    expect(table.locator("[data-part=chosen]:visible").locator("..")).to_contain_text(upgrade.methods["no-downtime"].title)
    widths = table.locator("thead th").evaluate_all("all => all.map((one) => Math.round(one.getBoundingClientRect().width))")
    assert max(widths) - min(widths) <= 1
    tree.get_by_role("button", name="Back").click()
    expect(table.locator(".is-chosen")).to_have_count(0)


def test_a_table_that_comes_after_its_tree_has_started_has_its_column_marked_too(page: Page, built_once: Callable[..., Build]) -> None:
    pages = {**files(TREE), "index.md": '# Start\n\n{{ decision_tree("colour") }}\n\n{{ comparison_table("colour") }}\n'}
    folder = built_once("table-below", making(pages)).site
    before, table, after = (folder / "index.html").read_text(encoding="utf-8").partition('<div class="data-table comparison-table"')
    goes_on = threading.Event()

    class Slow(SimpleHTTPRequestHandler):
        """The page stops before the table until it is told to go on."""

        def do_GET(self) -> None:
            if self.path.partition("?")[0] != "/":
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(before.encode())
            goes_on.wait(60)
            self.wfile.write((table + after).encode())

        def log_message(self, *arguments: object) -> None:
            """Keep the tests' output readable."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Slow, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/?colour.warm=hot", wait_until="commit")
        page.locator("[data-outcome]:visible").wait_for()
        expect(page.locator(".comparison-table")).to_have_count(0)
        goes_on.set()
        expect(page.locator(".comparison-table th.is-chosen")).to_have_count(1)
        chosen = page.locator(".comparison-table .is-chosen").evaluate_all("all => all.map((one) => [one.tagName, one.dataset.method])")
        assert chosen == [["TH", "red"], ["TD", "red"]]
        server.shutdown()


@pytest.mark.parametrize(("width", "height", "most"), [(1024, 768, 700), (390, 844, 750)])
def test_the_first_question_stands_on_the_first_screen_and_the_next_says_its_place(
    width: int, height: int, most: int, page: Page, open_tree, upgrade: Decision
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    tree = open_tree()
    box = tree.locator("[data-question=downtime] .decision-tree__answers li").last.bounding_box()
    assert box["y"] + box["height"] <= most
    answer(tree, upgrade, "downtime", "unwanted")
    place = tree.locator("[data-part=progress]")
    expect(place).to_contain_text("Question 2 of at most 3")
    expect(place).to_contain_text(upgrade.questions["downtime"].answers["unwanted"].label)
    expect(place).to_be_in_viewport()
    expect(tree.locator("[data-question=switching] .decision-tree__answers li").last).to_be_in_viewport()
    assert page.title().startswith(upgrade.questions["switching"].ask)
    wide = width > 960
    assert tree.locator("svg").is_visible() == wide and tree.get_by_role("button", name="Change").is_visible() == wide


# ---- Not sure --------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [COPYING])
def test_not_sure_says_what_is_possible_and_what_to_find_out_and_can_be_handed_on(page: Page, colours) -> None:
    url = colours(TREE.replace("    ask: Really?", "    unsure: {who: The painter, where: On the wall}\n    ask: Really?"))
    page.goto(url)
    tree = page.locator("[data-decision-tree].is-live")
    tree.get_by_role("button", name="I am not sure").click()
    assert page.url.endswith("?colour.warm=not.sure")
    panel = tree.locator("[data-part=open]")
    expect(panel).to_be_focused()
    assert (question_shown(tree), outcome_shown(tree)) == (None, None)
    assert panel.locator("[data-part=possible] > li").all_inner_texts() == ["Red: 2 ways", "Blue: 1 way"]
    first, second = panel.locator("[data-part=settle] > li").all()
    assert first.inner_text().split("\n")[0] == "Find this out first. Warm or cold?", "of equals the first"
    assert first.locator("[data-part=left] li").all_inner_texts() == ["Warm → Red", "Cold → 2 outcomes are left"]
    expect(second).to_contain_text("The painter")
    assert {edge.get_attribute("data-edge") for edge in tree.locator("[data-edge].is-possible").all()} == {
        "warm hot", "warm cold", "sure really", "sure not-really"}
    tree.get_by_role("button", name="Copy as text").click()
    expect(tree.get_by_role("status")).to_have_text("Copied.")
    record = page.evaluate("navigator.clipboard.readText()")
    assert all(part in record for part in ("I am not sure", "- Red: 2 ways", "- Blue: 1 way", f"{url}/?colour.warm=not.sure#colour-tree"))
    second.get_by_role("button", name="Answer the question: Really?").click()
    tree.get_by_role("button", name="Not really", exact=True).click()
    assert outcome_shown(tree) == "red", "whatever the answer that is not known"
    expect(tree.locator("[data-outcome=red] [data-part=reason]")).to_contain_text("does not matter")
    expect(tree.get_by_role("status")).to_contain_text("Warm or cold? I am not sure")
    tree.locator(".decision-tree__open:visible").click()
    page.wait_for_url("**/red/?colour.warm=not.sure&colour.sure=not-really")
    expect(tree).to_have_count(0)  # the address changes before the page: what goes back meanwhile is overtaken by it
    page.go_back()
    expect(tree.locator("[data-outcome=red]")).to_be_visible()
    tree.get_by_role("button", name="Back").click()
    assert question_shown(tree) == "warm"


@pytest.mark.parametrize("options", [COPYING])
def test_copy_as_text_gives_a_record_for_a_ticket(page: Page, site: Server, upgrade: Decision) -> None:
    page.goto(f"{site.url}/upgrade/?utm_source=mail&h=server&{written('upgrade', TO_THE_END)}")
    tree = page.locator("[data-decision-tree]")
    tree.get_by_role("button", name="Copy as text").click()
    expect(tree.get_by_role("status")).to_have_text("Copied.")
    record = page.evaluate("navigator.clipboard.readText()")
    for question, given in TO_THE_END:
        assert upgrade.questions[question].ask in record
        assert upgrade.questions[question].answers[given].label in record
    assert upgrade.methods["no-downtime"].title in record
    assert re.search(r"^20\d\d-\d\d-\d\d \d\d:\d\d UTC$", record, re.MULTILINE)
    tree.get_by_role("button", name="Copy link").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => !text.includes('\\n'))")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link in record
    assert link == f"{site.url}/upgrade/?utm_source=mail&{written('upgrade', TO_THE_END)}#upgrade-tree", "nothing of the search"
    page.goto(link)
    assert outcome_shown(tree) == "no-downtime"


def test_without_a_clipboard_the_text_is_shown_and_selected(page: Page, open_tree) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    tree = open_tree(TO_THE_END)
    tree.get_by_role("button", name="Copy as text").click()
    box = tree.get_by_role("textbox", name="Text to copy")
    expect(box).to_be_visible()
    assert page.evaluate("document.getSelection().toString()") == box.input_value() != ""


# ---- The picture -----------------------------------------------------------------------------


def test_the_picture_has_every_question_answer_and_outcome_as_text(go_to: Callable, upgrade: Decision) -> None:
    tree = go_to()
    drawn = re.sub(r"\s+", "", tree.locator("svg").text_content())
    for question in upgrade.questions.values():
        assert re.sub(r"\s+", "", question.ask) in drawn
        for one in question.answers.values():
            assert re.sub(r"\s+", "", one.label) in drawn
    assert tree.locator("[data-edge]").count() == sum(len(q.answers) for q in upgrade.questions.values())


def test_no_text_of_the_picture_leaves_its_box(go_to: Callable) -> None:
    tree = go_to()
    outside = tree.page.evaluate("""() => [...document.querySelectorAll('svg .node')].filter(node => {
        const box = node.querySelector('rect').getBBox(), text = node.querySelector('text').getBBox();
        return text.x < box.x || text.x + text.width > box.x + box.width || text.y + text.height > box.y + box.height;
    }).map(node => node.textContent)""")
    assert outside == []


def test_the_picture_follows_the_answers_and_leads_back(go_to: Callable, upgrade: Decision) -> None:
    tree = go_to(TO_THE_END[:1] + (("switching", "never"),))
    taken = tree.locator("[data-edge].is-taken")
    assert {edge.get_attribute("data-edge") for edge in taken.all()} == {"downtime unwanted", "switching never"}
    here = tree.locator("svg [aria-current=step]")
    assert here.get_attribute("data-node") == "outcome with-downtime"
    tree.locator('svg [data-node="question replication"]').click()
    assert outcome_shown(tree) == "with-downtime", "a question without its answers cannot be reached"
    tree.locator('svg [data-node="question downtime"]').click()
    assert question_shown(tree) == "downtime"


# ---- Paper -----------------------------------------------------------------------------------


def test_paper_has_the_answers_and_the_outcome(open_tree, upgrade: Decision, page: Page, site: Server) -> None:
    open_tree(TO_DOWNTIME)
    sheets = Sheets(page)
    for question, given in TO_DOWNTIME:
        assert upgrade.questions[question].ask in sheets
        assert upgrade.questions[question].answers[given].label in sheets
        assert upgrade.questions[question].answers[given].because in sheets
    assert site.url not in sheets, "a link within the site says where it leads in words"
    assert upgrade.questions["replication"].help not in sheets
    for control in ("Start again", "Copy link", "Change the answer", "Table of contents", "This tree as JSON"):
        assert control not in sheets


def test_paper_has_the_whole_tree_where_nothing_is_decided(open_tree, upgrade: Decision, page: Page) -> None:
    open_tree(TO_THE_END[:1])
    sheets = Sheets(page)
    for question in upgrade.questions.values():
        assert question.ask in sheets
        for one in question.answers.values():
            assert one.label in sheets and one.because in sheets
    assert "Start again" not in sheets


# ---- Notices ---------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["upgrade/", "upgrade-with-downtime/", "upgrade-no-downtime/"])
def test_the_important_notice_is_a_warning_wherever_it_stands(address: str, page: Page, site: Server, upgrade: Decision) -> None:
    page.goto(f"{site.url}/{address}")
    notice = upgrade.notices["unplanned-activation"]
    warning = page.locator("article .admonition.warning", has_text=notice.title)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text(notice.text)
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    assert warning.locator("p").last.evaluate(size) >= page.locator("article > p").first.evaluate(size), "as large as other text"
    for criterion in (value for method in upgrade.methods.values() for value in method.criteria.values()):
        assert "by itself" not in criterion, "it is no matter of one method"


# ---- Elsewhere -------------------------------------------------------------------------------


def test_two_trees_on_one_page_keep_their_answers_apart(page: Page, colours) -> None:
    url = colours(**{"twice.md": '# Twice\n\n{{ decision_tree("colour") }}\n\n{{ decision_tree("colour") }}\n'})
    page.goto(f"{url}/twice/")
    first, second = page.locator("[data-decision-tree]").all()
    first.get_by_role("button", name="Warm", exact=True).click()
    second.get_by_role("button", name="Cold", exact=True).click()
    assert (outcome_shown(first), question_shown(second)) == ("red", "sure")
    page.reload()
    assert (outcome_shown(first), question_shown(second)) == ("red", "sure")
    assert page.url.endswith("?colour.warm=hot&colour-2.warm=cold")
    for tree in (first, second):
        expect(tree.get_by_role("status")).to_be_empty()
    page.go_back()
    assert (outcome_shown(first), question_shown(second)) == ("red", "warm")


HOSTILE = [
    "<script>alert(1)</script>", '"quotes" \'and\' `more`', "{{ 7 * 7 }} {% raw %} {# x #}", "](javascript:alert(1))",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f600", "\u202b\u05e9\u05dc\u05d5\u05dd\u202c \u0645\u0631\u062d\u0628\u0627", "x" * 500, "&lt;b&gt; &amp;amp; <b>bold</b>",
    "</section></div></template></svg>", "*stars* _under_ ~~strike~~ [ref][x] ![i](x)", "-->  <!-- ]]>", "| pipe | `code`",
]


def hostile_tree() -> str:
    """The example with every text replaced by a hostile one."""
    texts = iter(HOSTILE * 5)

    def hostile(match: re.Match) -> str:
        return match[1] + '"' + next(texts).replace("\\", "\\\\").replace('"', '\\"') + ' "' + match[2]

    # ask and title end at the line, the texts in braces at a comma or the brace
    text = re.sub(r"((?:ask|^title): )[^{\n]*()$", hostile, TREE, flags=re.MULTILINE)
    text = re.sub(r"(mood: )Mood()$", hostile, text, flags=re.MULTILINE)
    return re.sub(r"((?:label|because|title|mood): )[A-Z][^,}\"]*([,}])", hostile, text)


@pytest.mark.parametrize("width", [1280, 320])
def test_hostile_texts_are_shown_as_text_and_keep_the_layout(width: int, page: Page, colours) -> None:
    url = colours(hostile_tree())
    page.set_viewport_size({"width": width, "height": 800})
    page.on("dialog", lambda dialog: pytest.fail("a text of the data was run"))
    page.goto(url)
    tree = page.locator("[data-decision-tree].is-live")
    body = page.content()
    for text in HOSTILE:
        assert page.get_by_text(text.strip(), exact=False).count() or text in page.locator("article").text_content(), text
    assert "49" not in page.locator("article").text_content()
    assert "<b>bold" not in body
    while question_shown(tree):
        tree.locator("[data-question]:visible .decision-tree__answers button").last.click()
    assert outcome_shown(tree) is not None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
