"""The rows that a search finds, as entries of the theme's index."""

import json
from pathlib import Path

from macros.page.site import Site
from macros.reference.found import INDEX, add_to_index, rows_found
from macros.reference.window import Window

WINDOW = Window.model_validate({
    "page": "w.md#seen", "name": "W", "short": "W", "version": "1", "conclusions": "w.md#c",
    "columns": {"mode": "M", "status": "S", "info": "I"},
    "cases": {"red": {"means": "A `wire` < B.", "next": "Pull it.", "rows": {"a": {"server": "X", "status": "Red", "info": "hot & bad"}, "b": {"server": "Y", "status": "Red"}}}},
})


def test_a_case_is_found_by_what_is_shown_and_leads_to_its_row(tmp_path: Path) -> None:
    [found] = rows_found(None, WINDOW, Site(tmp_path))
    assert (found["location"], found["title"], found["text"]) == ("w/#shown-red", "Red: hot &amp; bad; Red", "<p>A wire &lt; B.</p><p>Pull it.</p>")


def test_rows_are_added_once_and_only_for_pages_that_are_found(tmp_path: Path) -> None:
    rows = list(rows_found(None, WINDOW, Site(tmp_path)))
    add_to_index(tmp_path, rows)  # a site without a search
    file = tmp_path / INDEX
    file.parent.mkdir()
    for page, count in [("w/", 2), ("other/", 1)]:
        file.write_text(json.dumps({"docs": [{"location": page}]}))
        for _ in range(2):
            add_to_index(tmp_path, rows)
        assert len(json.loads(file.read_text())["docs"]) == count
