"""The licence is found in cards of every hand, and nothing is taken for one that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.voices.model_card import licence_in

HEAD = "# Model card for alba (medium)\n\n* Language: en_GB\n* URL: https://voices.example.org/alba\n"


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("* License: CC BY 4.0\n", "CC BY 4.0"),
        ("* Licence : MIT\n", "MIT"),
        ("- **License:** [CC BY-SA 4.0](https://a.example/by-sa)\n", "CC BY-SA 4.0 (https://a.example/by-sa)"),
        ("* **License**: public domain\r\n", "public domain"),
        ("* License: https://a.example/license.html\n", "https://a.example/license.html"),
        ("* License: <https://a.example/x>\n", "https://a.example/x"),
        ("* License: [https://a.example/x](https://a.example/x)\n", "https://a.example/x"),
        ("* License: See URL\n", "see https://voices.example.org/alba"),
        ("* License: see the URL above.\n", "see https://voices.example.org/alba"),
        ("## License\n\nCC0 1.0\n", "CC0 1.0"),
        ("## License\nSee URL\n", "see https://voices.example.org/alba"),
        ("## Licence ##\n\n* Apache-2.0\n", "Apache-2.0"),
        ("---\nlicense: apache-2.0\n---\n", "apache-2.0"),
        ("LICENSE=MIT\n", "MIT"),
        ("* License: MIT\n* License: MIT\n", "MIT"),
        ("* License: CC BY 4.0\n## Base\n* License: MIT\n", "CC BY 4.0; MIT"),
        ("* Data license: ODbL\n", ""),
        ("* License:\n* Speakers: 1\n", ""),
        ("## License\n\n## Training\nFrom scratch.\n", ""),
        ("The license of this text: none is known.\n", ""),
        ("", ""),
    ],
)
def test_shapes_of_cards(card: str, licence: str) -> None:
    assert licence_in(HEAD + card) == licence


def test_without_an_address_it_says_what_it_says() -> None:
    assert licence_in("* License: See URL\n") == "See URL"


def test_signs_that_move_a_terminal_stay_out() -> None:
    assert licence_in("* License: MIT\x1b[2J\x07 or not\n") == "MIT [2J or not"


@given(st.text())
def test_any_text_gives_one_printable_line(card: str) -> None:
    for text in (card, f"License: {card}", f"# License\n{card}"):
        found = licence_in(text)
        assert found.isprintable()
        assert len(found) <= 200
