"""Seeds of tests at random: the quick checks take the first, the whole run takes all."""

import pytest


def seeds(number: int, quick: int) -> list:
    """The seeds from 0 up to a number in two parts, the second of them slow: a test for each seed would cost its runner more than most take."""
    return [range(quick), pytest.param(range(quick, number), marks=pytest.mark.slow)]
