"""Roman numerals, told from letters and from the pronoun by the word before them."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.abbreviations import STARTERS
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, ordinal, year
from pipeline.text.english.spoken.acronyms import spelled
from pipeline.text.needs import clue

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WELL_FORMED = regex(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

#: Nouns that count: "Article V" is article five.
_COUNTED = (
    "War|Wars|WW|Articles?|Chapters?|Parts?|Sections?|Titles?|Books?|Volumes?|Vols?|Acts?|Scenes?|Annex|Annexes|"
    "Appendix|"
    "Schedules?|Tables?|Figures?|Phases?|Stages?|Types?|Mark|Mk|Class|Category|Track|Pillar|Protocols?|Sinai|Rogers|"
    "Pershing|Trident|Polaris|Titan|Vatican|START|SALT|Intifada|Bowl|Grade|Tier|Level|Plan|Round|Lot|Zone|Corps|NAFTA|"
    "Nakba|Quad|Reich|Apollo|Gemini|Saturn|Atlas|Ariane|Skylab|Episode|Group|Region|Division|Amendment|Paragraph|"
    "Block|Batch|Flight|Increment|Minuteman|Poseidon|Merkava|Agni|Shaheen|Ghauri|Hatf|Solvency|MiFID|UCITS|Count|Question|Proposition|Option|Scenario|Step|Tranche|Package|Agreement|Treaty|Accords?|"
    "Summit|Conference|Dialogue|Convention|Stream|Generation|Series|Case|Session|Decade|Republic|Reactor|Unit|Leopard|"
    "Challenger|Horizon|Wave|Version|Rocky|Rambo|Godfather|Terminator|Civilization|Operation|Force|Fleet|Command|"
    "Panzer|Leclerc"
)
#: Meetings and treaties by their places: "Minsk II" is Minsk two. With an I they may be followed by the pronoun.
_PLACES = (
    "Minsk|Basel|Oslo|Geneva|David|Lisbon|Yalta|Helsinki|Bandung|Astana|Dublin|Brussels|Rome|Madrid|Vienna|Woods|Taif|"
    "Doha|Kyoto|Paris|Istanbul|Riyadh|Jeddah|Budapest|Tokyo|Stockholm|Ottawa|Cairo|Lausanne|London|Hague|Lomé|Cotonou|"
    "Schengen|Berlin|Bonn|Bretton|Abuja|Arusha|Nairobi|Sochi|Wye|Taba|Reykjavik|Rio|Maastricht|Nice|Washington|"
    "Normandy|"
    "Camp|Berne|Bern|Algiers|Khartoum|Naivasha|Pretoria|Singapore|Hanoi|Panmunjom|Moscow|Beijing|Alaska|Anchorage"
)
#: In small letters the commonest of them count too: "phase II".
_SMALL_COUNTED = (
    "phase|type|part|stage|level|tier|grade|category|class|chapter|article|title|section|volume|book|act|group|war"
)
#: Rulers: "Henry VIII" is Henry the eighth.
_RULERS = (
    "Abbas|Abdullah|Adolf|Albert|Alexander|Alfonso|Anne|Baudouin|Benedict|Catherine|Charles|Christian|Clement|"
    "Constantine|Darius|"
    "Edward|Elizabeth|Edmund|Eric|Erik|Emmanuel|Emanuel|Faisal|Farouk|Felipe|Ferdinand|Francis|Franz|Frederick|"
    "Friedrich|George|Gregory|Gustav|Haakon|Hirohito|Harold|"
    "Harald|Hassan|Henry|Hussein|Innocent|Boniface|Callixtus|Julius|Adrian|Celestine|Eugene|Honorius|Isabella|Ivan|"
    "James|Joseph|John|Josef|Juan|Joao|João|Carlos|Leo|Leopold|Louis|Ludwig|"
    "Margrethe|Mary|Maximilian|Mehmed|Murad|Ahmed|Bayezid|Selassie|Cyrus|Michael|Mohammed|Napoleon|Nicholas|Olav|"
    "Otto|Paul|Pedro|Peter|Philip|Justinian|Theodosius|Tiberius|Pius|Rama|Philippe|Menelik|Nicolas|Alfred|"
    "Amenhotep|Thutmose|"
    "Ramses|Richard|Robert|Selim|Sixtus|Suleiman|Umberto|Urban|Victoria|Wilhelm|William|Willem|Stephen|Sigismund|"
    "Stanislaw|Tahmasp|Ismail|Boris|Carol|Zahir|Fuad|Bhumibol|Norodom|Xerxes|Zog"
)
_NUMERAL = r"(?P<numeral>[IVXLC]+)(?![\w&])(?!['’](?!s\b))"
_AFTER_NOUN = regex(rf"\b(?P<noun>{_COUNTED})\s{_NUMERAL}(?!\s[A-Z](?![\w-]))")
_AFTER_PLACE = regex(
    rf"\b(?P<noun>{_PLACES})\s(?:{_NUMERAL}(?<=[IVXLC]{{2}})|(?P<one>I|V)(?=\s(?:[Aa]ccords?|[Aa]greements?|[Tt]alks|"
    r"[Tt]reaty|[Pp]rocess|[Dd]eal|[Rr]ound|[Cc]onference|[Rr]egulation|[Ss]ummit|[Pp]rotocol|[Rr]ules)\b|"
    r",?\s(?:and|or|to)\s(?:[A-Z]\w+\s)?(?:I|V)))"
)
_AFTER_SMALL_NOUN = regex(
    rf"\b(?P<noun>{_SMALL_COUNTED})s?\s(?:{_NUMERAL}(?<=[IVXLC]{{2}})|(?P<one>I|V|X)(?=\s(?:trials?|clinical|"
    rf"and\sII|or\sII|diabetes|"
    r"errors?|study|studies|of\sthe|units?|civili[sz]ation)\b|[,.;:)]|\s?\Z))"
)
_AFTER_RULER = regex(rf"\b(?P<noun>{_RULERS})\s{_NUMERAL}(?!\s[A-Z]\b)")
#: King Zog I, Pope Celestine V, Shah Abbas I: any name behind the title of a ruler.
_AFTER_TITLE = regex(
    r"\b(?:King|Queen|Pope|Emperor|Empress|Tsar|Tsarina|Czar|Kaiser|Sultan|Shah|Caliph|Patriarch|Prince|Princess|"
    r"Duke|Archduke|"
    rf"Emir|Pharaoh|Antipope|Catholicos)\s(?P<noun>[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)?)\s{_NUMERAL}(?!\s[A-Z]\b)"
)
_AFTER_NAME = regex(
    r"\b(?P<first>[A-ZÀ-Þ][\w-]{1,40}+\s(?:[A-Z]\.?\s)?)?(?P<noun>[A-ZÀ-Þ][\w’-]{1,40}+(?<=[a-zà-ÿ]))\s"
    r"(?P<numeral>II|III|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI{0,3}|XIX|XX)(?![\w&])"
)
#: What follows the model of a thing, and no ruler: a Wing Loong II drone.
_THING_AFTER = regex(
    r"(?:\s(?:air|attack|ballistic|battle|combat|cruise|nuclear|reconnaissance|stealth|strike|surveillance))?[\s-]"
    r"(?:aircraft|bombers?|drones?|fighters?|helicopters?|interceptors?|jets?|launchers?|missiles?|radars?|reactors?|"
    r"satellites?|submarines?|systems?|tank|(?<=battle\s)tanks|torpedo(?:es)?|treat(?:y|ies)|warheads?|agreements?|"
    r"accords?|class)\b"
)
#: Section III.B: the letter behind the numeral, before the rules of dotted letters see it.
_NOUN_PART = regex(
    rf"\b(?P<noun>{_COUNTED})\s(?P<numeral>[IVXLC]{{1,6}})\.(?P<letter>[A-Za-h])(?P<more>\.[0-9]{{1,2}})?(?![\w])(?!\.\w)"
)
#: Block IIA, Type VIIC, Part IIIb: a letter for the variant, no numeral of its own.
_LETTERED_PART = regex(
    r"(?:\b(?:Block|Batch|Flight|Mark|Mk|Type|Phase|Part|Annex|Schedule|Section|Article|Title|Class|Group|Category|"
    r"Tier|Stage|Level|Grade|[Pp]hase|[Ss]tage|[Ss]ection|[Aa]rticle)\s|"
    r"(?<=[IVX][A-Ha-d]\sand\s)|(?<=[IVX][A-Ha-d]\sor\s)|(?<=[IVX][A-Ha-d],\s)|(?<=[IVX][A-Ha-d]/))"
    r"(?P<numeral>[IVX]{2,5}(?=[A-Ha-d])|[IVX](?=[ABCa-c]))(?P<letter>[A-Ha-d])(?!\w)"
)
#: Annex II.b: the letter behind the number of a part.
_PART = regex(r"(?<=[0-9IVXLC])\.(?P<letter>[a-h])(?!\w)(?!\.\w)")
#: Articles I–III, chapters VI-VII.
_RANGE = regex(r"(?<![\w.&‐-])(?P<low>[IVXLC]{1,6})[-‐‑–](?P<high>[IVXLC]{1,6})(?![\w&‐-])(?!['’](?!s\b))")
#: Minsk-II, Agni-V.
_TIED = regex(
    r"\b(?:[A-Z][A-Za-z]{1,20}+[-‐‑–](?=[IVX]{2})|(?:Agni|Hatf|Shaheen|Phase|Type|Block|Class|Saturn|Ariane)[-‐‑–])"
    r"(?P<numeral>I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV)(?![\w&])"
)
_RANK = regex(r"(?<!\w)(?P<numeral>[VXLC]|[IVXLC]{2,})(?P<ending>st|nd|rd|th)(?!\w)")
_ENDINGS = {"first": "st", "second": "nd", "third": "rd"}
#: V Corps, I Marine Expeditionary Force: one letter, and no pronoun.
_CORPS = regex(
    r"(?<![\w.&-])(?P<numeral>[IVX])(?=\s(?:(?:Army|Armou?red|Airborne)\s)?(?:Corps|Marine\sExpeditionary)\b)"
)
_FIRST_OF_SEVERAL = regex(r"(?<![\w&.'’-])I(?=(?:,\sII)?,?\s(?:and|or|to|through)\sI(?:I{1,2}|V)(?!\w))")
_ALONE = regex(
    r"(?<![\w&.-])(?P<numeral>II|III|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI{1,3}|XIX|"
    r"XXI{0,3})(?![\w&])(?!['’]S)(?!\.(?![a-h](?!\w))\w)"
)
#: Only what goes with nobody but "I": "World War I was", "Elizabeth I had" are numerals.
_VERB_AFTER_I = regex(r"\s(?:am|have|think|believe|know|say|do|don['’]t|want|mean|remember)\b")
#: "The Book I wrote", "the War I remember": a noun with its article, and a clause of one's own behind it.
_OWN_CLAUSE = regex(
    r"\s(?:\w+ed|[Ww]rote|[Ff]ought|[Mm]ade|[Rr]ead|[Tt]ook|[Ll]ed|[Hh]eld|[Mm]ean|[Rr]emember|[Ww]ant|[Ll]ike|"
    r"[Ll]ove)\b"
)
_ARTICLE_BEFORE = regex(r"\b(?:[Tt]he|[Tt]h(?:is|at)|[Ee]very|[Aa]n?|[Oo]ne|[Oo]nly)\s\Z")

_NAME_AFTER_STOP = regex(r"\.?\s?[A-Z]")
_RANKED = regex(
    r"\s(?:(?:Party|Armoured|Armored|Air|CPSU|Winter|Summer|Panzer|Ukrainian|Russian|German|National)\s)?(?:Corps|"
    r"Airborne|Army|Fleet|Legion|[Cc]entur|Congress|Olympi|Brigade|Party|Summit|Plenum|Amendment)"
)
#: An IV drip is no fourth one.
_DRIP = regex(r"\s(?:drips?|fluids?|drugs?|lines?|bags?|therapy|treatment|antibiotics)\b")
#: MMXXIV, MCMXLV: a year.
_YEAR = regex(r"(?<![\w&.-])(?P<numeral>MM[XVI]{0,7}|MCM[XLVIC]{1,8})(?![\w&])")
_THOUSANDS = {"MCM": 1900, "MM": 2000}
_COUNTED_BEFORE = regex(
    r"\b(?:Wars|Parts|Articles|Chapters|Sections|Titles|Phases|Types|Books|Volumes|Acts|Annexes|Stages|Tiers|"
    r"Levels|[Pp]hases|[Tt]ypes|"
    r"[Pp]arts|[Cc]hapters|[Ss]tages)\s(?:[IVXLC]+,\s){0,6}(?:[IVXLC]+,?\s(?:and|or|to|through)\s)?\Z|(?:one|two|"
    r"three|four|five|six|seven|eight|nine|ten)(?:,|,?\s(?:and|or|to|through))\s\Z"
    r"|\b[A-Z]{4,}\s\Z|\b[A-Za-z]{1,5}\.\s\Z|\bI(?:,|,?\s(?:and|or|to|through))\s\Z"
)
_LOOK_BACK = 40
#: What is told apart by letters as often as by numerals: Generation X, Plan V.
_LETTERS = frozenset("VXL")
_LETTERED = frozenset(
    {
        "Generation",
        "Series",
        "Operation",
        "Force",
        "Version",
        "Case",
        "Division",
        "Region",
        "Plan",
        "Group",
        "Unit",
        "Option",
        "Command",
    }
)


def value(numeral: str) -> int | None:
    """The number that a Roman numeral up to 99 writes, or None where it is no such thing."""
    if not numeral or not _WELL_FORMED.fullmatch(numeral):
        return None
    numbers = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(numbers, [*numbers[1:], 0], strict=True))


def _after_noun(found: re.Match[str], locale: Locale) -> Said | None:
    number = value(found["numeral"])
    is_letter = found["numeral"] in _LETTERS and found["noun"] in _LETTERED
    if number is None or is_letter or _is_pronoun(found) or _is_pronoun_after_noun(found):
        return None
    return Said(cardinal(number, locale), 1.0, found.start("numeral"), found.end("numeral"))


def _after_place(found: re.Match[str], locale: Locale) -> Said | None:
    written = "one" if found["one"] else "numeral"
    number = value(found[written])
    return Said(cardinal(number, locale), 1.0, found.start(written), found.end(written)) if number else None


def _after_ruler(found: re.Match[str], locale: Locale) -> Said | None:
    number = value(found["numeral"])
    if number is None or _is_pronoun(found) or _is_initial(found):
        return None
    return Said(f"the {ordinal(number, locale)}", 1.0, found.start("numeral"), found.end("numeral"))


def _range(found: re.Match[str], locale: Locale) -> str | None:
    low, high = value(found["low"]), value(found["high"])
    is_range = low is not None and high is not None and low < high and len(found[0]) > len("I-V")
    return f"{cardinal(low, locale)} to {cardinal(high, locale)}" if is_range and low and high else None


def _noun_part(found: re.Match[str], locale: Locale) -> Said | None:
    """Section III.B "section three B"."""
    number = value(found["numeral"])
    if number is None:
        return None
    more = f" {cardinal(int(found['more'][1:]), locale)}" if found["more"] else ""
    has_word_after = bool(more) or found.string[found.end() : found.end() + 2].strip().isalnum()
    letter = found["letter"]
    said = spelled(letter.upper(), has_word_after=has_word_after) if letter in "aA" else letter
    return Said(
        f"{cardinal(number, locale)} {said}{more.lstrip() if said.endswith('-') else more}",
        1.0,
        found.start("numeral"),
        found.end(),
    )


def _lettered_part(found: re.Match[str], locale: Locale) -> Said | None:
    """Block IIA "two A"."""
    number = value(found["numeral"])
    if number is None:
        return None
    has_word_after = found.string[found.end() : found.end() + 2].strip().isalnum()
    letter = spelled(found["letter"].upper(), has_word_after=has_word_after)
    return Said(f"{cardinal(number, locale)} {letter}", 1.0, found.start("numeral"), found.end())


def _is_pronoun(found: re.Match[str]) -> bool:
    return found["numeral"] == "I" and _VERB_AFTER_I.match(found.string, found.end()) is not None


def _is_pronoun_after_noun(found: re.Match[str]) -> bool:
    if found["numeral"] != "I" or not _OWN_CLAUSE.match(found.string, found.end()):
        return False
    return _ARTICLE_BEFORE.search(found.string[max(0, found.start() - 8) : found.start()]) is not None


def _is_initial(found: re.Match[str]) -> bool:
    """Whether it is the middle initial of "John V. Marsh"."""
    numeral = found["numeral"]
    if numeral in {"L", "C"}:
        return True
    return len(numeral) == 1 and numeral != "I" and _NAME_AFTER_STOP.match(found.string, found.end()) is not None


def _after_name(found: re.Match[str], locale: Locale) -> Said | None:
    """A name that is not in the tables: most are people, and people are ranked."""
    number = value(found["numeral"])
    if number is None or found["noun"] in STARTERS:
        return None
    if _THING_AFTER.match(found.string, found.end()):
        return Said(cardinal(number, locale), 0.9, found.start("numeral"), found.end("numeral"))
    is_person = found["first"] is not None and found["first"].split()[0] not in STARTERS
    return Said(
        f"the {ordinal(number, locale)}", 0.9 if is_person else 0.7, found.start("numeral"), found.end("numeral")
    )


def _part(found: re.Match[str], locale: Locale) -> Said:
    del locale
    has_word_after = found.string[found.end() : found.end() + 2].strip().isalnum()
    letter = found["letter"]
    return Said(f" {spelled(letter.upper(), has_word_after=has_word_after) if letter in 'aA' else letter}", 1.0)


def _rank(found: re.Match[str], locale: Locale) -> str | None:
    """XIXth; the ending must be that of the number."""
    number = value(found["numeral"])
    if not number:
        return None
    said = ordinal(number, locale)
    last = re.split("[ -]", said)[-1]
    return said if found["ending"] == _ENDINGS.get(last, "th") else None


def _corps(found: re.Match[str], locale: Locale) -> str:
    return ordinal(_VALUES[found["numeral"]], locale)


def _tied(found: re.Match[str], locale: Locale) -> Said | None:
    """Minsk-II "Minsk two"."""
    number = value(found["numeral"])
    start = found.start("numeral")
    return Said(f" {cardinal(number, locale)}", 0.9, start - 1, found.end()) if number else None


def _first(found: re.Match[str], locale: Locale) -> str:
    """The I of "I and II"."""
    del found, locale
    return "one"


def _alone(found: re.Match[str], locale: Locale) -> Said | None:
    number = value(found["numeral"])
    if number is None:
        return None
    if found["numeral"] == "IV" and _DRIP.match(found.string, found.end()):
        return Said("I V")
    if _RANKED.match(found.string, found.end()):
        return Said(ordinal(number, locale))
    is_in_list = _COUNTED_BEFORE.search(found.string[max(0, found.start() - _LOOK_BACK) : found.start()])
    return Said(cardinal(number, locale), 1.0 if is_in_list else 0.6)


def _year(found: re.Match[str], locale: Locale) -> str | None:
    thousands = "MCM" if found["numeral"].startswith("MCM") else "MM"
    rest = found["numeral"][len(thousands) :]
    number = value(rest) if rest else 0
    return None if number is None else year(_THOUSANDS[thousands] + number, locale)


_NUMBER_AFTER = clue(r"[IVXLC](?![\w&])", "IVXLC")
_NUMERAL_WITH_ENDING = clue("[IVXLC](?:st|nd|rd|th)", "IVXLC")
_LETTER_AFTER = clue(r"\.[a-h](?!\w)(?<=[0-9IVXLC]\.[a-h])", ".")
_SEVERAL = clue(r"[IVX][IVX](?![\w&])", "IVX")

_ROMAN_YEAR = clue(r"M(?:M|CM)", "M")
_SMALL_NOUN = clue(
    r"[IVXLC](?<=[a-z]\s[IVXLC])(?:[IVXLC]|[,.;:)]|\s(?:trial|clin|and|or|diab|err|stud|of|unit|civ)|\s?\Z)",
    "IVXLC",
)
_NUMERAL_RANGE = clue(r"[IVXLC][-‐‑–][IVXLC]", "-‐‑–")
_BEFORE_CORPS = clue(r"[IVX]\s(?:A|Corps|Marine)", "IVX")
_NUMERAL_TIED = clue(r"[-‐‑–][IVX](?<=[a-zA-Z][-‐‑–][IVX])(?![a-z])", "-‐‑–")
_NOUN_LETTER = clue(r"\.[A-Za-h](?<=[IVXLC]..)", "IVXLC")
_NUMERAL_LETTER = clue(r"[IVX](?:[A-Ha-d](?<=[a-z]\s..)|[IVX][A-Ha-d])(?!\w)", "IVX")

#: Before the rules of dotted letters, which would take III.B for initials.
ROMAN_PART_RULES = (
    Rule("part", _NOUN_LETTER, _NOUN_PART, _noun_part),
    Rule("part", _NUMERAL_LETTER, _LETTERED_PART, _lettered_part),
)

ROMAN_RULES = (
    Rule("Roman numeral", _ROMAN_YEAR, _YEAR, _year),
    Rule("Roman numeral", _NUMBER_AFTER, _AFTER_TITLE, _after_ruler),
    Rule("Roman numeral", _NUMERAL_RANGE, _RANGE, _range),
    Rule("Roman numeral", _NUMERAL_TIED, _TIED, _tied),
    Rule("Roman numeral", _BEFORE_CORPS, _CORPS, _corps),
    Rule("Roman numeral", _NUMBER_AFTER, _AFTER_NOUN, _after_noun),
    Rule("Roman numeral", _NUMBER_AFTER, _AFTER_PLACE, _after_place),
    Rule("Roman numeral", _SMALL_NOUN, _AFTER_SMALL_NOUN, _after_place),
    Rule("Roman numeral", _NUMBER_AFTER, _AFTER_RULER, _after_ruler),
    Rule("Roman numeral", _SEVERAL, _AFTER_NAME, _after_name),
    Rule("part", _LETTER_AFTER, _PART, _part),
    Rule("Roman numeral", _NUMERAL_WITH_ENDING, _RANK, _rank),
    Rule("Roman numeral", _SEVERAL, _FIRST_OF_SEVERAL, _first),
    Rule("Roman numeral", _SEVERAL, _ALONE, _alone),
)
