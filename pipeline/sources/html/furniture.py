"""Floor 3, sources: the furniture of web sites as data, each piece with the reason that the author is shown. Pure.

NAMES are classes and ids that a platform or plug-in gives to one thing alone; WORDS are what such names are made of
elsewhere, and are believed only of a small part of a page.
"""

import re

from pipeline.patterns import regex

SUBSCRIBE = "a box of the web page that asks to subscribe"
BUTTON = "a button of the web page"
SHARE = "the web page's line of sharing links"
PAYWALL = "a paywall mark of the web page"
PLAYER = "a player of the web page"
COMMENTS = "the comments on the web page"
COOKIES = "a cookie notice of the web page"
RELATED = "a box of other articles on the web page"
AUTHOR = "the note on the author on the web page"
POLL = "a poll on the web page"
NAVIGATION = "a menu, header or footer of the web page"
ADVERTISEMENT = "an advertisement on the web page"
FORM = "a form of the web page"
DONATE = "a box of the web page that asks for money"
CITATION = "the web page's note on how to cite it"
COUNTERS = "counters and dates of the web page"
CONTENTS = "a table of contents of the web page"
ELSEWHERE = "a link to another article"
HIDDEN = "hidden on the web page"
FOR_SCREEN_READERS = "a label for screen readers"

#: Tags that hold nothing of an article; "" where no reader of the page would see words.
TAGS = {
    "script": "",
    "style": "",
    "noscript": "",
    "template": "",
    "link": "",
    "meta": "",
    "head": "",
    "object": "",
    "svg": "",
    "canvas": "",
    "dialog": NAVIGATION,
    "nav": NAVIGATION,
    "menu": NAVIGATION,
    "button": BUTTON,
    "select": FORM,
    "option": FORM,
    "input": "",
    "textarea": FORM,
}


def _names(*rows: tuple[str, str]) -> dict[str, str]:
    return {name: reason for names, reason in rows for name in names.split()}


NAMES = _names(
    # Substack
    ("subscription-widget-wrap subscription-widget-wrap-editor subscription-widget subscribe-widget", SUBSCRIBE),
    ("subscribe-footer subscribe-prompt post-end-cta post-end-cta-full embedded-publication-wrap", SUBSCRIBE),
    ("embedded-publication community-chat install-substack-app-embed install-substack-app-embed-link", SUBSCRIBE),
    ("button-wrapper captioned-button-wrap image-link-expand directmessage", BUTTON),
    ("post-ufi post-ufi-buttons share-dialog", SHARE),
    ("paywall-jump paywall-title", PAYWALL),
    ("poll-embed poll-wrapper", POLL),
    ("digest-post-embed", RELATED),
    ("native-audio-embed audio-embed audio-player audio-player-wrapper player-wrapper-outer", PLAYER),
    ("comments-page comments-section comment-list comment-list-container", COMMENTS),
    # WordPress and its plug-ins
    ("sharedaddy sd-sharing sd-sharing-enabled jp-sharing-input wpcnt wp-block-jetpack-sharing-buttons", SHARE),
    ("addtoany_share_save_container addtoany_content a2a_kit addthis_toolbox essb_links ssba ssba-classic-2", SHARE),
    ("heateor_sss_sharing_container heateorssssharingcontainer shareaholic-canvas swp_social_panel", SHARE),
    ("wp-block-social-links wp-block-outermost-social-sharing", SHARE),
    ("jp-relatedposts wp-block-jetpack-related-posts yarpp yarpp-related yarpp-related-website crp_related", RELATED),
    ("wp-block-latest-posts wp-block-query rpbt_shortcode rp4wp-related-posts zem_rp_wrap", RELATED),
    (
        "post-navigation nav-links page-links nav-below nav-single navigation-top wp-block-post-navigation-link",
        NAVIGATION,
    ),
    ("jetpack_subscription_widget wp-block-jetpack-subscriptions jetpack-subscribe-modal mc4wp-form", SUBSCRIBE),
    ("mc_embed_signup wpcf7 wpforms-container gform_wrapper", SUBSCRIBE),
    ("wp-block-post-author wp-block-post-author-biography saboxplugin-wrap pp-author-boxes-wrapper", AUTHOR),
    ("author-box author-bio about-author entry-author-info", AUTHOR),
    ("cookie-notice cookie-law-info-bar cmplz-cookiebanner cookiebanner cookieconsent onetrust-consent-sdk", COOKIES),
    ("onetrust-banner-sdk cookiebot cc-window qc-cmp2-container gdpr-cookie-notice", COOKIES),
    ("tags-links tagcloud cat-links post-tags entry-footer entry-utility", NAVIGATION),
    ("ez-toc-container lwptoc toc_container rank-math-toc wp-block-table-of-contents", CONTENTS),
    ("wp-block-comments wp-block-post-comments commentlist disqus_thread respond", COMMENTS),
    ("post-views entry-views sd-like likes-widget-placeholder", COUNTERS),
    ("screen-reader-text sr-only visually-hidden visuallyhidden hide-text", FOR_SCREEN_READERS),
    ("wp-block-buttons wp-block-file__button bctt-ctt-btn elementor-blockquote__tweet-button", BUTTON),
    ("yoast-reading-time__wrapper rt-reading-time", COUNTERS),
    ("abh_box m-a-box elementor-author-box", AUTHOR),
    ("elementor-posts-container", RELATED),
    ("elementor-form", FORM),
    ("formkit-form", SUBSCRIBE),
    # Ghost
    ("gh-subscribe gh-subscribe-form kg-signup-card kg-cta-card gh-cta gh-portal", SUBSCRIBE),
    ("gh-post-upgrade-cta gh-post-upgrade-cta-content", PAYWALL),
    ("kg-audio-card kg-audio-player kg-video-player-container", PLAYER),
    ("kg-file-card-metadata", COUNTERS),
    ("kg-button-card", BUTTON),
    ("gh-comments ghost-comments", COMMENTS),
    ("gh-read-next read-next read-next-card gh-readmore", RELATED),
    # Squarespace, newspapers and journals
    ("sqs-block-newsletter", SUBSCRIBE),
    ("sqs-block-summary-v2 generic-embed--root", RELATED),
    ("trinity-tts-pb speechify-ignore", PLAYER),
    ("donate-cta", DONATE),
    ("how-to-cite", CITATION),
)

