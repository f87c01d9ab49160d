"""The promises of the spoken forms, held to every sentence of real articles."""

import re

import pytest

from pipeline.model import Lexicon
from pipeline.text.english.sentences import split_sentences
from pipeline.text.english.spoken import speak
from pipeline.text.english.spoken.remains import is_speakable

NO_LEXICON = Lexicon()
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
#: Words in small letters, the first one with a capital, and pauses: nothing that anybody could say otherwise.
_PLAIN = re.compile(r"[“\"]?[A-Z][a-z]+[,;:]?(?: [“\"]?[a-z]+(?:[’'][a-z]+|-[a-z]+)?[,;:”\"]*)* [a-z]{3,}[.?!][”\"]?")


@pytest.fixture(scope="module")
def sentences(shared):
    paths = [*sorted((shared / "archive").glob("*.md")), shared / "seed" / "navigating-the-vortex.txt"]
    found = []
    for path in paths:
        for paragraph in _FRONT_MATTER.sub("", path.read_text(encoding="utf-8")).split("\n\n"):
            text = " ".join(paragraph.split())
            found += [text[span.start : span.end] for span in split_sentences(text)]
    return found


@pytest.mark.parametrize("language", ["en-GB", "en-US"])
def test_every_sentence(sentences, language):
    for text in sentences:
        spoken = speak(text, language=language, lexicon=NO_LEXICON)
        assert all(map(is_speakable, spoken.text)), text
        assert _rebuilt(text, spoken) == spoken.text
        assert speak(spoken.text, language=language, lexicon=NO_LEXICON).text == spoken.text, text


def _rebuilt(text, spoken):
    """The spoken text put together again from the written one and the forms, which lie in order."""
    parts, at = [], 0
    for form in spoken.forms:
        assert at <= form.start <= form.end
        parts += [text[at : form.start], spoken.text[form.spoken_start : form.spoken_end]]
        assert sum(map(len, parts)) == form.spoken_end
        at = form.end
    return "".join([*parts, text[at:]])


def test_plain_prose_is_untouched(sentences):
    plain = [text for text in sentences if _PLAIN.fullmatch(text)]
    assert len(plain) > 200
    for text in plain:
        assert speak(text, language="en-GB", lexicon=NO_LEXICON).text == text
