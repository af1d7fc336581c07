"""Marks each name of a role on the page of a run: the script puts the names of the reader's servers there.

    span[data-role="Role"]      the server of a role, as the page calls it
    span[data-every="phrase"]   each of several servers; "" for a name in brackets, as it stands in a command
"""

import re
from collections.abc import Sequence
from html import escape, unescape

TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
RUN = re.compile(r"""<section class="runbook"(?:[^<>"']|"[^"]*"|'[^']*')*>""")
ROLE = re.compile(r' data-(?:active|first|becomes)="([^"]+)"')
# What no name is put into: headings, and what a script of ours fills itself.
LEFT = re.compile(r"""<(h[123]|script|template)\b|<(\w+)(?=[^>]*\sclass="(?:[^"]*\s)?(?:runbook|look-up|decision-tree)[\s"])""")
# A server that is not the one of now, or any server of a kind.
OTHER = re.compile(r"\b(?:former|an?|[Tt]he(?: \w+)?) $")


def mark_names(html: str, phrases: Sequence[str], standby: str) -> str:
    """The HTML of a page with its names marked; as it is without a run, which says what its roles are.

    `phrases` stand for each of several servers; `standby` is the role that all but one have in commands.
    """
    run = RUN.search(html)
    if not run:
        return html
    # The longest one first: a role may end with another.
    roles = sorted(map(unescape, ROLE.findall(run[0])), key=len, reverse=True)
    pattern = names(roles, phrases, standby)
    return "".join(piece if is_left else pattern.sub(lambda found: marked(found, roles), piece) for piece, is_left in pieces(html))


def names(roles: Sequence[str], phrases: Sequence[str], standby: str) -> re.Pattern[str]:
    """A pattern for each way in which a text of HTML names servers."""
    one = "|".join(map(as_text, roles)) or "(?!)"
    every = "|".join(f"[{phrase[0]}{phrase[0].upper()}]{as_text(phrase[1:])}(?!s)" for phrase in phrases)
    return re.compile(rf"&lt;(?:{one}|{as_text(standby)})&gt;|(?:\b[Tt]he )?(?<!\w)(?:{one})(?!s)|{every}")


def as_text(words: str) -> str:
    return re.escape(escape(words, quote=False))


def marked(found: re.Match[str], roles: Sequence[str]) -> str:
    """A name in its mark; as it is, if another server is meant."""
    words = unescape(found[0])
    role = next((role for role in roles if words.endswith((role, f"{role}>"))), "")
    if role and words[0] != "<" and OTHER.search(found.string, 0, found.start()):
        return found[0]
    key, value = ("role", role) if role else ("every", "" if words[0] == "<" else words[0].lower() + words[1:])
    return f'<span data-{key}="{escape(value)}">{found[0]}</span>'


def pieces(html: str) -> list[tuple[str, bool]]:
    """The tags and texts of HTML in their order, and whether each is left as it is."""
    found, inside, depth = [], "", 0
    for number, piece in enumerate(TAG.split(html)):
        is_tag = number % 2 == 1
        if not is_tag:
            pass
        elif not depth and (left := LEFT.match(piece)):
            inside, depth = left[1] or left[2], 1
        elif depth and re.match(rf"</?{inside}\b", piece):
            depth += -1 if piece[1] == "/" else 1
        found.append((piece, is_tag or depth > 0))
    return found
