"""IPA as people type it."""

import pytest

from pipeline.errors import ConfigError
from pipeline.lexicons.ipa import read_ipa


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ˈkiːɪv", "ˈkiːɪv"),
        (" /kiːv/ ", "kiːv"),
        ("[ kiːv ]", "kiːv"),
        ("", ""),
        ("ˈwʊd.wəd", "ˈwʊd.wəd"),
        ("ɡɑ̃ t͡ʃ", "ɡɑ̃ t͡ʃ"),
    ],
)
def test_a_transcription_is_read_without_its_marks(typed, read):
    assert read_ipa(typed) == read


@pytest.mark.parametrize(
    ("typed", "foreign"),
    [('"wut_S', '"_S'), ("k'i:Iv", "':I"), ("K IY1 V", "KIY1V"), ("[[k'i:v]]", "[':]"), ("/", "/")],
)
def test_what_is_no_ipa_is_told_by_its_signs(typed, foreign):
    with pytest.raises(ConfigError, match="is no IPA") as caught:
        read_ipa(typed)
    assert f"it has {foreign};" in str(caught.value)
