"""Titles before a name and saints and streets, said in full from the one table of abbreviations."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.abbreviations import ABBREVIATIONS, BY_WRITTEN, SAINTS, STARTERS, STREETS, Kind
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.letters import is_at_end
from pipeline.text.needs import clue, words

_AMERICAN_SPELLINGS = {"Honourable": "Honorable", "Councillor": "Councilor"}


def written(*kinds: Kind) -> str:
    """A group named "written" of the abbreviations of these kinds, the longest first."""
    words = (re.escape(each.written) for each in ABBREVIATIONS if each.kind in kinds)
    return "(?P<written>" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def ends_of(*kinds: Kind) -> str:
    """A pattern of the stops of these abbreviations, told by what is before them, which is quick to look for."""
    widths: dict[int, list[str]] = {}
    for each in ABBREVIATIONS:
        if each.kind in kinds:
            widths.setdefault(len(each.written), []).append(re.escape(each.written))
    return r"\.(?:" + "|".join(rf"(?<=(?<!\w)(?:{'|'.join(words)})\.)" for words in widths.values()) + ")"


def in_full(short: str, locale: Locale) -> str:
    """What an abbreviation of the table stands for, as this English says it."""
    said = BY_WRITTEN[short].said
    if said == "Lieutenant":
        return locale.lieutenant
    return _AMERICAN_SPELLINGS.get(said, said) if locale.is_american else said


#: What may begin the name behind a title: a capital, a particle, "and Mrs", "1st Class".
_PARTICLES = "von|van|de|del|della|di|da|du|den|der|al|el|bin|ibn|abu|ul|le|la|ten|ter|zu|dos|af"
_NAME = (
    rf"(?:[\"'“‘]?[A-ZÀ-ÖØ-ÞŁŚŠŻŽČĐ]|(?:(?:{_PARTICLES})[\s-]){{1,3}}[A-Z]|d['’][A-Z]|1st\s|2nd\s|"
    r"and\s(?:Mrs?|Ms|Dr)\b|\([Rr]e[st])"
)
_JOINED = r"-(?:Gen|Col|Cmdr|Cdr|Gov|elect|designate)\b"
_TITLE = regex(rf"(?<![\w.]){written(Kind.TITLE)}\.(?=\s+{_NAME}|{_JOINED})")
#: "The Gen. said": an article before it and no name behind.
_LONE_TITLE = regex(
    r"(?:(?<=\b[Tt]he\s)|(?<=\b[Aa]\s)|(?<=\b[Aa]n\s)|(?<=\b[Tt]hat\s)|(?<=\b[Tt]his\s)|(?<=\b[Hh]is\s)|(?<=\b[Hh]er\s)|"
    r"(?<=\b[Oo]ur\s)|(?<=\b[Tt]heir\s)|(?<=\bLt\.\s)|(?<=\bMaj\.\s)|(?<=\bVice\s)|(?<=\bRear\s)|(?<=\bLance\s))"
    r"(?P<written>Gen|Sen|Rep|Gov|Adm|Col|Maj|Amb|Sgt|Cpl|Capt|Prof|Pres|Lt|Dr)\.(?=\s[a-z]|[,;:)])|"
    r"(?<![\w.])(?P<many>Gens|Sens|Reps|Govs|Profs)\.(?=\s[a-z]|[,;:)])"
)
#: As British papers write them. "Sen", "Gen" and "Rep" are also the ends of names, and Gen Z is no general.
_BARE_TITLE = regex(
    r"(?<![\w.’'/-])(?P<written>(?:Lt|Maj|Brig)-(?:Gen|Col|Cdr|Cmdr)|M(?:rs?|s|x|me|lle)|Messrs|Drs?|Prof|Lt|Sgt|"
    r"Cols?|Maj|Capt|Cpl|Pte|Brig|Adm|Cmdr|Cdr|Gen|Sens?|Reps?|"
    rf"Govs?|Revd?|Cllr|Sqn(?=\sL)|Ldr|Flt(?=\sL)|Wg(?=\sC)|Gp(?=\sC)|Supt|Insp|VAdm|RAdm|[MS]Sgt|GySgt|Cdre|Mshl|Chf(?=\sM)|Ft|Mt|Ste?|Rt(?=\sHon)|"
    rf"Hon(?=\s[A-Z]))(?=\s{_NAME}|{_JOINED})"
)
_NO_GENERAL = regex(r"\s(?:[A-Z](?![\w.])|Alpha\b|Xers?\b|Zers?\b)")
_CAPITALISED_BEFORE = regex(r"\b(?P<word>[A-ZÀ-Þ][\w’'-]+)\s\Z")
_ALSO_NAMES = frozenset({"Sen", "Gen", "Rep", "Col", "Mt", "Ft", "Hon", "Ste", "Maj", "Insp"})
_LOOK_BACK = 24

_STREET = regex(
    r"(?<!\w)(?P<name>[A-Z][a-z]+|[A-Z0-9]|[0-9]{1,3}(?:st|nd|rd|th))\s(?P<written>St)(?P<stop>\.)?(?!\w)"
    r"(?P<next>\s+(?P<word>[A-Z]\w*))?"
)
#: Capitalised words before a saint that name no street.
_BEFORE_A_SAINT = frozenset(
    {
        "At",
        "By",
        "For",
        "From",
        "In",
        "Mount",
        "Near",
        "On",
        "Lake",
        "Port",
        "Fort",
        "Since",
        "The",
        "To",
        "And",
        "Cathedral",
    }
)
_SECRETARY = regex(
    r"(?<![\w.])(?:(?P<general>Sec(?:y\.|[y.])?[\s-]Gen(?:\.(?=\s)|(?![\w.])))|(?P<written>Sec|Secy|Min)\.(?=\s+(?:of\s|[A-Z])))"
)
_SISTER = regex(r"(?<![\w.])Sr\.(?=\s(?:Mary|Maria|Marie|Helen|Agnes|Teresa|Theresa|Clare|Bernadette)\b)")
_STATE = regex(r"(?<=,\s)(?P<state>Del|Ga|Ill|Ind|La|Md|Me|Miss|Mo|Ore|Pa|Ark|Wash|W\.Va)\.(?=[,;:)]|\s+[a-z]|\s?\Z)")
_STATES = {
    "Ark": "Arkansas",
    "Del": "Delaware",
    "Ga": "Georgia",
    "Ill": "Illinois",
    "Ind": "Indiana",
    "La": "Louisiana",
    "Md": "Maryland",
    "Me": "Maine",
    "Miss": "Mississippi",
    "Mo": "Missouri",
    "Ore": "Oregon",
    "Pa": "Pennsylvania",
    "W.Va": "West Virginia",
    "Wash": "Washington",
}
_SECRETARIES = {"Sec": "Secretary", "Secy": "Secretary", "Min": "Minister"}


def _street(found: re.Match[str], locale: Locale) -> Said | None:
    """Downing St. said: a street; St. Petersburg is not, unless a known street stands before it."""
    del locale
    is_known = found["name"] in STREETS or (found["name"][0].isdigit() and len(found["name"]) > 1)
    following = found["word"]
    is_new_sentence = found["stop"] is not None and following in STARTERS
    if not is_known and (found["name"] in _BEFORE_A_SAINT or (following and not is_new_sentence)):
        return None
    keeps_stop = found["stop"] is not None and (is_new_sentence or is_at_end(found.string, found.end("stop")))
    end = found.end("written") + (found["stop"] is not None and not keeps_stop)
    return Said("Street", 1.0 if is_known or found["stop"] is None else 0.8, found.start("written"), end)


def _title(found: re.Match[str], locale: Locale) -> Said:
    said = in_full(found["written"], locale)
    confidence = 0.7 if said == "Saint" and _may_be_a_street(found) else 1.0
    return Said(said, confidence, ipa=_SOUNDS.get(said, ""))


def _lone_title(found: re.Match[str], locale: Locale) -> Said:
    said = in_full(found["written"] or found["many"], locale)
    return Said(said, ipa=_SOUNDS.get(said, ""))


def _may_be_a_street(found: re.Match[str]) -> bool:
    """Whether "St." stands between a capitalised word and a name that is not known as a saint's."""
    name = re.compile(r"[\w-]+").search(found.string, found.end())
    if name is not None and name[0].split("-")[0] in SAINTS:
        return False
    before = _word_before(found)
    return before is not None and before not in _BEFORE_A_SAINT


