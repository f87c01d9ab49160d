"""Floor 3, sources: the phrases of web pages, as data, each with the reason that the author is shown. Pure.

A phrase is the whole of a line or paragraph, in small letters with straight apostrophes. The tables differ in where
a phrase is believed: anywhere, only above the first paragraph, or only below the last one.
"""

import re

from pipeline.patterns import regex

TIME = "a time of the player, not part of the text"
BUTTON = "a button of the web page, not part of the text"
COUNTER = "a counter of the web page, not part of the text"
DIVIDER = "a dividing line has no words"
DATE_LINE = "a date line of the web page; the date is set by front matter or --published"
BYLINE = "a byline of the web page; the author is set by front matter, --author or the show"
CALL = "a call to share, subscribe or listen, not part of the analysis"
DIRECTORY = "the name of a podcast directory, a link on the web page"
COMMENTS = "the comments on the web page, not part of the analysis"
NOTICE = "a notice of the web page, not part of the text"
ADVERTISEMENT = "an advertisement on the web page"
PUBLICATION = "the publication's name, not part of the text"
TITLE_AGAIN = "the title again; it is said once, in the opening"
ABOVE_TITLE = "stands above the title on the web page, not part of the text"

Table = tuple[tuple[re.Pattern[str], str], ...]

_CLOCK = r"-?\d{1,2}(?::\d{2}){1,2}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}),? \d{{4}}"
_AFTER_DAY = rf"(?: ?[∙·•|].{{0,25}}|,? {_CLOCK}.{{0,12}})?"
_WORK = r"(?:analysis|article|blog post|briefing|column|commentary|essay|op-ed|paper|piece|post|report|story|text)"
_ISSUE = (
    r"(?:analysis|article|conversation|discussion|edition|episode|essay|issue|newsletter|piece|podcast|post"
    r"|publication|story)"
)
_COUNT = r"\d[\d.,]*k? (?:likes?|restacks?|comments?|shares?|replies)"
_CHANGED = r"(?:earlier|shorter|longer|different|previous|shortened|edited|extended|similar|slightly \w+)"
_FIRST = r"(?:first|originally|also|previously)"
_OUT = r"(?:published|appeared|posted)"
_DIRECTORY = (
    r"(?:apple podcasts?|itunes|spotify|amazon(?: music)?(?:\s?/\s?audible)?|audible|youtube(?: music)?|overcast"
    r"|pocket ?casts?|castbox|castro|deezer|iheart(?:radio)?|podcast addict|player ?fm|google podcasts?|tunein"
    r"|stitcher|podchaser|antennapod|fountain|podbean|rss(?: feed)?)"
)
_DIRECTORIES = rf"{_DIRECTORY}(?:(?: ?[,/|∙·•] ?| and ){_DIRECTORY})*"
_DEED = r"(?:like|share|comment|subscribe|follow)"
_LIKED = rf"if you(?:'ve)? (?:like|enjoy|find|found|value)\w{{0,4}} (?:this|our) {_ISSUE}\b"


def _table(*rows: tuple[str, str]) -> Table:
    return tuple((re.compile(pattern), reason) for pattern, reason in rows)


#: Whole lines that no analysis has.
ANYWHERE = _table(
    (rf"(?:current time:? ?)?{_CLOCK}(?: ?/ ?(?:total time:? ?)?{_CLOCK})?", TIME),
    (r"(?:subscribed?|share|sign up)(?: now| here| today| for free)?", BUTTON),
    (r"subscribe to [\w'& -]{1,50}", BUTTON),
    (rf"(?:thanks|thank you) for reading .{{1,60}}[!.] (?:this {_ISSUE} is public|subscribe for free)\b.*", CALL),
    (rf"share this {_ISSUE}|share (?:post|from|episode)(?: at current time)?", BUTTON),
    (r"(?:leave|add|write) a comment\W*|view(?: all)? comments|type your email\W*", BUTTON),
    (r"listen now(?: \(.{1,20}\))?|listen to (?:this )?(?:article|episode|post)(?: \(.{1,20}\))?", BUTTON),
    (rf"listen(?: now| to (?:this )?(?:article|episode|post))? ?[∙·•|,-] ?{_CLOCK}", BUTTON),
    (r"get (?:the )?app|open in app|upgrade to paid|give a gift subscription|refer a friend", BUTTON),
    (r"copy link|restack|skip to (?:main )?content", BUTTON),
    (r"press enter or click to view image in full size", BUTTON),
    (r"advertise?ment|sponsored content", ADVERTISEMENT),
    (r"(?:story|article) continues (?:below|after)(?: this)?(?: advertisement)?", ADVERTISEMENT),
    (r"(?:skip past|after) newsletter promotion", NOTICE),
    (r"getting your .{1,30} audio player ready\W*", NOTICE),
    (r"(?:estimated )?reading time:? \d{1,3} min(?:ute)?s?", COUNTER),
    (r"text within this block will maintain its original spacing when published", NOTICE),
    (rf"{_COUNT}(?: ?[∙·•|,]? ?{_COUNT})*", COUNTER),
)

