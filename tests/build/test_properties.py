"""Whatever a data file or a page holds: the right result, or a mistake with its line."""

import random
import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.examples import TREE
from support.hang import no_hang
from support.paths import walk
from support.sites import ROOT

from macros.decision.checks import mistakes, mistakes_of_parts
from macros.decision.model import Decision
from macros.decision.paths import every_path, reachable
from macros.decision.tree import decision_tree
from macros.page.calls import Calls, with_boxes
from macros.source.load import load
from macros.source.mistake import MistakesError

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def examples(most: int) -> settings:
    """The same examples on every run, so that a failure is there again."""
    return settings(max_examples=most, deadline=None, derandomize=True, database=None,
                    suppress_health_check=list(HealthCheck))


def read(path: Path) -> Decision:
    return load(path, "x.yml", Decision, mistakes, parts=mistakes_of_parts)


# ---- Valid trees -------------------------------------------------------------------------------


def random_tree(size: int, chance: random.Random, texts: list[str]) -> dict:
    """A valid tree of so many questions, as plain values. Each question is led to by an earlier one."""
    outcomes = [f"o{number}" for number in range(chance.randint(1, 5))]
    targets: list[list[str]] = [[] for _ in range(size)]
    for question in range(1, size):
        targets[chance.randint(max(0, question - chance.choice([1, 5, size])), question - 1)].append(f"q{question}")
    targets[-1] += outcomes
    for question, leads_to in enumerate(targets):
        while len(leads_to) < 2 or chance.random() < 0.2:
            # Few second ways to a question: they multiply the paths.
            later = chance.random() < 0.1 and question < size - 1
            leads_to.append(f"q{chance.randint(question + 1, size - 1)}" if later else chance.choice(outcomes))
        chance.shuffle(leads_to)

    def text() -> str:
        return chance.choice(texts)

    return {
        "title": text(), "start": "q0",
        "other_outcomes": {name: {"title": text(), "page": "index.md"} for name in outcomes},
        "questions": {f"q{question}": {
            "ask": text(),
            "answers": {f"a{number}": {
                "label": f"{number} {text()}", "because": text(), "goto" if target[0] == "q" else "choose": target,
            } for number, target in enumerate(leads_to)},
        } for question, leads_to in enumerate(targets)},
    }


def count_paths(tree: dict) -> int:
    """How many ways lead from the start to an outcome, counted from the end and not by walking."""
    ways: dict[str, int] = {}
    for name, question in reversed(tree["questions"].items()):
        ways[name] = sum(ways[answer["goto"]] if "goto" in answer else 1 for answer in question["answers"].values())
    return ways["q0"]


TEXTS = st.lists(
    st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=40)
    .map(str.strip).filter(bool) | st.sampled_from(["yes", "1.5", "a: b", "<b>&", "{{ x }}", "- a", "# no", "'", '"', "null"]),
    min_size=1, max_size=20,
)


@examples(20)
@given(size=st.integers(1, 200), seed=st.integers(0, 10**6), texts=TEXTS)
def test_a_valid_tree_is_read_enumerated_walked_and_shown(tmp_path_factory, size: int, seed: int, texts: list[str]) -> None:
    tree = random_tree(size, random.Random(seed), texts)
    path = tmp_path_factory.getbasetemp() / "valid.yml"
    path.write_text(yaml.dump(tree, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")
    decision = load(path, "x.yml", Decision)
    assert decision.model_dump(exclude_unset=True) == tree
    # Nothing but answers that lead alike, by chance.
    assert [one.what for one in mistakes(decision) if "changes nothing" not in one.what and "Whatever is answered" not in one.what] == []

    ways = count_paths(tree)
    if ways <= 3000:
        found = list(every_path(decision))
        assert len(found) == len({way for way, _ in found}) == ways
        for way, outcome in found:
            assert walk(decision, dict(way)) == (way, outcome)
            assert tree["questions"][way[-1][0]]["answers"][way[-1][1]]["choose"] == outcome
    assert reachable(decision) == (set(tree["questions"]), set(tree["other_outcomes"]))

    page = decision_tree(decision, "x", 1, True, lambda target: target, "x.json")
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert [unescape(one) for one in re.findall(r"<legend[^>]*>(.*?)</legend>", page)] == [
        question["ask"] for question in tree["questions"].values()
    ]
    targets = re.findall(r'data-target="([^"]*)"', page)
    assert set(targets) <= set(ids)
    assert [target.rpartition("-")[2] for target in targets] == [
        answer.get("goto") or answer["choose"] for one in tree["questions"].values() for answer in one["answers"].values()
    ]


# ---- Spoilt files ------------------------------------------------------------------------------

FILES = [path.read_bytes() for path in sorted((ROOT / "docs" / "_data").glob("*.yml"))] + [TREE.encode()]
STRANGE = [b"\t", b"\x00", b"\xff\xfe", b"\xc3", b"&a ", b"*a ", b"!!python/object:os.system ", b"<<: *a\n", b"---\n", b"...\n",
           b"{", b"]", b'"', b"'", b": ", b"- ", b"? ", b"|\n", b">-\n", b"#", b"%", b"@", b"`", b"\r", b"\xe2\x80\xa8", b"\xef\xbb\xbf",
           b"yes", b"null", b"~", b"1e999", b"0x1F", b".inf", b"2026-01-01", b"[]", b"{}", b"x" * 5000]
LAUGHS = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 121))


