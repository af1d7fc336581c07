"""Proofs of the core of the status reader with this site's rules, on an empty page: by hand, against an
oracle, by mutation, and for its comparison and its copy."""

import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support import status_sets
from support.cores import called, core_of
from support.procedures import read_site
from support.report_sources import MANGLED, MANGLERS, SETS, capital, interleaved, small
from support.reports import ACTIVE, CASES, MADE, STANDBY, huge_texts, mutations
from support.run_site import own_data
from support.sites import ROOT
from support.work import counted_core_of

from macros.reference.html import status_rules
from macros.reference.samples import after_phases

JUDGE = """(rules) => {
    window.rules = rules;
    window.seen = (text, now) => {
        const read = reports.read([{ name: "", text }], rules);
        if (!read.any) return [read.without, []];
        const { verdict, findings } = reports.judge(read, rules, now ?? null);
        return [verdict, [...findings.keys()].sort()];
    };
}"""


def own_rules() -> dict[str, Any]:
    data = own_data()
    return json.loads(status_rules(data.states, data.window, data.checks, passing=data.checks.passing))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with core_of(browser, "status-core.js", "status-later.js") as page:
        page.evaluate(JUDGE, own_rules())
        yield page


def seen(page: Page, texts: list[str]) -> list[tuple[str, set[str]]]:
    """The verdict and the findings of each text."""
    return [(verdict, set(findings)) for verdict, findings in called(page, "texts => texts.map(text => seen(text))", texts)]


def test_each_set_has_its_verdict_by_hand(page: Page) -> None:
    assert len(SETS) + len(CASES) >= 120
    found = dict(zip(SETS, seen(page, [text for text, _ in SETS.values()]), strict=True))
    wrong = {name: found[name] for name, (_, (verdict, findings)) in SETS.items()
             if found[name][0] != verdict or not findings <= found[name][1]}
    assert wrong == {}


# By the clock and for one role: see below.
ELSEWHERE = {"old", "clock", "role-missing"}


def test_each_check_decides_a_set_by_hand(page: Page) -> None:
    """Without it the verdict of one is another, or a note that belongs to one is missing."""
    by_hand = {name: (text, *expected) for name, (text, expected) in SETS.items()}
    by_hand |= {name: (case.text, case.verdict, case.findings) for name, case in CASES.items() if case.servers}
    named = {finding for _, _, findings in by_hand.values() for finding in findings}
    checks = page.evaluate("rules.verdicts")
    deciding = called(page, """texts => {
        const read = texts.map(text => reports.read([{ name: "", text }], rules)).filter(one => one.any);
        const judged = read.map(one => reports.judge(one, rules));
        const without = finding => ({ ...rules, verdicts: { ...rules.verdicts, [finding]: "note" } });
        return Object.keys(rules.verdicts).filter(finding => read.some((one, place) =>
            judged[place].findings.has(finding) && reports.judge(one, without(finding)).verdict !== judged[place].verdict));
    }""", [text for text, _, _ in by_hand.values()])
    silent = {finding for finding, verdict in checks.items() if finding not in named or verdict != "note" and finding not in deciding}
    assert silent == ELSEWHERE


def test_each_mangled_text_keeps_its_verdict(page: Page) -> None:
    fixtures = {f"{name}: {how}": (mangler(text), verdict) for name, (text, verdict) in MANGLED.items() for how, mangler in MANGLERS.items()}
    assert len(fixtures) >= 200
    found = dict(zip(fixtures, seen(page, [text for text, _ in fixtures.values()]), strict=True))
    assert {name: found[name] for name, (_, verdict) in fixtures.items() if found[name][0] != verdict} == {}


def test_reports_mixed_by_a_terminal_never_work(page: Page) -> None:
    chance = random.Random(1)
    pretty = MANGLERS["pretty"](MANGLED["healthy"][0])
    whole = re.split(r"(?m)^(?=\{)", pretty)[1:]
    mixed = [text for text in (interleaved(whole, chance) for _ in range(200)) if text.splitlines() != pretty.splitlines()]
    assert "works" not in {verdict for verdict, _ in seen(page, mixed)}


