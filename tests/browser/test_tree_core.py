"""The core of the tree, on an empty page: answers followed, ways elsewhere, addresses, the record."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from support.cores import called, core_of
from support.hostile import ODD

from macros.decision.model import Decision
from macros.decision.versions import concerns, meanings, opened, retirements, walk

HELP = """
window.pairs = (steps) => steps.map(({ question, answer }) => [question.id, answer.id]);
window.words = { sayStrange: "strange", sayNow: "now" };
"""
NOT_SURE = "not.sure"
Answers = dict[str, dict[str, str]]  # question → answer → the question or the outcome that it leads to
COLOURS: Answers = {"warm": {"hot": "red", "cold": "sure"}, "sure": {"yes": "blue", "no": "red"}}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with core_of(browser, "decision-tree.js") as page:
        page.evaluate(HELP)
        yield page


def tree(answers: Answers, former: dict[str, list[str]] | None = None, plain: bool = False, retired: tuple = (), changed: tuple = ()) -> dict[str, Any]:
    """What the page would read from the HTML of a tree named t. The first question starts it."""
    def part(name: str) -> dict[str, Any]:
        return {"id": name, "place": f"at-{name}", "former": (former or {}).get(name, []), "text": f"{name}?"}

    def answer(name: str, to: str) -> dict[str, Any]:
        return {**part(name), "target": f"at-{to}", "text": f"{name}!", "because": f"because {name}"}

    outcomes = {to for targets in answers.values() for to in targets.values()} - set(answers)
    return {
        "id": "t", "plain": plain, "unsure": {"id": NOT_SURE, "text": "I am not sure"}, "start": next(iter(answers)), "retired": list(retired), "changed": list(changed),
        "questions": [{**part(name), "answers": [answer(*one) for one in targets.items()]} for name, targets in answers.items()],
        "outcomes": [{**part(name), "outcome": True} for name in sorted(outcomes)],
    }


def random_trees(count: int) -> Iterator[Answers]:
    """Trees of up to seven questions, the same on every run: each leads to questions after it or to outcomes."""
    chance = random.Random(4)
    for _ in range(count):
        names = [f"q{number}" for number in range(chance.randrange(1, 8))]
        yield {name: {f"a{n}": chance.choice([*names[i + 1:], "x", "y", "z"]) for n in range(chance.randrange(2, 4))}
               for i, name in enumerate(names)}


def ahead(answers: Answers, at: str) -> set[str]:
    """All that can be reached from a place, itself among it."""
    return {at}.union(*(ahead(answers, to) for to in answers.get(at, {}).values()))


def paths(answers: Answers, at: str) -> Iterator[list[list[str]]]:
    """Every way from a place to an outcome, as pairs of question and answer."""
    for name, to in answers.get(at, {}).items():
        yield from ([[at, name], *rest] for rest in paths(answers, to))
    if at not in answers:
        yield []


def test_answers_are_followed_wait_or_are_dropped(page: Page) -> None:
    chance = random.Random(5)
    cases, expected = [], []
    for answers in random_trees(300):
        for _ in range(4):
            given = [[name, chance.choice(list(targets))] for name, targets in answers.items() if chance.random() < 0.6]
            at, steps = "q0", []
            while at in dict(given):
                steps.append([at, dict(given)[at]])
                at = answers[at][dict(given)[at]]
            rest = [one for one in given if one not in steps]
            waits = [one for one in rest if one[0] in ahead(answers, at)]
            cases.append([tree(answers), given])
            expected.append([steps, at, waits, [one for one in rest if one not in waits]])
    assert sum(bool(one[2]) for one in expected) > 100 and sum(bool(one[3]) for one in expected) > 100
    assert called(page, """(cases) => cases.map(([tree, given]) => {
        const { steps, at, waiting, dropped } = core.walk(core.graphOf(tree), new Map(given));
        return [pairs(steps), at.id, pairs(waiting), pairs(dropped)];
    })""", cases) == expected


def possible(ways: list[list[list[str]]], given: dict[str, str]) -> list[list[list[str]]]:
    """Every way that agrees with what is given, by brute force: an answer that is not known agrees with all."""
    return [way for way in ways if all(given.get(question, NOT_SURE) in (NOT_SURE, name) for question, name in way)]


def ends(answers: Answers, ways: list[list[list[str]]]) -> Counter[str]:
    """Outcome → how many of the ways end in it."""
    return Counter(answers[way[-1][0]][way[-1][1]] for way in ways)


def settling(answers: Answers, ways: list[list[list[str]]], given: dict[str, str]) -> list[list]:
    """The open questions that may be asked where these ways are possible, each with what every answer leaves; what leaves least on average first."""
    asked = {question for way in ways for question, _ in way}
    open_ = [name for name in answers if name in asked and given.get(name, NOT_SURE) == NOT_SURE]
    left = [[name, [sorted(ends(answers, possible(ways, {name: one}))) for one in answers[name]]] for name in open_]
    return sorted(left, key=lambda one: sum(map(len, one[1])) / len(one[1])) if len(ends(answers, ways)) > 1 else []


def test_what_is_possible_and_what_settles_it_is_what_trying_every_way_gives(page: Page) -> None:
    """Every prefix of every path, with every set of up to three of the questions after it not known."""
    cases, expected = [], []
    for answers in random_trees(60):
        every, tried = list(paths(answers, "q0")), []
        prefixes = {tuple(map(tuple, way[:length])) for way in every for length in range(len(way) + 1)}
        for prefix in sorted(prefixes)[:40]:
            given = dict(prefix)
            free = [name for name in answers if name not in given]
            for count in range(4):
                for unknown in list(combinations(free, count))[:12]:
                    one = {**given, **dict.fromkeys(unknown, NOT_SURE)}
                    tried.append(list(one.items()))
                    ways = possible(every, one)
                    found = ends(answers, ways)
                    expected.append([[[name, found[name]] for name in sorted(found)], settling(answers, ways, one)])
        cases.append([tree(answers), tried])
    assert len(expected) > 5000
    assert sum(len(one[1]) > 1 for one in expected) > 500
    assert called(page, """(cases) => cases.flatMap(([tree, tried]) => {
        const graph = core.graphOf(tree);
        return tried.map((given) => {
            const { possible, open } = core.outlook(graph, new Map(given));
            return [possible.map(([outcome, count]) => [outcome.id, Number(count)]),
                open.map(({ question, left }) => [question.id, left.map(({ outcomes }) => outcomes.map(({ id }) => id))])];
        });
    })""", cases) == expected


def test_a_walk_stops_where_the_answer_is_not_known_and_keeps_what_may_still_count(page: Page) -> None:
    def walked(given: list) -> list:
        return page.evaluate("""([tree, given]) => {
            const { steps, at, open, waiting } = core.walk(core.graphOf(tree), new Map(given));
            return [pairs(steps), at.id, open, pairs(waiting)];
        }""", [tree(COLOURS), given])

    assert walked([]) == [[], "warm", False, []]
    assert walked([["warm", NOT_SURE], ["sure", "no"]]) == [[], "warm", True, [["warm", NOT_SURE], ["sure", "no"]]]
    assert walked([["sure", NOT_SURE], ["warm", "cold"]]) == [[["warm", "cold"]], "sure", True, [["sure", NOT_SURE]]]
    assert walked([["sure", NOT_SURE], ["warm", "hot"]]) == [[["warm", "hot"]], "red", False, []]


def read(page: Page, one: dict[str, Any], query: str) -> tuple[dict[str, str], list]:
    """The answers in a query, and what is said: each text, with the answers that it is about if there are any."""
    given, lines = page.evaluate("""([tree, query]) => {
        const { given, lines } = core.fromQuery(core.graphOf(tree), query, words);
        return [[...given], lines.map(([text, steps]) => (steps ? [text, pairs(steps)] : [text]))];
    }""", [one, query])
    return dict(given), lines


FORMER = {"former": {"warm": ["temperature"], "hot": ["boiling"]}}
PLAIN = {"plain": True}


@pytest.mark.parametrize(("query", "given", "lines", "more"), [
    ("", {}, [], {}),
    ("?t.warm=cold&t.sure=yes", {"warm": "cold", "sure": "yes"}, [], {}),
    ("?other.warm=cold&q=warm&utm_source=x", {}, [], {}),
    ("?t.warm=luke", {}, [["strange"]], {}),
    ("?t.strange=hot&t.warm=hot", {"warm": "hot"}, [["strange"]], {}),
    ("?t.warm=hot&t.warm=cold", {"warm": "hot"}, [["strange"]], {}),
    ("?t.warm=hot&t.warm=hot", {"warm": "hot"}, [], {}),
    # Without the tree's name: only where it is the first of its page, and only what it knows.
    ("?warm=cold", {}, [], {}),
    ("?warm=cold", {"warm": "cold"}, [], PLAIN),
    ("?warm=luke", {}, [], PLAIN),
    ("?warm=cold&t.warm=hot", {"warm": "hot"}, [], PLAIN),
    # Not known: only ever as this word, and never instead of an answer beside it that came first.
    ("?t.warm=not.sure&t.sure=no", {"warm": NOT_SURE, "sure": "no"}, [], {}),
    ("?t.warm=hot&t.warm=not.sure", {"warm": "hot"}, [["strange"]], {}),
    ("?t.warm=?", {}, [["strange"]], {}),
    ("?t.temperature=not.sure", {"warm": NOT_SURE}, [], {"former": {"warm": ["temperature"]}}),
    # Earlier ids, alone and together with those of now.
    ("?t.temperature=boiling", {"warm": "hot"}, [], FORMER),
    ("?t.warm=boiling&t.temperature=hot", {"warm": "hot"}, [], FORMER),
])
def test_a_query_is_read(query: str, given: dict, lines: list, more: dict, page: Page) -> None:
    assert read(page, tree(COLOURS, **more), query) == (given, lines)


def test_a_retired_answer_says_once_what_it_counts_as_and_goes_before_the_answer_beside_it(page: Page) -> None:
    one = tree(COLOURS, retired=({"names": ["hue=teal", "hue=aqua"], "now": ["warm=cold", "sure=yes"], "note": "Teal is no more."},))
    counts = {"warm": "cold", "sure": "yes"}
    says = [["Teal is no more."], ["now", [["warm", "cold"], ["sure", "yes"]]]]
    assert read(page, one, "?t.hue=teal") == (counts, says)
    assert read(page, one, "?t.hue=aqua&t.hue=teal") == (counts, says)
    assert read(page, one, "?t.warm=hot&t.hue=teal")[0] == counts


def test_what_has_changed_is_said_of_an_address_that_holds_its_answers(page: Page) -> None:
    one = tree(COLOURS, changed=({"holds": ["warm=cold", "sure=yes"], "note": "It was red."}, {"holds": [], "note": "All is new."}))
    assert read(page, one, "?t.warm=cold&t.sure=yes")[1] == [["It was red."], ["All is new."]]
    assert read(page, one, "?t.warm=hot&t.sure=yes")[1] == [["All is new."]]
    assert read(page, one, "?utm_source=x") == ({}, [])


def test_the_script_reads_an_address_as_the_build_does(page: Page) -> None:
    chance = random.Random(7)
    cases, expected = [], []
    for answers in random_trees(60):
        former = {name: [f"{name}-old"] for name in [*answers, "a0", "a1"] if chance.random() < 0.5}
        pairs = [(name, answer) for name, targets in answers.items() for answer in targets]
        decision = Decision.model_validate({
            "title": "T", "start": "q0", "other_outcomes": {name: {"title": name, "page": "index.md"} for name in "xyz"},
            "questions": {name: {"ask": name, "renamed_from": former.get(name, []), "answers": {
                answer: {"label": answer, "because": "So.", "choose" if to in "xyz" else "goto": to, "renamed_from": former.get(answer, [])}
                for answer, to in targets.items()}} for name, targets in answers.items()},
            "retired": {name: {"note": f"No {name}.", "answers": {answer: {"now": dict(chance.sample(pairs, chance.randrange(2)))} for answer in ("b0", "b1")}}
                        for name in ("gone", chance.choice([*answers]))},
            "changed": [{"until": "1", "answers": dict(chance.sample(pairs, chance.randrange(min(3, len(pairs))))), "note": f"Change {n}."} for n in range(3)],
        })
        one = tree(answers, former,
                   retired=[{"names": ["=".join(name) for name in part.names], "now": ["=".join(step) for step in part.now], "note": part.note} for part in retirements(decision)],
                   changed=[{"holds": ["=".join(step) for step in part.answers.items()], "note": part.note} for part in decision.changed])
        known = meanings(decision)
        for _ in range(10):
            way = tuple(chance.choice([*known, ("strange", "a0"), ("q0", "strange")]) for _ in range(chance.randrange(1, 6)))
            cases.append([one, "?" + "&".join(f"t.{question}={answer}" for question, answer in way)])
            address = opened(known, way)
            _, question, end = walk(decision, address.given)
            notes = [*address.retired, *(part.note for part in decision.changed if concerns(part, address.given))]
            expected.append([sorted(map(list, address.given.items())), ["strange"] * address.strange + notes, question or end])
    assert called(page, """(cases) => cases.map(([tree, query]) => {
        const graph = core.graphOf(structuredClone(tree));
        const { given, lines } = core.fromQuery(graph, query, words);
        return [[...given].sort(), lines.map(([text]) => text).filter((text) => text !== "now"), core.walk(graph, given).at.id];
    })""", cases) == expected


def test_the_words_of_a_search_are_no_answer(page: Page) -> None:
    one = tree({"q": {"a": "x", "b": "y"}}, plain=True)
    assert read(page, one, "?q=a") == ({}, [])
    assert read(page, one, "?t.q=a") == ({"q": "a"}, [])


def test_no_query_gives_more_than_answers_of_the_tree(page: Page) -> None:
    chance = random.Random(6)
    keys = ["t.", "t.not.sure", "t.warm", "t.__proto__", "__proto__", "constructor", "t.constructor", "warm", "=", "%", "t.%77arm", *ODD]
    values = [*keys, "hot", "cold"]
    queries = ["?t.warm=hot", "?warm=cold", *(
        "?" + "&".join(f"{chance.choice(keys)}{chance.choice(['', '=', '=='])}{chance.choice(values)}" for _ in range(chance.randrange(1, 6)))
        for _ in range(1000))]
    found = page.evaluate("""([tree, queries]) => queries.flatMap((query) =>
        [...core.fromQuery(core.graphOf(structuredClone(tree)), query, words).given].map((one) => one.join("=")))""", [tree(COLOURS, plain=True), queries])
    assert set(found) == {"warm=hot", "warm=cold"}


@pytest.mark.parametrize("others", ["", "utm_source=a%20b+c", "q=x&other.warm=hot", "flag&empty=&x=%E9", f"name={quote('é')}", "warm=hot"])
def test_an_address_takes_the_answers_and_keeps_what_is_of_others(others: str, page: Page) -> None:
    def written(address: str, path: list) -> str:
        return page.evaluate("""([tree, address, path]) => {
            const graph = core.graphOf(tree);
            return core.withAnswers(graph, address, core.walk(graph, new Map(path)).steps).href;
        }""", [tree(COLOURS), address, path])

    path = [["warm", "cold"], ["sure", "no"]]
    address = written(f"https://example.org/a/?t.warm=hot&{others}&t.strange=1#part", path)
    assert address == f"https://example.org/a/?{others}{'&' if others else ''}t.warm=cold&t.sure=no#part"
    assert written(address, path) == address
    assert read(page, tree(COLOURS), address[address.index("?"):address.index("#")])[0] == dict(path)
    assert written(address, []) == f"https://example.org/a/{'?' if others else ''}{others}#part"


def test_keys_are_taken_out_of_an_address(page: Page) -> None:
    assert page.evaluate("core.without('https://example.org/?q=a&x=b&h=c#d', ['q', 'h']).href") == "https://example.org/?x=b#d"


def test_the_record_has_each_answer_with_its_reason(page: Page) -> None:
    text = page.evaluate("""([tree, path]) => {
        const { steps } = core.walk(core.graphOf(tree), new Map(path));
        return core.recordOf("Choose", "at noon", steps, ["Outcome: blue", "Page: b"]);
    }""", [tree(COLOURS), [["warm", "cold"], ["sure", "yes"]]])
    assert [line.strip() for line in text.splitlines() if line.strip("-")] == [
        "Choose", "at noon", "1. warm?", "cold!", "because cold", "2. sure?", "yes!", "because yes", "Outcome: blue", "Page: b"]
