"""What a writer is told of a value that a model does not allow, whatever the model's words are."""

from pathlib import Path
from typing import Literal

import pytest

from macros.source.load import load
from macros.source.mistake import MistakesError
from macros.source.part import Part

Word = Literal["red, white or blue", "writer's own", "plain"]


class Words(Part):
    """A word, one that may be left out, and texts by word."""

    word: Word = "plain"
    other: Word | None = None
    texts: dict[Word, str] = {}


@pytest.mark.parametrize(("text", "place", "what"), [
    ("word: plane", "1:7", '"word" cannot be "plane".'),
    ("other: plane", "1:8", '"other" cannot be "plane".'),
    ("texts: {plane: x}", "1:9", 'The key cannot be "plane".'),
])
def test_the_words_that_are_allowed_are_named_as_they_are_written(text: str, place: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    path.write_text(text)
    with pytest.raises(MistakesError) as error:
        load(path, "words.yml", Words)
    allowed = "red, white or blue, writer's own, plain"
    assert error.value.lines == [f'words.yml:{place}: {what} Did you mean "plain"? Write one of: {allowed}.']