def test_no_beginning_of_a_mangled_set_works(page: Page) -> None:
    chance = random.Random(2)
    begun = []
    for how in ("broken at 72", "quoted, then wrapped", "pretty and numbered", "HTML", "smart quotes"):
        text = MANGLERS[how](MANGLED["healthy"][0])
        # The last braces, and what a mangler adds, say nothing more.
        begun += [text[:chance.randrange(len(text) - 60)] for _ in range(60)]
    assert "works" not in {verdict for verdict, _ in seen(page, begun)}


def test_it_works_only_where_an_independent_oracle_agrees(page: Page) -> None:
    chance = random.Random(3)
    sets = []
    for number in range(2000):
        facts = status_sets.healthy(chance)
        sets.append(facts if number % 5 == 0 else status_sets.mutated(facts, chance))
    expected = [status_sets.works(facts) for facts in sets]
    assert 400 < sum(expected) < 1000
    found = seen(page, [status_sets.text_of(facts, chance) for facts in sets])
    wrong = [(facts, verdict) for facts, right, verdict in zip(sets, expected, found, strict=True) if (verdict[0] == "works") != right]
    assert wrong[:2] == []


def test_no_mutation_of_a_healthy_set_works(page: Page) -> None:
    names, texts = zip(*mutations(), strict=True)
    found = dict(zip(names, seen(page, list(texts)), strict=True))
    assert {name: verdict for name, (verdict, _) in found.items() if verdict not in ("broken", "unclear")} == {}


@pytest.mark.parametrize(("minutes", "verdict", "finding"), [(10, "works", ""), (59, "works", ""), (61, "unclear", "old"), (-59, "works", ""), (-61, "unclear", "clock")])
def test_a_set_counts_as_old_after_an_hour(minutes: int, verdict: str, finding: str, page: Page) -> None:
    last = 1_771_411_159_000  # 2026-02-18 10:39:19 UTC, in ms, the last contact in the set
    said, findings = page.evaluate("([text, now]) => seen(text, now)", [MANGLED["healthy"][0], last + minutes * 60_000])
    assert (said, findings) == (verdict, [finding] if finding else [])


# ---- Each for itself ----------------------------------------------------------------------------

# The verdict on the servers of one role, the role of each, and the findings.
OF_ROLE = """([text, role]) => {
    const { verdict, servers, findings } = reports.judge(reports.read([{ name: "", text }], rules), rules, null, role);
    return [verdict, servers.map(({ code }) => rules.states[code].role), [...findings.keys()]];
}"""


@pytest.mark.parametrize(("name", "role", "verdict"), [
    ("healthy", "", "works"), ("healthy", "active", "works"), ("healthy", "standby", "works"), ("one is missing", "active", "works"),
    ("one is missing", "", "unclear"), ("flag against the state", "active", "works"), ("flag against the state", "standby", "unclear"),
    ("not connected", "active", "broken"), ("not connected", "standby", "works"),
])
def test_the_servers_of_one_role_are_judged_each_for_itself(name: str, role: str, verdict: str, page: Page) -> None:
    said, roles = page.evaluate(OF_ROLE, [MANGLED[name][0], role])[:2]
    assert said == verdict and roles
    assert set(roles) <= ({role} if role else {"active", "standby"})


def test_a_role_that_is_not_there_is_not_told(page: Page) -> None:
    text = json.dumps({"Server 1 Status": {"Database Replication State": "STB_REP|x"}})
    assert page.evaluate(OF_ROLE, [text, "active"]) == ["unclear", [], ["role-missing"]]


