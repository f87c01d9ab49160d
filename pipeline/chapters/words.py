"""Floor 2, inside the chapters: what they know of English words. Pure.

Closed lists and a few endings stand in for a tagger: they cover the small words, which decide how a sentence is
built, and the commonest verbs; every other word is taken for a noun until its neighbours say otherwise.
"""

import re
from functools import lru_cache


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARTICLES = _set("a an the")
QUANTIFIERS = _set(
    """some any every each no all both either neither another many few several much most more less enough such other
    this that these those what which whose own same various certain latter"""
)
POSSESSIVES = _set("my your his her its our their whose")
PRONOUNS = _set(
    """i you he she it we they me him us them himself herself itself themselves ourselves myself one ones none nothing
    something anything everything nobody somebody anybody everybody someone anyone everyone there here who whom
    mine yours hers ours theirs all both each some many few several much most more less others another such"""
)
PREPOSITIONS = _set(
    """about above across after against along alongside amid amidst among amongst around as at before behind below
    beneath beside besides between beyond by concerning despite down during except following for from in
    including inside into like near off on onto out outside over past per regarding round since than through
    throughout till toward towards under underneath unlike until up upon via versus with within without
    according due because prior thanks"""
)
#: Those that tie a noun to a noun: "sanctions against Russia". The others mostly belong to the verb.
LINKING_PREPOSITIONS = _set(
    "about against among behind beyond for from in inside into on over toward towards under upon with within across"
)
NUMBERS = _set("one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred")
CONJUNCTIONS = _set("and or nor but yet &")
SUBORDINATORS = _set(
    "that which who whom whose when where why how if whether while whereas although though because unless once so what"
)
AUXILIARIES = _set(
    """am is are was were be been being has have had having do does did doing will would can could may might must shall
    should ought cannot not isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't
    wouldn't can't couldn't shouldn't"""
)
MODALS = _set("will would can could may might must shall should ought cannot do does did to don't doesn't didn't won't")
ADVERBS = _set(
    """again ago almost already also always apart away back else even ever far forth further hardly hence however
    indeed instead just later least long maybe meanwhile moreover nearly never nevertheless next nonetheless now
    often once only otherwise perhaps quite rather seldom sometimes soon still then thereafter therefore thus
    today together tomorrow too twice very well yesterday yet largely mostly partly abroad overseas afterwards
    afterward altogether ahead along elsewhere furthermore likewise somewhat somehow thereby whenever wherever"""
)
ADJECTIVES = _set(
    """able bad best better big broad central clear close cold common current deep different difficult direct due early
    easy eager economic entire equal existing fair false famous fast final fine first former free fresh full
    further future good grand great half hard heavy high huge ill important independent international joint keen
    key large last late latter legal likely limited little local long low main major military modern moral
    mutual narrow national near necessary neutral new next nuclear old only open other own particular past
    permanent poor popular possible powerful present previous prime private proper public quick quiet rapid
    ready real recent rich right rigid rough safe second secret serious severe sharp short similar simple single
    slow small soft sole solid special stable strange strict strong subsequent sudden supreme sure third top
    total traditional true unable unfair unlikely urgent vast very vital warm weak whole wide willing unwilling
    worse worst worth wrong young bilateral multilateral unilateral overall mere sheer bitter tense fierce brief
    fellow"""
)
#: Forms that are verbs wherever they stand, or so nearly always that the nouns among them are no loss.
VERBS = _set(
    """say says said saw see sees seen go goes went gone take takes took taken give gives gave given make makes made
    come comes came become becomes became begin begins began begun grow grows grew grown know knows knew known
    hold holds held keep keeps kept let lets led leads lose loses lost mean meant meet meets met pay pays paid
    put puts run runs ran send sends sent set sets show shows showed shown sell sells sold seek seeks sought
    spend spends spent stand stood tell tells told think thinks thought understand understands understood win
    wins won write writes wrote written bring brings brought build builds built buy buys bought catch caught
    choose chooses chose chosen draw draws drew drawn drove driven fell fallen fought find finds found get gets
    got hear hears heard rose risen broke broken speak speaks spoke spoken struck taught threw thrown wore
    withdrew withdraw withdraws withdrawn arise arose bore dealt fled fly flew forgot forgive froze hid laid lay
    lies lent overcame sank sunk shook shot shut swept swung swore tore undertake undertook undertaken underwent
    uphold upheld want wants wanted seem seems continue continues remain remains appear appears allow allows
    provide provides require requires include includes involve involves believe believes argue argues agree
    agrees ask asks accept accepts expect expects suggest suggests realise realises realize realizes prioritise
    prioritises maintain maintains depend depends rely relies happen happens try tries explain explains insist
    insists reflect reflects represent represents exist exists occur occurs create creates reduce reduces
    prevent prevents protect protects serve serves threaten threatens tend tends enable enables establish
    establishes ensure ensures deprive consider considers describe describes declare declares announce announces
    fail fails apply applies strengthen strengthens weaken weakens stem stems succeed succeeds proceed exceed
    exceeds achieve achieves acquire acquires adopt adopts avoid avoids confirm confirms contain contains
    contribute contributes decide decides defend defends define defines demonstrate demonstrates deny denies
    destroy determine determines develop develops encourage encourages extend extends follow follows improve
    improves indicate indicates join joins justify like likes live lives learn learns oppose opposes persuade
    produce produces prove proves proven pursue pursues receive receives recognise recognises recognize
    recognizes refuse refuses reject rejects remember resolve resolves restore restores retain retains reveal
    reveals satisfy secure secures send settle solve sound sounds strive suffer suffers sustain urge urges left
    felt feel feels wait waits sign signs sit sits sat eat ate drink drank matter matters stay stays end ends
    mark marks helps reads reached means lacks looks enact enacts regulate regulates rebuild impose imposes
    overthrow expand expands"""
)
#: -ed and -ing words that are plain nouns.
PLAIN_NOUNS = _set(
    """need speed seed weed breed creed hundred deed bed king thing spring ring wing string meeting building hearing
    warning beginning funding spending shipping training fighting ruling bombing crossing offering uprising
    opening understanding morning evening ceiling rearming trading dealing being wedding landing mining farming
    banking lending borrowing policing bargaining hunting fishing engineering"""
)
#: Words in -al, -ic, -ive, -ary that are nouns; the others count as adjectives.
NOUNS_LIKE_ADJECTIVES = _set(
    """deal proposal withdrawal appeal arrival refusal approval trial signal capital official officials general rival
    goal meal arsenal hospital journal removal survival denial festival canal animal admiral cardinal principal
    renewal reversal rebuttal disposal dismissal coal steel republic traffic music logic topic rhetoric panic
    pacific atlantic fabric public critic academic arctic mechanic plastic traffic clinic epidemic pandemic
    initiative perspective objective executive alternative narrative motive representative incentive detective
    archive directive offensive native olive secretary treasury boundary summary library diary anniversary
    salary territory military adversary tributary sanctuary january february dictionary mercenary missionary
    intermediary commentary documentary beneficiary judiciary constituency material referral individual
    professional potential credential manual mineral terminal criminal tribunal electoral"""
)
TIMES = _set(
    """january february jan feb mar apr jun jul aug sept sep oct nov dec jan. feb. aug. sept. oct. nov. dec. march
    april june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday"""
)
#: Heads that say nothing by themselves.
VAGUE_HEADS = _set(
    """fact way ways kind sort part parts number numbers lot case cases time times result results end beginning course
    view sense use terms term order addition response example examples year years day days month months week
    weeks moment moments thing things something people person man men woman women place places point points side
    sides aspect aspects basis group groups level levels matter matters area areas instance rest set series
    variety range city town province amount majority president presidents leader leaders official officials
    government governments country countries counterpart counterparts secretary minister ministers policymakers
    representatives north south east west minority decade decades century hour hours question questions reason
    reasons issue issues situation possibility context record light wake face form type types manner means
    effect hand hands process period total percent per cent million billion thousand hundred half third quarter
    couple dozen pair piece extent regard respect account behalf name names word words step steps line lines
    change changes member members ability willingness desire attempt attempts prospect prospects"""
)

