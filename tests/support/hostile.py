"""Names, stored values and addresses that nobody may trust."""

import json
import random
from typing import Any
from urllib.parse import urlencode

# What a shell, a reader's eye or a parser would take for something else.
ODD = [
    "\n", "\r", "\t", "\0", "\x1b[31m", " ", "\u00a0", "\u200b", "\u200e", "\u202e", "\u2028", "\u2029", "\u2066", "\ufeff",
    ";", "$(id)", "`id`", "|sh", "&", ">x", "<x", "'", '"', "\\", "/", "*", "?", "~", "#", "%00", "%E0%A4%A", "!", "(", ")", "{", "}",
    "=", ",", "<img src=x onerror=fail()>", "é", "ｍｇｔ", "١", "\u212a", "\U0001f4a5",
]


def hostile_names(count: int = 300) -> list[str]:
    """Names that must not be used, the same on every run."""
    chance = random.Random(10)
    names = ["", "-", "-rf", ".", "..", ".hidden", "x" * 65, "--help", *(f"mgt{odd}" for odd in ODD), *(f"{odd}mgt" for odd in ODD)]
    while len(names) < count:
        letters = [chance.choice("abc019.-_:") for _ in range(chance.randrange(12))]
        letters.insert(chance.randrange(len(letters) + 1), chance.choice(ODD))
        names.append("".join(letters))
    return names


def hostile_values(count: int = 300) -> list[str]:
    """Stored values that are no names of servers."""
    chance = random.Random(11)
    values = ["", "null", "true", "0", "[]", "{}", '"a"', "[[]]", "{", "NaN", "x" * 100_000, '{"active":"a"}', '{"active":"a","standby":"b","first":"b"}',
              '{"active":"a","standby":{"length":1,"0":"b"},"first":"b"}', '{"active":null,"standby":[null],"first":null}',
              '{"active":true,"standby":[1],"first":1}', '{"active":["a"],"standby":["b"],"first":"b"}',
              '{"active":"a","standby":["a"],"first":"a"}', '{"active":"a","standby":["b","b"],"first":"b"}',
              '{"active":"a","standby":[],"first":"b"}',
              json.dumps({"active": "a", "standby": [f"s{number}" for number in range(9)], "first": "s1"}),
              '{"__proto__":{"active":"a","standby":["b"],"first":"b"}}', '{"toString":1}']
    for name in hostile_names():
        place = chance.choice(["active", "standby"])
        value: dict[str, Any] = {"active": "a", "standby": ["b"]}
        value[place] = [name] if place == "standby" else name
        values.append(json.dumps(value))
    return values[:max(count, len(values))]


def hostile_fragments() -> list[str]:
    """Addresses with names that must not be used."""
    found = ["#active=a", "#standby=b", "#active=&standby=b", "#active=a&standby=", "#active=a&standby=a", "#active=a&standby=b&first=c",
             "#active=a&standby=%E0%A4%A", "#active=a" + "&standby=b" * 2, "#active=a" + "".join(f"&standby=s{n}" for n in range(9))]
    for name in hostile_names():
        found += ["#" + urlencode([("active", name), ("standby", "b"), ("first", "b")]),
                  "#" + urlencode([("active", "a"), ("standby", name), ("first", name)])]
    return found
