"""The core of the status report reader, on an empty page, and what the scripts share."""

import json
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from support.cores import called, core_of
from support.status_rules import RULES
from support.work import counted_core_of

CORE = ("status-core.js", "status-later.js")
VERDICT = """(rules) => {
    window.core = reports;
    window.rules = rules;
    window.verdictOf = (text) => {
        const read = reports.read([{ name: "", text }], rules);
        return read.any ? reports.judge(read, rules).verdict : read.without;
    };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with core_of(browser, *CORE) as page:
        page.evaluate(VERDICT, RULES)
        yield page


def verdicts(page: Page, texts: list[str]) -> list[str]:
    """What each text shows, or what there is instead of a report."""
    return called(page, "(texts) => texts.map(verdictOf)", texts)


def report(key: str, code: str) -> str:
    role = "Leads" if code == "L" else "Follows"
    mode = role if code == "L" else f"{role} (leader is 1)"
    return json.dumps({f"Host {key} says": {"Mode": mode, "more": {
        "Role": role, "Number": "2", "Hosts": " one (1) two (2)", "Code": f"{code}|words", "Kind": "own", "Switch": "no"}}}, indent=1) + "\n"


ONE, TWO, BROKEN = report("1", "L"), report("2", "F"), report("2", "X")
WORKS = [ONE + TWO, TWO + ONE, f'noise {{x}} [ " }}\n{ONE}{{"a": 1}} {{ {TWO} tail {{"b', ONE.replace("\n", "\r\n") + TWO.replace("\n", "\n\t")]
OTHER = {
    ONE: "unclear", TWO: "unclear", ONE + BROKEN: "broken", ONE + report("2", "L"): "broken", ONE + report("2", "?"): "unclear",
    '{"Host 1 says": {"Code": "S|words"}}': "single", ONE + '{"Host 2 says": {"Code": "S|words"}}': "unclear",
    "": "no-json", "text": "no-json", "{}": "no-json", '{"a": 1}': "no-report", '{"a": {"b": "c': "cut-off", '{"Host 1 says": {"Mo': "unclear",
}


def test_a_set_of_reports_has_its_verdict_whatever_stands_between_them(page: Page) -> None:
    assert verdicts(page, WORKS) == ["works"] * len(WORKS)
    assert dict(zip(OTHER, verdicts(page, list(OTHER)), strict=True)) == OTHER


def test_findings_of_one_verdict_stand_in_the_order_of_the_checks(page: Page) -> None:
    text = BROKEN + ONE + report("3", "L")
    for order in (["several-active", "needs-attention"], ["needs-attention", "several-active"]):
        found = page.evaluate("""([text, order]) => {
            const own = { ...rules, verdicts: Object.fromEntries(order.map((name) => [name, "broken"])) };
            return [...reports.judge(reports.read([{ name: "", text }], own), own).findings.keys()].filter((name) => order.includes(name));
        }""", [text, order])
        assert found == order


def test_what_is_said_of_a_word_stands_in_the_row_of_no_server(page: Page) -> None:
    """A command may be called as a server's key is."""
    found = page.evaluate("""text => {
        const { servers, findings, foundFor } = reports.judge(reports.read([{ name: "", text }], rules), rules);
        return [[...findings.keys()], servers.flatMap(foundFor)];
    }""", ONE + TWO + '{"Order": "1"}')
    assert found == [["command-open"], []]


def judged(page: Page, text: str) -> dict:
    """Finding → the keys of the servers it is about; `names` has the name of each server."""
    return page.evaluate("""text => {
        const { servers, findings } = reports.judge(reports.read([{ name: "", text }], rules), rules);
        const about = [...findings].map(([finding, all]) => [finding, [...all].map(({ key }) => key)]);
        return { ...Object.fromEntries(about), names: servers.map(({ key, name }) => [key, name]) };
    }""", text)


def test_the_leader_in_an_answer_without_its_name_is_named_by_the_list_of_another_server(page: Page) -> None:
    answer = json.dumps({"leader_is": "[L] words", "followers_are": [{"called": "two", "is": "[F] words"}]})
    assert ["1", "one"] in judged(page, answer + TWO)["names"]


def test_reports_of_which_nobody_knows_the_server_are_not_taken_for_one_server_twice(page: Page) -> None:
    found = judged(page, '{"Code": "F|words"} {"Code": "X|words"}')
    assert found["no-key"] == [None, None] and "several-reports" not in found


