"""Language packs: ours is found by its entry point, another's too, and no language is read by the rules of another."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import ScriptError
from pipeline.languages import find_pack
from pipeline.text.english import ENGLISH
from tests.commands import audio_edition

PACK = """
import re

from pipeline.model import Span
from pipeline.text.pack import Wording
from pipeline.text.passes import Spoken


class Latin:
    primary = "la"

    def sentences(self, text):
        return tuple(Span(found.start(), found.end()) for found in re.finditer(r"[^. ][^.]*\\.?", text))

    def breaths(self, text, sentence):
        return (sentence,)

    def speak(self, text, *, language, lexicon):
        return Spoken(text=text.replace("&", "et"), forms=())

    def wording(self, language):
        return Wording(
            opening=("{title}.",), closing=("Finis.",), disclosure="", correction="", notes_heading="Notae", note="",
            footnote="", quotation="", end_of_quotation="",
        )

    def date(self, day, *, language):
        return day.isoformat()

    def quotations(self, paragraphs):
        return ()

    def copy_queries(self, article):
        return ()

    def suspects(self, script, lexicon, *, dictionary):
        return ()

    def hard_names(self, suspects, ipa, *, dictionary):
        return ()


LATIN = Latin()
"""


@pytest.mark.parametrize("language", ["en", "en-GB", "en-US", "EN_au"])
def test_english_comes_by_its_entry_point(language):
    assert find_pack(language) is ENGLISH


@pytest.mark.parametrize("language", ["de", "fr-FR", "", "eng"])
def test_a_language_without_a_pack_is_refused_with_the_cure(language):
    with pytest.raises(ScriptError, match=r"rules for saying en only.*install a language pack.*lang: en-GB"):
        find_pack(language)


def test_another_s_pack_is_found_by_its_entry_point(tmp_path):
    """A package that is installed beside ours brings a language, and the command reads it."""
    (tmp_path / "latin.py").write_text(PACK)
    info = tmp_path / "latin_pack-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: latin-pack\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[audio_edition.languages]\nla = latin:LATIN\n")
    show = tmp_path / "show"
    audio_edition("init", show, cwd=tmp_path)
    article = show / "seeds" / "pons.md"
    article.write_text(
        "---\ntitle: De ponte\nlang: la\nauthor: Ines Calder\npublished: 2026-03-01\n---\n\nPons stat. Flumen it.\n"
    )
    alone = audio_edition("script", article, cwd=show, status=1)
    assert alone.stdout == ""
    assert "“la”" in alone.stderr
    said = subprocess.run(
        [Path(sys.executable).with_name("audio-edition"), "script", article],
        cwd=show,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    ).stdout
    assert [word in said for word in ("De ponte.", "Pons stat.", "Flumen it.", "Finis.")] == [True] * 4