def test_texts_made_to_cost_time_have_their_verdict(page: Page) -> None:
    texts = huge_texts(1_000_000)
    found = page.evaluate(f"all => all.map({MADE}).map(text => [seen(text)[0], text.length > 900_000])", [pieces for pieces, _ in texts.values()])
    assert dict(zip(texts, found, strict=True)) == {name: [expected, True] for name, (_, expected) in texts.items()}


def test_texts_made_to_cost_time_take_work_in_proportion_to_their_length(counting_browser: Browser) -> None:
    with counted_core_of(counting_browser, "status-core.js") as (page, work):
        page.evaluate(JUDGE, own_rules())
        small, large = huge_texts(10_000), huge_texts(40_000)
        for name in small:
            page.evaluate(f"pieces => {{ [window.small, window.large] = pieces.map({MADE}); }}", [small[name][0], large[name][0]])
            assert work("seen(large)") <= 4 * work("seen(small)"), name


# ---- Samples ------------------------------------------------------------------------------------

def test_the_sample_after_each_phase_has_the_verdict_of_its_state(page: Page) -> None:
    actions, procedures = read_site(ROOT, {}, most=2)
    checks, written = own_data().checks, procedures.played
    assert set(checks.phases.pages) <= set(written)
    texts, working = [], []
    for name in checks.phases.pages:
        made = list(after_phases(checks, actions, written[name]))
        assert len(made) == len(written[name].procedure.phases()), name
        for sample, states in made:
            texts.append(sample.model_dump(mode="json")["servers"])
            working.append(all(state["replication"] == "works" for state in states))
    found = page.evaluate("all => all.map(servers => seen(reports.sample(servers, rules)))", texts)
    # The findings say which servers; a sample contradicts itself nowhere.
    assert [verdict for verdict, _ in found] == ["works" if works else "broken" for works in working]
    assert 0 < sum(working) < len(working)
    assert {finding for _, findings in found for finding in findings} <= {"needs-attention", "not-connected", "not-declared"}


# ---- Before and after ---------------------------------------------------------------------------


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if not isinstance(value, dict):
        yield path
        return
    for name, child in value.items():
        yield from leaves(child, (*path, name))


def changed(report: dict[str, Any], chance: random.Random, number: int) -> set[tuple[str, ...]]:
    """Change so many leaves of a report: some to another value, some gone. Gives their paths."""
    paths = chance.sample(sorted(leaves(report)), number)
    for path in paths:
        part = report
        for name in path[:-1]:
            part = part[name]
        how = chance.randrange(3)
        if how == 0:
            del part[path[-1]]
        else:
            part[path[-1]] = "requested" if how == 1 else "another"
    return set(paths)


def test_each_change_between_two_sets_is_listed_once(page: Page) -> None:
    chance = random.Random(4)
    pairs, expected = [], []
    for number in range(300):
        facts = status_sets.healthy(chance)
        before = {key: status_sets.report(key, one) for key, one in facts["servers"].items()}
        after = json.loads(json.dumps(before))
        wanted = {}
        for key in chance.sample(sorted(after), 1 if number % 3 else len(after)):
            count = 0 if number % 10 == 0 else chance.randint(1, 4)
            wanted[key] = changed(after[key][f"Server {key} Status"], chance, count)
        pairs.append(["\n".join(map(json.dumps, one.values())) for one in ((before, after) if number % 2 else (after, before))])  # what is gone one way is new the other
        expected.append({key: sorted(map(list, paths)) for key, paths in wanted.items() if paths})
    found = called(page, """pairs => pairs.map(pair => {
        const [before, after] = pair.map(text => reports.judge(reports.read([{ name: "", text }], rules), rules));
        return reports.compare(before, after, rules).map(({ server, change, leaves }) => [server.key, change, leaves.map(({ path }) => path)]);
    })""", pairs)
    for wanted, servers in zip(expected, found, strict=True):
        assert {key: sorted(paths) for key, _, paths in servers if paths} == wanted
        if not wanted:
            assert {change for _, change, _ in servers} == {"same"}