#: Offices and institutions that every chapter of a political text has: alone they are no topic.
OFFICES = _set(
    """president secretary state minister prime foreign general ambassador senator congress senate government
    governments administration officials leader leaders chancellor king queen parliament department house white
    defense defence united states american americans u.s us vice advisor adviser national security council
    chairman director governor mayor commander chief"""
)

#: What stands before the name of a person: a chapter is seldom about one.
PEOPLE = _set(
    """president secretary minister premier general ambassador senator chancellor king queen adviser advisor chairman
    governor mayor commander admiral colonel congressman professor leader prince emperor commodore captain"""
)

STOP_WORDS = (
    ARTICLES
    | QUANTIFIERS
    | POSSESSIVES
    | PRONOUNS
    | PREPOSITIONS
    | CONJUNCTIONS
    | SUBORDINATORS
    | AUXILIARIES
    | ADVERBS
    | TIMES
    | _set("of to first last new one two three four five six seven eight nine ten say says said mr mrs ms dr us")
)

#: Paragraphs that open so lean on the one before.
CONTINUING_WORDS = _set(
    """this that these those it its he she they him her them his hers their theirs we our such here there but and or
    nor yet so also then thus therefore hence however moreover furthermore similarly likewise meanwhile instead
    still nevertheless nonetheless conversely consequently accordingly indeed too both neither another others
    equally rather additionally finally secondly thirdly lastly afterwards thereafter subsequently otherwise
    besides which who whose because alternatively unsurprisingly predictably ultimately admittedly"""
)
POINTING_WORDS = _set("this these those such")
CONTINUING_PHRASES = (
    "for example",
    "for instance",
    "as a result",
    "as a consequence",
    "in response",
    "in turn",
    "in addition",
    "in contrast",
    "by contrast",
    "on the other hand",
    "on the one hand",
    "at the same time",
    "even so",
    "if anything",
    "in other words",
    "in fact",
    "in short",
    "that said",
    "the former",
    "the latter",
    "the same",
    "the other",
    "not only",
    "one of them",
    "some of them",
    "more importantly",
    "above all",
    "of course",
    "after all",
)

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SUFFIXES = (
    ("iveness", "ive"),
    ("ations", "at"),
    ("ation", "at"),
    ("ments", ""),
    ("ment", ""),
    ("ities", ""),
    ("ity", ""),
    ("ingly", ""),
    ("edly", ""),
    ("ings", ""),
    ("ing", ""),
    ("ied", "y"),
    ("ies", "y"),
    ("sses", "ss"),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
    ("e", ""),
)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """``word`` in lower case without its commonest ending; never shorter than three characters."""
    lower = word.lower().removesuffix("'s").removesuffix("’s").rstrip("'’")
    for suffix, instead in _SUFFIXES:
        if lower.endswith(suffix) and len(lower) - len(suffix) >= 3 and not lower.endswith("ss"):
            return lower[: -len(suffix)] + instead
    return lower


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text`` that mean something, in order and as often as they occur."""
    return tuple(stem(word) for word in _WORD.findall(text) if len(word) > 2 and word.lower() not in STOP_WORDS)


def cut(text: str, limit: int) -> str:
    """``text`` with single blanks in at most ``limit`` characters: whole words, no small word last, an ellipsis."""
    whole = " ".join(text.split())
    if len(whole) <= limit:
        return whole
    words = whole[:limit].split(" ")[:-1]
    while len(words) > 1 and words[-1].lower().strip(",;:") in STOP_WORDS | {"—", "–", "-"}:
        words.pop()
    kept = " ".join(words).rstrip(" ,;:.—–-") if words else whole[: limit - 1]
    return f"{kept}…"
