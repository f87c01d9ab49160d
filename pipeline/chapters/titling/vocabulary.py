"""Floor 2, inside the titles of chapters: the words that tell how an English sentence is built. Pure.

Closed lists stand in for a tagger, and they cover what decides: common verbs and adjectives, nouns that look like
either, and which noun takes which preposition ("withdrawal from", "sanctions against"). The small words are in
``chapters/words.py``.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NUMBERS = _set("eight eleven fifty five forty four hundred nine one seven six ten thirty three twelve twenty two")

#: Those in -ous, -ful, -ic and the like are known by their endings.
ADJECTIVES = _set(
    """able absolute accurate acute adamant alarming alternate apparent appropriate ardent arrogant austere bad bare
    best better big bigger biggest bilateral bitter blunt bound brave brief brilliant broad broader broadest calm
    cautious central cheaper clear close closer closest cold common compelling competing complete comprehensive
    concrete conflicting consistent constant convenient cooperative corporate costly covert cruel current deadly
    deep deeper definite deliberate dense dependent desperate developing different difficult direct distant dominant
    due dull eager earlier earliest early easier eastern easy economic efficient elaborate elegant eminent entire
    equal evident existing extreme fair false famous far-reaching fast faster favorable favorite favourite fellow
    fewer fierce fiercest final fine firm first foreign former frail free freer frequent fresh friendly full further
    future gentle genuine good grand great greater greatest grim growing half hard harder harsh healthy heavy high
    high-level higher highest honest hostile huge humble idle ill immediate immense imminent important inadequate
    incoming independent infinite inherent innocent instant insufficient intense international intimate joint keen
    key large larger largest last lasting late latest latter leading legal legitimate lesser likely little local
    lonely long long-standing long-term longer loose loud low lower lowest loyal main major mature mere mid-level
    militant military moderate modern modest moot moral multilateral mutual naive narrow national near necessary
    neighboring neighbouring neutral new newer next northern nuclear obscure obsolete old older oldest ongoing only
    open opposite orderly other outgoing outright outstanding overall overriding own particular past patient
    permanent persistent pertinent poor poorer popular possible postwar powerful pregnant present present-day
    pressing prevailing previous prewar prime private prominent proper proud public pure quick quiet rapid rare raw
    ready real recent relevant reluctant remaining reminiscent remote resilient resistant resounding rich richer
    right rigid robust rough royal rude rural safe safer sane scarce second secret secure separate serious severe
    shallow sharp sheer short short-term shorter sick significant silent similar simple simpler sincere single slim
    slow slower small smaller smallest so-called soft sole solid southern sparse special stable stagnant stark
    steady steep stern strange strict strong stronger strongest subsequent sudden sufficient sunny supreme sure
    surrounding sweeping swift tame tender tense tenuous thick thin third timely tiny tolerant top total tough
    tougher traditional transparent true ugly ultimate unable underlying uneasy unfair unilateral unique unlikely
    unprecedented unsuccessful unwilling unwitting upcoming urgent vacant vague vain vast vehement very vibrant
    violent vital warm warmer wartime wary weak weaker wealthy western wet whole wide wider widespread wild willing
    wise worldwide worse worst worth worthwhile wrong young younger"""
)

#: -ed and -ing words that are plain nouns.
PLAIN_NOUNS = _set(
    """banking bargaining bed beginning being bombing borrowing breed building ceiling creed crossing dealing deed
    engineering evening farming fighting fishing funding hearing hundred hunting king landing lending meeting mining
    morning need offering opening policing rearming ring ruling seed shipping speed spending spring string thing
    trading training understanding uprising warning wedding weed wing"""
)

#: Words in -ly that are nouns.
NOUNS_IN_LY = _set(
    """ally anomaly anti-family assembly belly bully butterfly family fly folly homily italy jelly july lily
    monopoly rally reply supply tally"""
)

#: Words in -al, -ic, -ive, -ary that are nouns; the others count as adjectives.
NOUNS_LIKE_ADJECTIVES = _set(
    """academic admiral adversary alternative animal anniversary appeal approval archive arctic arrival arsenal
    atlantic beneficiary boundary canal capital cardinal clinic coal commentary constituency credential criminal
    critic deal denial detective diary dictionary directive dismissal disposal documentary electoral epidemic
    executive fabric february festival general goal hospital incentive individual initiative intermediary january
    journal judiciary library logic manual material meal mechanic mercenary military mineral missionary motive music
    narrative native objective offensive official officials olive pacific pandemic panic perspective plastic
    potential principal professional proposal public rebuttal referral refusal removal renewal representative
    republic reversal rhetoric rival salary sanctuary secretary signal steel summary survival terminal territory
    topic traffic treasury trial tribunal tributary withdrawal"""
)

#: Nouns after "to" that are no infinitive.
NOUNS_AFTER_TO = _set("communism control democracy detente détente independence oil peace power trade war")

#: Plural nouns that stand before others; elsewhere the second is a verb: "clients | work".
PLURALS_BEFORE_NOUNS = _set(
    """access affairs analysis analytics apparatus arms basis benefits bias bonus bus business campus canvas census
    chaos class communications congress consensus corps crisis customs diagnostics drugs earnings economics
    elections emphasis focus forces futures gains gas goods headquarters jobs lands logistics mass materials means
    metrics narcotics nations news nexus operations parts physics politics powers press process progress relations
    reparations resources rights sales savings sciences securities series services settlements skills sports states
    statistics status success surplus systems thesis tonnage users virus weapons"""
)

#: Heads that say nothing by themselves.
VAGUE_HEADS = _set(
    """ability account activists addition administration administrations advisers advisors aims amount approach area
    areas aspect aspects attempt attempts authorities authority basis beginning behalf billion candidates case cases
    cent century change changes chief circumstances citizens city concept conditions confidence context counterpart
    counterparts countries country couple course critics day days decade decades delegate delegates desire direction
    dozen east economies effect effects effort efforts end envoy envoys example examples experts extent face fact
    factor factors features figure figures forces form framework goal goals government governments group groups half
    hand hands historians hour hours hundred importance incidents instance interests issue issues kind kinds leader
    leaders level levels light line lines lot majority man manner matter matters means member members men merchants
    million minister ministers minority moment moments month months name names need needs negotiators north notion
    number numbers objective objectives observers official officials order pair part parts people per percent period
    person piece place places point points policymakers politicians position possibility power powers president
    presidents process professor professors prospect prospects province quarter question questions range reason
    reasons record regard remarks representatives residents resources respect response rest result results scholar
    scholars secretary sense series set ship ships side sides site sites situation soldiers something sort south
    spite step steps term terms territories territory thing things third thousand time times tone total town traders
    tribes type types use variety view wake way ways week weeks west willingness woman women word words year years"""
)

#: A phrase that opens so points elsewhere: "Subsequent resolution", "Other ports".
VAGUE_OPENINGS = _set(
    """actual additional best better big bigger certain clear complete considerable different earlier early
    entire final first following formal former full further general good great hard important increased initial
    interested large last late later latter long long-standing main major mere multiple necessary new next
    ongoing other overall own particular perfect possible precise previous real recent right same second serious
    several sheer short significant similar simple single small specific subsequent substantial successful such
    third true various young"""
)

#: Offices and institutions that every chapter of a political text has: alone they are no topic.
OFFICES = _set(
    """administration adviser advisor affairs ambassador american americans chairman chancellor chief commander
    congress council country defence defense department director foreign general global government governments
    governor house international king leader leaders mayor minister nation national nations officials parliament
    people policy president prime queen republic secretary security senate senator soviet state states u.s union
    united us vice white world"""
)

#: What stands before the name of a person: a chapter is seldom about one.
PEOPLE = _set(
    """admiral adviser advisor ambassador captain chairman chancellor colonel commander commodore congressman
    emperor general governor king leader mayor minister premier president prince professor queen secretary senator"""
)

#: Half of a name at the end of a phrase.
TITLES_BEFORE_NAMES = _set(
    """adm. capt. col. dr. gen. gov. king lord lt. mr. mrs. ms. prof. queen rep. saint sen. sir st."""
)

#: Adjectives that are written like names; alone at the end they are half of one: "United States and Soviet".
ORIGINS = _set(
    """afghan african albanian algerian allied american anglo-american angolan arab arab-israeli arctic argentine
    asian australian austrian baathist baltic bangladeshi belgian bolshevik bosnian brazilian british buddhist
    bulgarian burmese byzantine cambodian canadian catholic chilean chinese christian colombian communist
    confederate confucian congolese congressional croatian cuban czech danish democratic dutch eastern egyptian
    english ethiopian european federal filipino finnish french german germanic greek haitian hindu hungarian indian
    indonesian iranian iraqi irish islamic israeli italian japanese jewish jordanian kenyan korean kurdish kuwaiti
    laotian latin lebanese leninist libyan malaysian maoist marxist menshevik mexican mongol moroccan muslim nazi
    nigerian nordic northern norwegian ottoman pakistani palestinian polish portuguese presidential protestant
    republican roman romanian russian saudi scottish serbian shiite sino-american sino-soviet slavic somali
    south-african southern soviet spanish sudanese sunni swedish swiss syrian taiwanese thai tunisian turkish
    u.s.-soviet ukrainian venezuelan vietnamese welsh western yemeni yugoslav zionist"""
)

#: Small words inside a name: Charles de Gaulle.
PARTICLES = _set("al bin da das de del della den der di dos du el ibn la le ten ter van von y")

#: What a name begins with that goes on after "for" and "on": Committee on Foreign Relations.
INSTITUTIONS = _set(
    """academy act agency agreement alliance association bank board bureau campaign center centre commission
    committee conference convention council declaration fund institute movement office organisation organization
    program programme talks treaty union"""
)

#: What a name ends or begins with that is more than somebody's or some place's.
THINGS_WITH_NAMES = _set(
    """accord accords act acts address affair agency agreement agreements airlift alliance amendment amendments
    armistice army bank base battle bill blockade bombing border bridge campaign canal case ceasefire cession
    charter claim claims coalition code commission committee community company compromise conference conferences
    congress constitution convention conventions corporation corps corridor council coup crisis dam declaration
    decree doctrine election elections embargo finance fleet force forces framework fund incident initiative
    intervention invasion law laws league letter line machine mandate massacre memorandum method movement nations
    navy negotiations network note notes operation organisation organization pact pacts partition party pass peace
    pipeline plan plans policies policy principle principles problem proclamation program programme project protocol
    protocols purchase question raid railroad railway rebellion reform reforms relations report resolution
    resolutions revolt revolution rule rules siege speech standard standards strip summit system talks tariff tax
    telegram theory treaties treaty trial truce union uprising voting wall war wars zone"""
)

#: What a name in a heading ends with: "The Smoot Tariff Act".
HEADS_OF_NAMES = _set(
    """accord act agency agreement bank canal commission committee conference convention council declaration
    doctrine organisation organization pact plan treaty"""
)

#: Nouns and the prepositions that they take, also where the noun is the object of a verb and the preposition could
#: belong to that: "signed a treaty with Iran", but not "killed a soldier with a knife".
_TAKEN = {
    "to": """access addition address aid allegiance alternative alternatives ambassador amendment amendments answer
        appeal appeals approach approaches arms-sales assistance attention barrier barriers challenge challenges
        changes commitment commitments concessions contribution contributions damage danger end entry envoy export
        exports exposure flights gift guide immigration introduction invitation key letter limit limits loans
        loyalty message messages migration mission missions objection objections obstacle obstacles opposition
        path petition preface prelude prologue reaction reactions recourse reference references resistance resort
        response responses return right rights road route sale sales shift shipments solution solutions speech
        subsidies supplies support switch threat threats ties transition tribute trip trips visit visits""",
    "with": """agreement agreements alliance alliances armistice battle border borders break clash clashes collaboration
        collusion commerce compromise conflict conflicts confrontation consultation consultations contact contacts
        contract contracts cooperation correspondence deal dealings deals dialogue diplomacy discussion
        discussions dispute disputes dissatisfaction dissension détente encounter engagement exchange exchanges
        experience friendship frustration involvement links meeting meetings negotiation negotiations pact pacts
        partnership patience peace problem problems quarrel rapprochement relations relationship relationships
        reset rivalry settlement solidarity summit talks tension tensions ties trade treaties treaty war work""",
    "for": """advocate agenda aid approval base bases basis bid blueprint budget call calls campaign case compensation
        conditions consequences criteria deadline demand demands drive fight framework funding funds guarantee
        guarantees hope hopes implications incentive incentives independence justification market model models
        money need needs negotiations opportunities opportunity outlook path payment payments plan plans policy
        preference preparations pressure price program programme programs proposal proposals prospects quest race
        rationale reason reasons recipe request requests resources respect responsibility roadmap room rules
        search solution solutions standard standards strategies strategy struggle support sympathy talks target
        targets terms tool tools vote votes""",
    "on": """accord accords advice agreement agreements assault attack attacks ban bans blockade conditions conference
        consensus constraints controls convention crackdown curbs data debate debates dependence discussion
        discussions duties effect effects embargo emphasis focus guidance impact influence information invasion
        law laws limitation limitations limits negotiations opinion opinions policy position positions pressure
        quotas raid raids reliance report research resolution restraint restraints restriction restrictions
        sanctions stance statement strike strikes talks tariff tariffs tax taxes treaty view views vote war""",
    "in": """advisers advisors base bases belief breakdown breakthrough breakthroughs change changes colonies communism
        conditions confidence conflict conflicts coup crises crisis cut cuts decline defeat delay delays democracy
        developments drop election elections embassy events expansion experience experiences failure failures
        faith fall famine fighters fighting force forces gains government growth increase increases independence
        influence instability interest interests intervention interventions investment investments involvement
        life losses market markets missiles participation peace policy position power presence progress rebellion
        reduction reductions revolution rise role roles settlement settlements shift situation stability stake
        success successes surge tensions trade troops unrest uprising victory violence war wars""",
    "against": """action aggression attack attacks barrier blockade boycott campaign campaigns case charge charges coup
        crackdown crusade defence defense discrimination embargo fight force guarantee guarantees measures
        offensive opposition pressure protest protests raid raids rebellion reprisals resistance retaliation
        revolt safeguards sanctions strike strikes struggle threats uprising violence vote votes war wars""",
    "over": """anger authority battle battles claims concern concerns conflict conflicts confrontation control
        controversy crisis debate debates differences disagreement disagreements dispute disputes influence
        jurisdiction negotiations outrage power quarrel quarrels rivalry sovereignty talks tension tensions
        uncertainty unease victory war""",
    "toward": "approach attitude attitudes hostility move moves path policies policy progress shift stance step steps",
    "from": """aid concessions demands departure exit exports freedom funding help imports independence isolation lesson
        lessons loans pressure protection relief removal reparations retreat revenue secession separation shift
        support threat threats troops withdrawal""",
    "into": """entry expansion incursion incursions inquiry insight integration intervention invasion investigation move
        research""",
    "about": """anxieties anxiety arguments concern concerns debate debates doubt doubts fear fears ideas information
        knowledge lessons misgivings myths questions reservations uncertainty worries""",
    "among": "agreement consensus cooperation differences disputes divisions fear fears opinion rivalry trust unity",
    "within": "change debate debates dissent division divisions opposition split tensions",
}
_TAKEN["towards"] = _TAKEN["toward"]
TAKERS = {preposition: _set(nouns) for preposition, nouns in _TAKEN.items()}
LINKING_PREPOSITIONS = frozenset(TAKERS) - {"to"} | _set("behind beyond inside under upon across")

#: Without what stands after these, a clause is half of one.
BOUND = _set("as if including into like of per such than that upon what which who whom whose without")

#: Adverbs with which a phrase may end.
ENDING_ADVERBS = _set("abroad again ago ahead apart away back together")

#: Words that tie a sentence to the one before; a title does without them.
DISCOURSE_ADVERBS = _set(
    """accordingly actually already also consequently effectively even eventually finally formally however
    immediately indeed initially largely later meanwhile nevertheless nonetheless now officially promptly quickly
    reluctantly similarly soon still subsequently successfully then therefore thus ultimately"""
)
