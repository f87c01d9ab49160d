"""Inside queries: what is written by mistake, between which words, and what is meant. A row each.

Only neighbourhoods in which the written word is almost never right. A row is tried on texts that hold one of the words
before "::"; a blank of its pattern stands for any blank. None can match more than a few words.
"""

import re

from msgspec import Struct

from pipeline.patterns import regex


class Slip(Struct, frozen=True, kw_only=True):
    """``pattern`` finds it in a text that has one of ``words`` in it, in small letters; ``meant`` goes into quotes."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    meant: str


def _table(rows: str) -> tuple[Slip, ...]:
    """The slips of ``rows``: words :: pattern => meant; a line that begins with "…" goes on with the one before."""
    return tuple(map(_slip, rows.replace("\n…", "").strip().splitlines()))


def _slip(row: str) -> Slip:
    words, _, rest = row.partition(" :: ")
    pattern, _, meant = rest.rpartition(" => ")
    for name, alternatives in _PARTS.items():
        pattern = pattern.replace(name, alternatives)
    return Slip(words=tuple(words.split()), pattern=regex(pattern.replace(" ", r"\s")), meant=meant)


_PARTS = {
    "{their}": r"(?:its|his|her|their|our|my|your)",
    "{modal}": r"(?:to|will|would|could|might|may|can|cannot|must|should)",
    # What is kept on a site.
    "{guarded}": r"(?:staff|workers?|engineers?|inspect(?:ors|ions)|equipment|personnel|crews?|records|stocks?|fuel|"
    r"waste|experts|guards|troops|monitors|materials?|everything|teams?|police|doctors)",
}

SLIPS = _table(
    r"""
