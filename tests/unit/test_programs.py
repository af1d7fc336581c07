"""The browser of the tests: the light one where it can be had, else the whole one, else a refusal that names the package."""

import pytest

from macros.door import programs
from macros.door.run import Stop

LIGHT, WHOLE = programs.BROWSERS


@pytest.mark.parametrize(("there", "to_be_had", "asked_for", "taken"), [
    ({LIGHT}, set(), [], LIGHT),
    ({WHOLE}, {LIGHT}, [LIGHT], LIGHT),
    ({WHOLE}, set(), [LIGHT], WHOLE),
    (set(), {LIGHT, WHOLE}, [LIGHT], LIGHT),
    (set(), {WHOLE}, [LIGHT, WHOLE], WHOLE),
])
def test_the_light_browser_is_taken_where_it_can_be_had(
    there: set[str], to_be_had: set[str], asked_for: list[str], taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    here = set(there)
    monkeypatch.setattr(programs.shutil, "which", lambda name, path=None: name if name in here else None)
    monkeypatch.setattr(programs, "apt_install", lambda packages: (asked.extend(packages), here.update(to_be_had & set(packages))))
    programs.install_browser()
    assert (asked, programs.browser()) == (asked_for, taken)


def test_without_a_browser_it_says_which_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda name, path=None: None)
    monkeypatch.setattr(programs, "apt_install", lambda packages: None)
    with pytest.raises(Stop, match=f"apt-get install {WHOLE}"):
        programs.install_browser()