AT_HEAD = _table(
    (r"\d{1,5}|\d{1,3} mins?(?: read| listen)?|\d{1,3}[- ]minutes? (?:read|listen)", COUNTER),
    (rf"(?:(?:published|posted|updated)(?: on)? )?(?:[a-z]+day,? )?{_DAY}{_AFTER_DAY}", DATE_LINE),
    (r"\d{4}-\d{2}-\d{2}", DATE_LINE),
    (r"(?:[∙·•|] ?)?(?:paid|free)|preview|podcast|transcript|listen|play|like|comment|download|follow", BUTTON),
    (r"sign in|log in|menu|search|cross-?post", BUTTON),
    (rf"(?:(?:listen|available) (?:on|in|via) )?{_DIRECTORY}", DIRECTORY),
    (r"(?:we|this (?:web ?)?site) uses? cookies\b.*|(?:accept|reject)(?: all)?(?: cookies)?", NOTICE),
)

AT_TAIL = _table(
    (rf"(?:(?:listen|available|find us|get it) (?:on|in|via) )?{_DIRECTORIES}\.?", DIRECTORY),
    (r"we hope (?:that )?you(?:'ll| will)? .{0,60}\b(?:share|enjoy|subscribe).*", CALL),
    (r"(?:thanks|thank you)(?: so much| again)? for (?:reading|listening|subscribing|watching)\b.*", CALL),
    (rf"(?:please )?(?:share|forward|restack|recommend|rate|review)(?: and \w+)? (?:this|our) {_ISSUE}\b.*", CALL),
    (r"(?:please )?(?:rate(?: and review)?|follow|find) us (?:on|at|in)\b.*", CALL),
    (rf"(?:please )?(?:consider )?subscrib(?:e|ing) to (?:our|my|the|this) .{{0,40}}\b{_ISSUE}\b.*", CALL),
    (r"(?:please )?(?:consider )?subscrib(?:e|ing) (?:to us|to receive|for free|via|here|now)\b.*", CALL),
    (rf"{_LIKED}.{{0,80}}\b(?:share|subscrib|forward|tell).*", CALL),
    (rf".{{0,60}} is a reader-supported {_ISSUE}\b.*|to receive new posts\b.*", CALL),
    (rf"(?:please )?{_DEED}(?:(?:,| and| or)+ {_DEED})+\b.{{0,80}}", CALL),
    (r"this post is public\b.*|ready for more\?|listen wherever you get\b.*", CALL),
    (rf"(?:also, )?you can (?:also )?listen to (?:this|our|the) {_ISSUE}\b.*", CALL),
    (r"share(?: [\w'&-]+){1,6}", BUTTON),
    (r"top|latest|discussions|no posts|see all|previous|next|comments?|like|play|download", BUTTON),
    (r"start writing|listen on|transcript", BUTTON),
    (r"(?:©|\(c\)|copyright) ?\d{4}\b.{0,80}|all rights reserved\.?|collection notice", NOTICE),
    (r"(?:privacy(?: policy)?|terms)(?: (?:of (?:use|service)|[∙·•|]).{0,40})?", NOTICE),
    (r"(?:we|this (?:web ?)?site) uses? cookies\b.*|(?:accept|reject)(?: all)?(?: cookies)?", NOTICE),
    (r"cookie (?:policy|settings)|this site requires javascript\b.*", NOTICE),
    (r"substack is the home for great culture", NOTICE),
)

COMMENT_HEADER = regex(rf"(?:discussion about|\d+ comments on|comments on) this {_ISSUE}")

CREDIT = regex(
    rf"(?:an|the|a) {_CHANGED} version of this {_WORK} (?:was|has|first|originally|also|appeared|can)\b.*"
    rf"|this {_WORK} (?:was |is |has been |has )?{_FIRST} {_OUT}\b.*"
    rf"|this {_WORK} (?:was|is|has been) republished (?:from|by|with|under)\b.*"
    rf"|(?:first|originally|previously) {_OUT} (?:by|in|on|at) (?!\d).{{1,120}}"
    r"|republished (?:from|with permission)\b.{1,120}"
)