def test_an_answer_that_ends_behind_its_list_is_cut(page: Page) -> None:
    whole = ONE + TWO + '{"leader": "host/1", "followers": ["host/2"]}'
    assert "system-cut" not in judged(page, whole)
    assert "system-cut" in judged(page, whole.removesuffix("}"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with a mark"])
def test_the_text_of_a_file_is_read_in_each_encoding(encoding: str, page: Page) -> None:
    text = '{"Zürich": "東京"}'
    written = f"\ufeff{text}".encode("utf-16-be") if encoding.endswith("mark") else text.encode(encoding)
    assert page.evaluate("bytes => reports.decoded(Uint8Array.from(bytes))", list(written)) == text


def test_no_beginning_of_a_set_of_reports_works(page: Page) -> None:
    # The brace of the last report ends it; the one around it says nothing more.
    whole = (ONE + TWO).rstrip().removesuffix("}").rstrip()
    begun = [whole[:end] for end in range(len(whole))]
    assert len(begun) > 300 and verdicts(page, [whole]) == ["works"]
    assert "works" not in verdicts(page, begun)


def test_no_piece_taken_out_of_a_set_that_is_broken_makes_it_work(page: Page) -> None:
    whole = ONE + BROKEN
    state = whole.index("X|")
    gaps = [whole[:at] + whole[at + size:] for size in (1, 10, 100) for at in range(len(whole) - size) if not at <= state < at + size]
    assert len(gaps) > 1000 and "works" not in verdicts(page, gaps)


def test_a_sample_is_the_reports_of_its_servers(page: Page) -> None:
    servers = [{"name": "one", "key": "1", "state": "L", "declared": ["2"], "connected": ["2"]}, {"name": "two", "key": "2", "state": "X", "declared": [], "connected": []}]
    first, second = map(json.loads, page.evaluate("servers => reports.sample(servers, rules, code => `It is ${code}.`)", servers).split("\n\n"))
    one, two = first["Host 1 says"], second["Host 2 says"]
    assert (one["Code"], two["Code"], one["Hosts"], two["Number"]) == ("L|It is L.", "X|It is X.", "one (1) two (2)", "2")
    assert (one["Mode"], two["Mode"]) == ("Leads", "Follows (leader is 1)") and one["Flag"] is True and "Flag" not in two
    assert one["declared"] == {"slot2": "2"} and one["connected"] == {"slot2": {"Is": "on"}}


def test_a_number_in_brackets_in_a_name_is_no_key_and_no_colour(page: Page) -> None:
    for name in ("smc[1]x", "smc(1)x", "smc[main]", "[12] one"):
        texts = [one.replace(" one (1)", f" {name} (1)") for one in (ONE, TWO)]
        assert verdicts(page, ["".join(texts)]) == ["works"], name
        found = page.evaluate("text => reports.read([{ name: '', text }], rules).reports[0].list", texts[0])
        assert [(one["name"], one["key"]) for one in found] == [(name, "1"), ("two", "2")]


def test_any_text_is_read_to_its_end(page: Page) -> None:
    chance = random.Random(7)
    pieces = ["{", "}", "[", "]", '"', ",", ":", "\\", "\\u12", "\n", "null", "1e9", '"Host 1 says": ', '"Code": "L|"', '{"', '":', "é", "\0", ONE[:60]]
    texts = ["".join(chance.choice(pieces) for _ in range(chance.randrange(40))) for _ in range(3000)]
    deep = ["[" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000]
    assert "works" not in verdicts(page, [*texts, *deep])
    assert verdicts(page, [ONE + TWO + deep[1], deep[1] + ONE + TWO]) == ["works", "works"]


def test_a_text_is_read_out_of_some_texts_around_it_and_no_more(page: Page) -> None:
    texts = [ONE + TWO]
    while len(texts) < 9:
        texts.append(json.dumps({"a": texts[-1]}))
    assert verdicts(page, texts) == ["works"] * 5 + ["no-report"] * 4


# A beginning, and what is repeated after it.
REPEATED = [("", ">"), ("", "> "), ("| ", "| "), ('{"a":', "x\n"), ('{"a":"', "x\n"), (",", " "), ("", "&amp;"), ('{"Hosts":"', "(1) "), ("", '{"a":['),
            ("", '"{\\x\n'), ("", '\\"{\\x\n'), ('"', '{\\"'), ('{"a":"', '{\\"')]


def test_no_repetition_in_a_text_of_millions_of_letters_stops_the_reader(page: Page) -> None:
    found = page.evaluate("pieces => pieces.map(([begin, piece]) => verdictOf(begin + piece.repeat(5e6 / piece.length)))", REPEATED)
    assert set(found) <= {"no-json", "cut-off"}


# What is done with a text, or a judgement, of a size; true if it was done.
WORK = {
    "rows of the window": (5_000, """size => {
        let text = "";
        for (let row = 0; text.length < size; row++) text += `server ${row}\tLead\tFine\tIt leads\n`;
        return () => verdictOf(text) === "broken";
    }"""),
    "a picture of servers that all lead": (2_000, """size => {
        const servers = Array.from({ length: size }, (_, key) => ({ key: `${key}`, name: "", code: "L", list: [] }));
        return () => reports.picture({ servers }, rules).length === size;
    }"""),
}


def test_four_times_as_much_is_no_more_than_four_times_the_work(counting_browser: Browser) -> None:
    with counted_core_of(counting_browser, *CORE) as (page, work):
        page.evaluate(VERDICT, RULES)
        for name, (size, make) in WORK.items():
            page.evaluate(f"size => {{ window.small = ({make})(size); window.large = ({make})(4 * size); }}", size)
            assert work("large()") <= 4 * work("small()"), name


@pytest.mark.parametrize(("text", "servers"), [
    (" one (1) two (22)", [("one", "1"), ("two", "22")]), ("", []), ("(5)", [("", "5")]), ("a b (1)", [("a b", "1")]),
    ("smc(1)x (7) a[2]b (8)", [("smc(1)x", "7"), ("a[2]b", "8")]), ("[smc[1]x (7), b(2)c (8)]", [("smc[1]x", "7"), ("b(2)c", "8")]), ("a(1)", [("a", "1")]),
    ("one (1), two (22)", [("one", "1"), ("two", "22")]), ("site (2) (7) b (8)", [("site (2)", "7"), ("b", "8")]), ("a (x) (3)", [("a (x)", "3")]), ("a (12345678901234567890)", []),
])
def test_a_list_of_servers_is_read(text: str, servers: list, page: Page) -> None:
    assert [(one["name"], one["key"]) for one in page.evaluate("(text) => core.serverList(text)", text)] == servers


NOON = 1_767_268_800_000  # 2026-01-01 12:00:00 UTC, in ms


@pytest.mark.parametrize(("text", "time"), [
    ("2026-01-01 12:00:00", NOON), ("20260101_120000_status.json", NOON), ("2026-01-01T12.00.00", NOON), ("2026-01-01 12:00:00.123", NOON),
    ("2026-01-01 14:00:00+0200", NOON), ("2026-01-01 09:30:00 -02:30", NOON), ("2026-13-01 12:00:00", None), ("2026-01-01 24:00:00", None),
    ("2026-00-10 12:00:00", None), ("2026-02-31 12:00:00", None), ("2026-02-29 12:00:00", None), ("2026-01-00 12:00:00", None),
    ("2026-01-01 12:60:00", None), ("2026-01-01 12:00:60", None),
    ("2026-01-02 02:00:00+1400", NOON), ("0026-01-01 12:00:00", None), ("at 2026-01-01 12:00:00", None), ("2026-01-01", None), ("", None),
])
def test_a_time_is_read(text: str, time: int | None, page: Page) -> None:
    assert (page.evaluate("(text) => core.timeIn(text)", text) or {}).get("at") == time


# ---- What the scripts share ----------------------------------------------------------------------


@pytest.mark.parametrize(("text", "values", "said"), [
    ("{done} of {all} done", {"done": 0, "all": 3}, "0 of 3 done"),
    ('"{name}" twice: {name}', {"name": "$& {all} $1"}, '"$& {all} $1" twice: $& {all} $1'),
])
def test_the_words_of_a_sentence_are_filled_in_as_they_are(text: str, values: dict, said: str, page: Page) -> None:
    assert page.evaluate("([text, values]) => shared.filled(text, values)", [text, values]) == said


def test_what_the_browser_does_not_keep_is_kept_for_this_page_and_said(page: Page) -> None:
    """An empty page has no storage."""
    assert page.evaluate("""() => {
        const { store } = shared;
        const before = [store.full(), store.get("a 1"), store.keys("")];
        store.set("a 1", "x");
        store.set("b", "y");
        const kept = [store.full(), store.get("a 1"), store.keys("a ")];
        store.remove("a 1");
        store.remove("b");
        return [before, kept, [store.full(), store.get("a 1")]];
    }""") == [[False, None, []], [True, "x", ["a 1"]], [False, None]]


def test_a_key_whose_new_value_the_browser_refuses_is_there_once(page: Page) -> None:
    """An empty page has no storage, so it is given one that is full: it keeps what it has and takes nothing more."""
    assert page.evaluate("""() => {
        const full = Object.defineProperty({ "a 1": "old", "a 2": "old" }, "setItem", { value: () => { throw new Error("full"); } });
        Object.defineProperty(full, "getItem", { value: (key) => full[key] ?? null });
        Object.defineProperty(full, "removeItem", { value: (key) => delete full[key] });
        Object.defineProperty(window, "localStorage", { value: full, configurable: true });
        const { store } = shared;
        store.set("a 1", "new");
        const kept = [store.keys("a ").sort(), store.get("a 1"), store.full()];
        store.remove("a 1");
        delete window.localStorage;
        return [kept, store.full()];
    }""") == [[["a 1", "a 2"], "new", True], False]