@pytest.mark.parametrize(("before", "after", "change"), [
    ("healthy", "healthy", "same"), ("not connected", "healthy", "better"), ("healthy", "not connected", "worse"), ("healthy", "flag against the state", "worse"), ("flag against the state", "healthy", "better"),
])
def test_a_server_is_better_or_worse(before: str, after: str, change: str, page: Page) -> None:
    found = page.evaluate("""pair => {
        const [before, after] = pair.map(text => reports.judge(reports.read([{ name: "", text }], rules), rules));
        return Object.fromEntries(reports.compare(before, after, rules).map(({ server, change }) => [server.key, change]));
    }""", [MANGLED[before][0], MANGLED[after][0]])
    assert found == {"10": "same", "1174": "same", "1296": change}


def test_a_kept_set_is_itself_and_anything_else_is_none(page: Page) -> None:
    right = {"name": "a", "date": "2026-02-18T10:39:19.000Z", "texts": [{"name": "c", "text": "d"}]}
    others = [json.dumps({**right, "date": date}) for date in ("", "soon", "2026-02-31T10:39:19.000Z")]
    others += [None, "no JSON", "{}", "null", '{"name": 1, "date": "x", "texts": []}', '{"name": "a", "date": "b", "texts": [{"name": "a"}]}', '{"name": "a", "date": "b", "texts": {}}']
    assert page.evaluate("all => all.map(reports.keptIn)", [json.dumps(right), *others]) == [right, *[None] * len(others)]


def test_other_letters_in_names_are_no_change(page: Page) -> None:
    found = page.evaluate("""pair => {
        const [before, after] = pair.map(text => reports.judge(reports.read([{ name: "", text }], rules), rules));
        return reports.compare(before, after, rules).flatMap(({ leaves }) => leaves);
    }""", [MANGLED["healthy"][0], capital(MANGLED["healthy"][0])])
    assert found == []


def test_worse_stands_before_better_and_both_before_the_rest(page: Page) -> None:
    codes = {"1": ("ACT_REP", "ACT_REP"), "2": ("STB_REP", "STB_REP"), "3": ("STB_ONHOLD", "STB_REP"), "4": ("STB_REP", "STB_ONHOLD"), "5": ("STB_ONHOLD", "STB_REP"), "6": ("STB_REP", "UNKNOWN")}
    texts = ["".join(json.dumps({f"Server {key} Status": {"Database Replication State": f"{both[when]}|x"}}) for key, both in codes.items()) for when in (0, 1)]
    found = page.evaluate("""pair => {
        const [before, after] = pair.map(text => reports.judge(reports.read([{ name: "", text }], rules), rules));
        return reports.compare(before, after, rules).map(({ server, change }) => [change, server.key]);
    }""", texts)
    assert found == [["worse", "4"], ["worse", "6"], ["better", "3"], ["better", "5"], ["same", "1"], ["same", "2"]]


# ---- A copy to share ----------------------------------------------------------------------------

COPY = """texts => texts.map(text => {
    const copy = reports.share(reports.read([{ name: "", text }], rules), rules);
    return [copy.text, copy.pairs, seen(copy.text)];
})"""


def test_a_copy_holds_no_name_and_no_address_and_has_the_same_verdict(page: Page) -> None:
    chance = random.Random(5)
    texts, hidden = [], []
    for number in range(300):
        facts = status_sets.healthy(chance)
        if number % 2:
            facts = status_sets.mutated(facts, chance)
        names = {name for one in facts["servers"].values() for name, _ in one["list"]}
        address = f"203.0.{chance.randrange(256)}.{chance.randrange(256)}"
        text = status_sets.text_of(facts, chance)
        text = text.replace("192.0.2.7", address).replace('"Server prefix": "1"', json.dumps({
            "Server prefix": "1", "Database": f"{sorted(names)[0]} at {address}:1313, fe80::1:{number:x}, smc{number}.corp.example"})[1:-1])
        texts.append(text)
        hidden.append({*names, address, f"fe80::1:{number:x}", f"smc{number}.corp.example"})
    found = called(page, COPY, texts)
    for secrets, (copy, pairs, _) in zip(hidden, found, strict=True):
        assert [secret for secret in secrets if re.search(rf"(?<![\w.-]){re.escape(secret)}(?![\w-])", copy)] == []
        assert len({other for _, other in pairs}) == len(pairs)
    assert [verdict for _, _, (verdict, _) in found] == [verdict for verdict, _ in seen(page, texts)]


