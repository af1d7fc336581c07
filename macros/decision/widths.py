"""How wide a text is in a picture, measured: the advances of the letters of the fonts that the style names.

They are those of Liberation Sans, which Arial and Helvetica share; `tests/unit/test_picture.py` reads them off the
font again where it is installed.
"""

import unicodedata
from functools import cache

FONTS = '"Liberation Sans", Arial, Helvetica, sans-serif'
UNITS = 2048  # of the font, for one em
# The letters from the space on, up to "~", and their advances.
REGULAR = (
    569, 569, 727, 1139, 1139, 1821, 1366, 391, 682, 682, 797, 1196, 569, 682, 569, 569, 1139, 1139, 1139, 1139,
    1139, 1139, 1139, 1139, 1139, 1139, 569, 569, 1196, 1196, 1196, 1139, 2079, 1366, 1366, 1479, 1479, 1366,
    1251, 1593, 1479, 569, 1024, 1366, 1139, 1706, 1479, 1593, 1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933,
    1366, 1366, 1251, 569, 569, 569, 961, 1139, 682, 1139, 1139, 1024, 1139, 1139, 569, 1139, 1139, 455, 455,
    1024, 455, 1706, 1139, 1139, 1139, 1139, 682, 1024, 569, 1139, 1024, 1479, 1024, 1024, 1024, 684, 532, 684,
    1196,
)
BOLD = (
    569, 682, 971, 1139, 1139, 1821, 1479, 487, 682, 682, 797, 1196, 569, 682, 569, 569, 1139, 1139, 1139, 1139,
    1139, 1139, 1139, 1139, 1139, 1139, 682, 682, 1196, 1196, 1196, 1251, 1997, 1479, 1479, 1479, 1479, 1366,
    1251, 1593, 1479, 569, 1139, 1479, 1251, 1706, 1479, 1593, 1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933,
    1366, 1366, 1251, 682, 569, 682, 1196, 1139, 682, 1139, 1251, 1139, 1251, 1139, 682, 1251, 1251, 569, 569,
    1139, 569, 1821, 1251, 1251, 1251, 1251, 797, 1139, 682, 1251, 1139, 1593, 1139, 1139, 1024, 797, 573, 797,
    1196,
)
# What is not in the table: other letters as wide as a wide one, signs of East Asia and pictures as wide as those.
OTHER, WIDE = 1706, 2600


@cache
def advance(letter: str, bold: bool) -> int:
    """The advance of a letter, in units of the font."""
    plain = unicodedata.normalize("NFD", letter)[0]
    if " " <= plain <= "~":
        return (BOLD if bold else REGULAR)[ord(plain) - 32]
    if unicodedata.combining(letter):
        return 0
    return WIDE if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF else OTHER


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a text, in the unit of the font size."""
    return sum(advance(letter, bold) for letter in text) * size / UNITS


def wrap(text: str, most: float, size: float, bold: bool = False) -> list[str]:
    """Lines of the text that are no wider than `most`, broken at spaces, and inside a word that is wider alone."""
    lines: list[str] = []
    line, used = "", 0.0
    space = width(" ", size, bold)
    for word in text.split():
        wide = width(word, size, bold)
        if line and used + space + wide <= most:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line)
        line, used = word, wide
        if wide > most:
            *full, line = pieces(word, most, size, bold)
            lines += full
            used = width(line, size, bold)
    return [*lines, line] if line else lines


def pieces(word: str, most: float, size: float, bold: bool) -> list[str]:
    """The parts of a word, each as long as fits."""
    found, used = [""], 0.0
    for letter in word:
        wide = width(letter, size, bold)
        if found[-1] and used + wide > most:
            found.append("")
            used = 0.0
        found[-1] += letter
        used += wide
    return found
