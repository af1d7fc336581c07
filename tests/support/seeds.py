"""Seeds of tests at random: the quick checks take the first, the whole run takes all."""

import pytest


def seeds(number: int, quick: int) -> list:
    """The seeds from 0 up to a number, all but the first marked as slow."""
    return [seed if seed < quick else pytest.param(seed, marks=pytest.mark.slow) for seed in range(number)]