@pytest.mark.parametrize(("written", "left"), [
    ("host:203.0.113.9", "host:address-1"), ("tcp:srv2.corp.example", "tcp:address-1"), ("addr=2001:db8::6", "addr=address-1"),
    ("203.0.113.9-eth0", "address-1-eth0"), ("203.0.113.9_17", "address-1_17"), ("::ffff:203.0.113.9", "address-1"),
    ("[2001:db8:0:0:0:0:0:9]:88", "[address-1]:88"), ("2001:db8:0:0:0:0:0:9", "address-1"), ("10:39:19", "10:39:19"), ("127.0.0.1", "127.0.0.1"),
    ("dk_mgt_1", "server-2"), ("DK_MGT_1_repl", "server-2_repl"), ("XDK_MGT_1", "XDK_MGT_1"),
])
def test_a_copy_has_nothing_in_the_place_of_a_name_or_an_address_wherever_it_stands(written: str, left: str, page: Page) -> None:
    text = ACTIVE.replace('"Replication mode"', f'"Database": "it is {written} here", "Replication mode"') + STANDBY
    [(copy, _, _)] = page.evaluate(COPY, [text])
    assert f"it is {left} here" in copy


@pytest.mark.parametrize("letters", [str, small, capital])
def test_a_name_of_digits_is_hidden_where_names_stand(letters: Callable[[str], str], page: Page) -> None:
    for name in ("healthy", "api"):
        [(copy, _, _)] = page.evaluate(COPY, [letters(MANGLED[name][0].replace("DK_MGT_1", "7777"))])
        assert "server-" in copy and "7777" not in copy


@pytest.mark.parametrize(("name", "finding"), [("20260218_103919", None), ("20260101_000000", "apart"), ("20260231_103919", "impossible-time")])
def test_a_copy_keeps_what_the_name_of_its_file_says(name: str, finding: str | None, page: Page) -> None:
    copy = page.evaluate("texts => reports.share(reports.read(texts, rules), rules).text", [{"name": f"{name}_status.json", "text": MANGLED["healthy"][0]}])
    assert seen(page, [copy]) == [("unclear" if finding else "works", {finding} if finding else set())]


@pytest.mark.parametrize("turned", [False, True])
def test_a_time_that_cannot_be_is_not_forgotten_for_a_copy_of_the_report(turned: bool, page: Page) -> None:
    texts = [{"name": name, "text": MANGLED["healthy"][0]} for name in ("20260231_103919_status.json", "20260218_103919_status.json")]
    found = page.evaluate("texts => [...reports.judge(reports.read(texts, rules), rules).findings.keys()].sort()", texts[::-1] if turned else texts)
    assert found == ["impossible-time", "repeated"]


def test_the_copy_of_every_set_has_the_same_verdict(page: Page) -> None:
    texts = {**{name: text for name, (text, _) in SETS.items()}, **{name: case.text for name, case in CASES.items() if case.servers}}
    found = dict(zip(texts, called(page, COPY, list(texts.values())), strict=True))
    before = dict(zip(texts, seen(page, list(texts.values())), strict=True))
    assert {name: (before[name], verdict) for name, (_, _, verdict) in found.items() if verdict[0] != before[name][0]} == {}