site :: \bkee?p(?:s|ing)? (?!{guarded})(?:(?!{guarded})[\w’'-]+ ){1,4}on site\b => in sight” or “on side
site :: \b(?:lose|loses|losing|lost) site of\b => sight of
site :: \b(?:in|within) (?:plain site|site of the)\b => in sight
site :: \bline of site\b => line of sight
sites :: \b(?:set|sets|setting) {their} sites on\b => sights on
of :: \b(?:should|could|would|must) of\b(?! (?:course|late|necessity)\b) => have
intensive :: \b[Ff]or all intensive purposes\b => for all intents and purposes
tow tows towed towing :: \b[Tt]ow(?:s|ed|ing)? the (?:\w+ )?line\b => toe the line
mute :: \bmute points?\b => moot point
reign :: \b{modal} reign in (?=[a-z])(?!peace|hell) => rein in
reigning :: \breigning in (?:the|{their}|spending|inflation|costs|deficits|public)\b => reining in
reign :: \bfree reign\b => free rein
peaks peaked peaking :: \bpeak(?:s|ed|ing) (?:(?:his|her|their|our|my|your|its|[\w]+[’']s?) |public |
…the )?(?:interest|curiosity)\b => piqued
pour pours poured pouring :: \bpour(?:s|ed|ing)? over (?:the |an? |his |her |their |its |old |these |those |
…hundreds of |thousands of ){0,2}(?:documents?|papers?|maps?|data|books?|details?|figures|files|records|archives|
…reports?|evidence|cables|letters|manuscripts?|drafts?|texts?|spreadsheets?|transcripts?)\b => pore over
hone hones honed honing :: \bhon(?:e|es|ed|ing) in on\b => home in on
peak peaks :: \bsneak peaks?\b => sneak peek
baited :: \bbaited breath\b => bated breath
seeded deep-seeded :: \bdeep[- ]seeded\b => deep-seated
case :: \b[Aa] case and point\b => case in point
beckon :: \bbeckon call\b => beck and call
appetite appetites :: \bwet(?:s|ting|ted)? (?:the|{their}) appetites?\b => whet
butt :: \bnip(?:s|ped|ping)? (?:it|this|them|that|the \w+) in the butt\b => nip in the bud
same :: \bone in the same\b(?! \w) => one and the same
large :: \b[Bb]y in large\b(?! (?:numbers|groups|parts?|measure)\b) => by and large
statue :: \bstatue of limitations\b => statute of limitations
escape :: \bescape goats?\b => scapegoat
extract extracts extracted extracting :: \bextract(?:s|ed|ing)? revenge\b => exact revenge
diffuse diffuses diffused diffusing :: \bdiffus(?:e|es|ed|ing) (?:the |a |rising |growing |regional )?(?:tensions?|
…crisis|situation|bomb|stand-?off|row)\b => defuse
flaunt flaunts flaunted flaunting :: \bflaunt(?:s|ed|ing)? (?:the |international |its |their |his )?(?:laws?|rules?|
…sanctions|regulations|conventions?|ceasefire|embargo|treaty)\b => flout
tenant tenants :: \b(?:[Cc]entral|[Kk]ey|[Bb]asic|[Cc]ore|[Ff]undamental|[Mm]ain) tenants? of\b => tenet of
shoe-in :: \bshoe-in\b => shoo-in
slight :: \bslight of hand\b => sleight of hand
hoe :: \broad to hoe\b => row to hoe
havoc :: \bwreck(?:s|ed|ing)? havoc\b => wreak havoc
tenderhooks hooks :: \btender ?hooks\b => tenterhooks
ringing hand-ringing :: \bhand[- ]ringing\b|\bringing (?:its|their|his|her) hands\b => wringing
tact :: \b(?:chang(?:e|ed|ing)|(?:a (?:different|new)|another)) tact\b(?! and\b) => tack
cease ceases ceased :: \bcease(?:s|d)? (?:the|this|that) (?:opportunity|moment|initiative)\b => seize
seize seizefire seize-fire :: \bseize[- ]?fire\b => ceasefire
care :: \bcould care less\b => could not care less
irregardless :: \b[Ii]rregardless\b => regardless
weather :: \b[Ww]eather or not\b => whether or not
do :: \b(?:largely|mainly|mostly|partly|in part|primarily) do to\b => due to
undo :: \bundo (?:influence|pressure|burdens?|haste|hardship|delay|interference)\b => undue
bare bares baring :: \bgrin and bare\b|\bbar(?:e|es|ing) (?:in mind|the (?:brunt|burden|costs?|responsibility|blame|
…weight))\b => bear
sew sews sewed sewn sewing :: \bsew(?:s|ed|n|ing)? (?:the seeds|seeds|doubts?|discord|division|chaos|confusion|
…distrust|mistrust|panic)\b => sow
lead :: \b(?:has|have|had|having) lead (?:to|the|him|her|them|us|many|some|by)\b => led
lead :: \b(?:was|were|been|being|is|are) lead (?:by|astray|into)\b => led
led :: \b{modal} led (?!by\b|to\b)(?=[a-z]) => lead
loose :: \b(?:{modal}|not|n[’']t) loose (?:{their}|the|an?|any|all|control|power|ground|face|faith|hope|interest|
…sight|track|money|votes?|seats?|out|support)\b(?! dogs) => lose
loosing :: \bloosing (?:{their}|the|control|power|ground|face|faith|hope|interest|sight|track|money|votes?|
…seats?)\b => losing
lose :: \b(?:on the lose|lose (?:ends|cannons?|coalition|federation|confederation|alliance))\b => loose
its :: \b[Ii]ts (?:a|an|the|been|going to|because|too (?:early|late|soon)|(?:clear|true|likely|unlikely|
…possible) that|(?:impossible|hard|difficult|easy|important|time) to)\b(?! (?:priori|la)\b) => it’s
it's :: \b[Ii]t[’']s (?:own|borders?|neighbou?rs?|citizens|territory|sovereignty|founder|founding|inhabitants|
…predecessor|successor|headquarters)\b(?! (?:that|who|which)\b) => its
their :: \b[Tt]heir (?:is|are|was|were|(?:has|have|had) been|will be)\b(?! done) => there
there :: \bthere (?:own (?:countr(?:y|ies)|people|governments?|borders|lives|army|armies|leaders|interests|hands|
…right|terms)|respective)\b => their
they're :: \b[Tt]hey[’']re (?:own|respective|borders|neighbou?rs)\b => their
who's :: \b[Ww]ho[’']s (?:own|government|army|troops|job|duty|territory|interests|borders)\b => whose
whose :: \b[Ww]hose (?:going|been|coming|afraid)\b => who’s
your :: \b[Yy]our (?:not|going to|welcome to|an?)\b => you’re
principal :: \bin principal\b(?= (?:and|but|to|agreed?|that|accept\w*|on|not)\b|[,.;:)—–]) => principle
principal :: \b(?:matters?|question) of principal\b => principle
principals :: \bprincipals of (?:war|law|international|democracy|self|free|justice|sovereignty|non|
…equality)\b => principles
principle :: \bprinciple (?:reasons?|causes?|aims?|goals?|objectives?|architects?|advis[eo]rs?|authors?|sources?|
…cit(?:y|ies)|rivals?|opponents?|all(?:y|ies)|challenges?|concerns?|obstacles?|beneficiar(?:y|ies)|
…trading)\b => principal
affect affects side-affect side-affects :: \b(?:the affect of|an affect on|into affect|takes? affect|took affect|
…taking affect|side[- ]affects?|(?:has|have|had|having) (?:an?|no|little|some) (?:\w+ )?affect)\b => effect
effect effects effected effecting :: \b(?:adversely|negatively|greatly|badly|severely|deeply|
…disproportionately) effect(?:s|ed|ing)?\b => affect
effect :: \b(?:did|does|do|will|would|could|may|might) not effect (?:the|its|their|his|her)\b => affect
compliment compliments complimented complimenting :: \bcompliment(?:s|ed|ing)? (?:each other|one another)\b|
…\bfull compliment of\b => complement
complimentary :: \bcomplimentary (?:approach(?:es)?|roles?|strengths?|goals?|polic(?:y|ies)|efforts?|measures?|
…skills)\b => complementary
complement :: \b(?:pay|pays|paid) (?:him |her |them )?a complement\b => compliment
then :: \b(?:more|less|rather|other|better|worse|greater|fewer|higher|lower|larger|smaller|stronger|
…weaker) then (?:the|an?|its|his|her|their|any|ever|half|one|two|\d) => than
late soon far :: \b(?:to late to|to soon to|far to (?:much|many|few|little|long|often|late))\b => too
boarder :: \bboarder (?:crossings?|guards?|security|patrols?|controls?|disputes?|clash(?:es)?|region)\b => border
counsel :: \bSecurity Counsel\b|\bcity counsel\b => Council
council :: \blegal council\b => legal counsel
marshal marshall :: \b[Mm]arshall? law\b => martial law
marshal marshaled marshaling marshals court-marshal court-marshall marshall marshalled marshalling marshalls
… court-marshalled court-marshaled :: \bcourt[- ]marshall?(?:ed|s|ing)?\b => court martial
marshal :: \bMarshal Plan\b => Marshall Plan
populous :: \b(?:general|local|civilian|wider|rural|urban|whole) populous\b => populace
hoards :: \bhoards of (?:people|refugees|migrants|protesters|tourists|troops|soldiers|civilians|
…journalists)\b => hordes
canon canons :: \bcanon fodder\b|\bloose canons?\b => cannon
ordinance ordinances :: \b(?:unexploded|explosive) ordinances?\b|\bordinance disposal\b => ordnance
calvary :: \b[Cc]alvary (?:charges?|units?|regiments?|divisions?|officers?|brigades?)\b => cavalry
eminent :: \beminent (?:threat|attack|danger|invasion|collapse|strike)\b => imminent
illicit illiciting :: \billiciting\b|\billicit (?:a |an )?(?:response|reaction|support|sympathy)\b => elicit
elicit :: \belicit (?:trade|drugs?|arms|financ(?:e|ing)|goods|trafficking)\b => illicit
adverse :: \badverse to (?:risk|change|the idea|war|conflict|compromise)\b => averse
unphased phased :: \bunphased\b|\bnot phased by\b => unfazed
causality causalities :: \b(?:civilian|military|heavy|mass|combat|battlefield) causalit(?:y|ies)\b => casualties
trail :: \b(?:stand|stands|stood|standing|on) trail (?:for|in|at)\b => trial
untied unites :: \bUntied (?:States|Nations|Kingdom)\b|\bUnites (?:States|Nations)\b => United
pubic :: \b[Pp]ubic (?:policy|opinion|sector|support|debate|money|spending|health|interest|service|sphere|
…works)\b => public
too :: \b(?:supposed|used) too (?:be|have|do|make|say|go|work|live)\b => to
"""
)
