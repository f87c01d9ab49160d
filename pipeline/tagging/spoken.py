"""Floor 3, inside tagging: the language of an episode in the three letters that ID3 wants. Pure.

Source: id3.org, "ID3 tag version 2.3.0", 4.2.1 (TLAN) and 4.11 (COMM): ISO 639-2. Of the twenty languages that have two
codes there, the terminological one is taken, which is that of ISO 639-3 and so of all newer lists too.
Source: ISO 639-1:2002 and ISO 639-2:1998, codes for the representation of names of languages.
"""

_UNDETERMINED = "und"

#: ISO 639-1 -> ISO 639-2/T, the languages in which most is written.
_THREE_LETTERS = {
    "af": "afr", "am": "amh", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "eo": "epo",
    "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "gd": "gla",
    "gl": "glg", "gu": "guj", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind",
    "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "km": "khm", "kn": "kan", "ko": "kor",
    "la": "lat", "lb": "ltz", "lt": "lit", "lv": "lav", "mk": "mkd", "ml": "mal", "mn": "mon", "mr": "mar",
    "ms": "msa", "mt": "mlt", "my": "mya", "nb": "nob", "ne": "nep", "nl": "nld", "nn": "nno", "no": "nor",
    "pa": "pan", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "si": "sin", "sk": "slk", "sl": "slv",
    "so": "som", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "te": "tel", "th": "tha",
    "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "yi": "yid", "yo": "yor",
    "zh": "zho", "zu": "zul",
}  # fmt: skip


def iso_639_2(language: str) -> str:
    """The three letters for a tag of BCP 47 ("en-GB" is "eng"); "und", undetermined, for what has none here.

    A language that has no code of two letters has one of three in BCP 47 as well, and keeps it ("fil").
    """
    primary = language.split("-", maxsplit=1)[0].lower()
    is_code = len(primary) == 3 and primary.isascii() and primary.isalpha()
    return primary if is_code else _THREE_LETTERS.get(primary, _UNDETERMINED)