def cut_bytes(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw))
    return raw[:start] + raw[start + chance.choice([1, 2, 10, 100, len(raw)]):]


def flip_byte(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1:]


def insert(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + chance.choice(STRANGE) + raw[at:]


def drop_line(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def move_line(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"".join(lines)


def indent_line(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    lines[at] = chance.choice([b" ", b"  ", b"\t", b"      "]) + lines[at] if chance.random() < 0.6 else lines[at].lstrip()
    return b"".join(lines)


def change_value(raw: bytes, chance: random.Random) -> bytes:
    """Another kind of value, or the value of another key."""
    values = list(re.finditer(rb"(?<=: )[^\n{}]+", raw))
    one = chance.choice(values)
    other = chance.choice([*STRANGE, chance.choice(values)[0]])
    return raw[:one.start()] + other + raw[one.end():]


MUTATIONS = [cut_bytes, flip_byte, insert, drop_line, move_line, indent_line, change_value]


def as_written(path: Path) -> object:
    """The values of a file as another reader reads them, every scalar as its text."""
    return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def as_read(value: object) -> object:
    """A decision's plain values, every scalar as the text that it was written as."""
    if isinstance(value, dict):
        return {key: as_read(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_read(one) for one in value]
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


def stripped(value: object) -> object:
    """Values without what the reader takes no notice of: space around texts, the case of `true`."""
    if isinstance(value, dict):
        return {key: stripped(one) for key, one in value.items()}
    if isinstance(value, list):
        return [stripped(one) for one in value]
    text = str(value).strip()
    return text.lower() if text.lower() in ("true", "false") else "" if text in ("null", "~") else text


def right_or_named(path: Path) -> bool:
    """Whether the file is read; if not, every mistake names a line of it. Fails for a wrong result."""
    lines = path.read_bytes().count(b"\n") + path.read_bytes().count(b"\r") + 2
    try:
        with no_hang():
            decision = read(path)
    except MistakesError as error:
        assert error.lines
        for line in error.lines:
            place = re.match(r"x\.yml:(\d+):(\d+): \S.*[.…)] \S", line)
            assert place and 1 <= int(place[1]) <= lines and int(place[2]) >= 1, line
        return False
    assert mistakes(decision) == []
    assert stripped(as_read(decision.model_dump(exclude_unset=True))) == stripped(as_written(path))
    return True


def test_a_thousand_spoilt_files_are_read_right_or_named(tmp_path: Path) -> None:
    chance = random.Random(20)
    path = tmp_path / "x.yml"
    read_right = 0
    for number in range(1000):
        raw = chance.choice(FILES)
        mutations = [chance.choice(MUTATIONS) for _ in range(chance.choice([1, 1, 2, 5]))]
        for mutate in mutations:
            raw = mutate(raw, chance) or b"x"
        path.write_bytes(raw)
        try:
            read_right += right_or_named(path)
        except BaseException as error:
            error.add_note(f"file {number}: {[one.__name__ for one in mutations]}")
            raise
    assert 50 < read_right < 800, "some spoilt files are right, most are not"


@pytest.mark.parametrize("raw", [
    LAUGHS, b"a: " + b"x" * 10_000_000, b"- [" * 100_000, b"{a: " * 100_000, b"a: \xff\n", TREE.encode("utf-16"),
    TREE.replace("\n", "\r").encode(), b"? " * 1000, b"a:\n" + b" " * 500_000 + b"b: c\n", b"\xf0\x9f\x98\x80" * 1000, b"'" + b"\n" * 100_000,
], ids=["billion-laughs", "10-MB", "deep-lists", "deep-maps", "latin-1", "utf-16", "old-mac", "deep-keys", "wide", "emoji", "open"])
def test_a_monstrous_file_is_named_at_once(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(raw)
    right_or_named(path)


@examples(100)
@given(raw=st.binary(max_size=200) | st.text("ab:- \n\t'\"[]{}&*!#|>?%@`,~.0", max_size=200).map(str.encode))
def test_any_bytes_are_read_right_or_named(tmp_path_factory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "x.yml"
    path.write_bytes(raw)
    assert not right_or_named(path)


CALLS = Calls({"show": lambda tree: tree}, {"tree": ["one"]})
PIECES = st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", "show", '("one")', "(", ")", '"', "one", "raw", "endraw", "if", "for",
                          "block", "\n", "\r\n", "\x0c", "\u2028", " ", "|", "=", "*", "[", "é", "\\", "-", "+", "1", "set x", "include", "macro m()"])


@examples(200)
@given(text=st.lists(PIECES, max_size=25).map("".join))
def test_any_page_is_checked_and_shown(text: str) -> None:
    for one in CALLS.mistakes(text):
        assert one.line >= 1 and one.column >= 1 and one.what and one.fix
    shown = with_boxes(text, "x.md", CALLS)
    assert CALLS.mistakes(shown) == []