def _bare_title(found: re.Match[str], locale: Locale) -> Said | None:
    short = found["written"]
    if short in _ALSO_NAMES:
        if short == "Gen" and _NO_GENERAL.match(found.string, found.end()):
            return None
        before = _word_before(found)
        if before is not None and before not in BY_WRITTEN and before not in _RANKS:
            return None
    if short in {"St", "Ste"} and _may_be_a_street(found):
        return None
    said = "-".join(in_full(part, locale) for part in short.split("-"))
    return Said(said, ipa=_SOUNDS.get(said, ""))


#: What a voice would make something else of.
_SOUNDS = {"Leftenant": "lɛfˈtɛnənt"}


_RANKS = frozenset(
    {"Vice", "Rear", "Major", "Lieutenant", "Leftenant", "Brigadier", "Colonel", "Attorney", "Right", "The", "Camp"}
)


def _word_before(found: re.Match[str]) -> str | None:
    before = _CAPITALISED_BEFORE.search(found.string[max(0, found.start() - _LOOK_BACK) : found.start()])
    return before["word"] if before else None


def _secretary(found: re.Match[str], locale: Locale) -> str:
    del locale
    return "Secretary-General" if found["general"] else _SECRETARIES[found["written"]]


def _sister(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "Sister"


def _state(found: re.Match[str], locale: Locale) -> Said:
    """Augusta, Me., and Gary, Ind.: behind a comma only."""
    del locale
    is_last = is_at_end(found.string, found.end())
    return Said(_STATES[found["state"]], 1.0, found.start(), found.end() - is_last)


_BEFORE_NAME = clue(rf"\.(?:\s+{_NAME}|-[GCed])", ".")
_BEFORE_NO_NAME = clue(
    r"\.(?:(?<=\b[GSRACM][a-z][a-z]\.)|(?<=\b[GSR][eo][npv]s\.)|(?<=\bProfs\.)|(?<=\bCpl\.)|(?<=\b(?:Capt|Prof|Pres)\.)|(?<=\b(?:Lt|Dr)\.))(?:[,;:)]|\s[a-z])",
    ".",
)
_SHORT_TITLE = words(
    """Mr Mrs Ms Mx Mt Mme Mlle Maj Messrs Dr Drs Prof Lt Sgt Col Cols Capt Cpl Pte Brig Adm Cmdr Cdr Gen Sen Sens Rep
    Reps Gov Govs Rev Revd Cllr Supt Insp Cdre Mshl Chf Ft St Ste Rt Hon Ldr Flt Sqn Wg Gp"""
)
_SAINT_OR_STREET = clue(r"St(?!\w)(?<=\sSt)", "S")
_OFFICE = words("Sec Secy Min")
_NUN = clue(r"\.\s(?<=Sr..)", "S")
_STATE_AFTER = clue(r",\s(?:[A-Z][a-z]{1,4}|W\.Va)\.", ".")

TITLE_RULES = (
    Rule("abbreviation", _SAINT_OR_STREET, _STREET, _street),
    Rule("title", _OFFICE, _SECRETARY, _secretary),
    Rule("title", _NUN, _SISTER, _sister),
    Rule("abbreviation", _STATE_AFTER, _STATE, _state),
    Rule("title", _BEFORE_NAME, _TITLE, _title),
    Rule("title", _SHORT_TITLE, _BARE_TITLE, _bare_title),
    Rule("title", _BEFORE_NO_NAME, _LONE_TITLE, _lone_title),
)