_EDGE = r"(?:^|[-_])"
_END = r"(?:$|[-_])"
_THINGS = (
    r"(?:articles?|box|coverage|entries|items?|links?|list|modules?|news|pages?|posts?|reads?|stories"
    r"|topics?|videos?)"
)


def _words(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), reason) for pattern, reason in rows)


WORDS = _words(
    (
        rf"{_EDGE}(?:cookies?|gdpr|consent)(?:[-_]?(?:banner|bar|box|consent|law|message|modal|notice|popup))?{_END}",
        COOKIES,
    ),
    (rf"{_EDGE}(?:comments?|disqus)(?:[-_]?(?:area|box|form|list|section|thread|wrap(?:per)?))?$", COMMENTS),
    (
        rf"{_EDGE}(?:social[-_]?)?shar(?:e|ing)(?:[-_]?(?:bar|box|buttons?|icons?|links?|list|tools?|wrap(?:per)?))?{_END}",
        SHARE,
    ),
    (rf"{_EDGE}social[-_]?(?:bar|buttons?|icons?|links?|list|media|nav|tools?){_END}", SHARE),
    (
        rf"{_EDGE}(?:related|recommended|recommendations|recirc\w*|trending|most[-_]?(?:popular|read|viewed)){_END}",
        RELATED,
    ),
    # Not "content": what a button "read more" unfolds is called read-content, and is the article.
    (rf"{_EDGE}(?:related|more|also|read)[-_]?(?:from|like|next|on|this|{_THINGS}){_END}", RELATED),
    (rf"{_EDGE}relatedcontent{_END}", RELATED),
    (rf"{_EDGE}(?:newsletter|subscri(?:be|ption)|sign[-_]?up|email)[-_]?\w*{_END}", SUBSCRIBE),
    (
        rf"{_EDGE}(?:author|byline|contributor)[-_]?(?:bio|box|card|description|details|info|meta|profile)\w*{_END}",
        AUTHOR,
    ),
    (
        rf"{_EDGE}(?:audio|podcast)[-_]?(?:bar|embed|module|player|widget)\w*{_END}|{_EDGE}player[-_]?(?:bar|controls){_END}",
        PLAYER,
    ),
    (rf"{_EDGE}(?:ad|ads|advert\w*|sponsor(?:ed)?|promo\w*|dfp|banner[-_]?ad)(?:[-_]\w*)?$", ADVERTISEMENT),
    (
        rf"{_EDGE}(?:breadcrumbs?|pagination|pager|skip[-_]?link|site[-_]?(?:footer|header|nav)|masthead|toolbar){_END}",
        NAVIGATION,
    ),
    (rf"{_EDGE}(?:toc|table[-_]of[-_]contents){_END}", CONTENTS),
    (rf"{_EDGE}poll{_END}", POLL),
)

PAYWALL_NAME = regex(r"pay-?wall|reg-?wall|members-only|(?:^|[-_\s])gate(?:$|[-_\s])")
ASKS_TO_PAY = regex(
    r"\b(?:subscri(?:be|bers?|ption)|sign (?:in|up)|log ?in|members?|unlock|free trial|paid|upgrade|keep reading)\b",
    re.IGNORECASE,
)

#: How a paragraph begins that is nothing but a link to another article.
LABEL_OF_LINK = regex(
    r"\[?(?:read (?:more|also|next|this next)|see also|also read"
    r"|related(?: (?:story|stories|articles?|reading|posts?))?"
    r"|more (?:on this|from .{1,40}|stories)|recommended(?: reading)?|don't miss|you may also like)"
    r"\s*(?::|\||-|–|—|»|>)\s*",
    re.IGNORECASE,
)
