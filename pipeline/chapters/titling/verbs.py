"""Floor 2, inside the titles of chapters: the verbs of English, and which of them make a statement. Pure.

Which words are verbs wherever they stand, which may be nouns as well, and which say enough with a subject and an object
to be a title: "Congress rejected the treaty", but not "Congress considered the treaty".
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MODALS = _set("can cannot could did didn't do does doesn't don't may might must ought shall should to will won't would")

#: Verbs that are hardly ever nouns, in their plain form; the form for he, she, it is made of it.
_PLAIN_VERBS = _set(
    """automate collaborate iterate navigate onboard prioritize
    abandon abide abolish abrogate absorb accede accelerate accompany accomplish acknowledge adapt add adhere
    admit advise advocate affirm align alleviate annex anticipate appease appoint arrange arrive articulate
    assassinate assert assess assist assume assure attend authorise authorize avert bolster cease circumvent
    cling coincide collapse combine communicate compel compensate compete complicate compose concede conceive
    concentrate conclude condemn conduct confront confuse connect consolidate construct consult convene convey
    convince cooperate coordinate criticise criticize crush culminate decline decrease deepen defer defuse
    delegate delete deliver demonstrate deploy derail derive destabilize destroy detect deter deteriorate devise
    dictate differ diminish discourage discover discriminate discuss dismantle dismiss disrupt dissuade
    distinguish divert dominate downplay earn elect eliminate embark embrace emerge emigrate emphasise emphasize
    employ encounter endanger endorse enforce engage enhance enjoy enlist entail enter erode erupt escalate
    evaluate evolve examine exclude execute expel expire explode explore express extract facilitate finalize
    finish foster fulfill govern grapple hamper harden hasten heighten hesitate identify ignore illuminate
    illustrate imagine impede implement incite incorporate induce inform inherit insert instruct integrate
    intend intensify intercede interfere interpret intervene introduce invade invest investigate invite involve
    isolate issue jeopardize justify launch lend lessen liberalize liberate linger manage mandate materialize
    mediate mention migrate mitigate modernize modify negotiate normalize notify nurture obey obligate oblige
    obtain occupy operate organise organize originate oust outlaw outline overcome oversee owe participate
    perceive perform persist persuade pledge possess postpone preach precede preempt prefer prepare preserve
    prevail promise promote propose prosecute provoke publish punish pursue ratify reach reaffirm reassure
    rebuild recall recede recognise reconcile reconsider reconvene recover recruit redirect reestablish refrain
    regain regard reignite reinforce relate relinquish relocate remove renegotiate renew renounce reopen
    repatriate repay replace replicate rescue resemble resign resist respond restrain restrict resume retake
    retaliate rethink retreat revise revive revoke safeguard salvage scuttle seize sever solidify specify
    stabilize stipulate streamline submit summon suppress surrender surround suspend sway swear teach tear
    terminate testify tighten topple transcend translate trigger undergo undermine unify unite unravel unveil
    utilize vacate verify violate vote vow warn weigh widen withhold worsen yield"""
)

#: Forms of these that are nouns as often.
_NOUNS_TOO = _set(
    """advocate advocates collapse conduct decline decrease delegate delegates encounter encounters express invite
    issue issues launch launches mandate mandates outlaw outlaws outline outlines pledge pledges promise promises
    regard regards rescue retreat retreats surrender trigger triggers vote votes yields"""
)

#: Irregular forms, and single forms that are verbs wherever they stand, or so nearly always that it is no loss.
_OTHER_VERBS = _set(
    """accept accepts achieve achieves acquire acquires adopt adopts agree agreed agrees allow allows announce
    announces appear appears applies apply argue argues arise arose ask asks ate avoid avoids became become
    becomes began begin begins begun believe believes bore borne bought bring brings broke broken brought build
    builds built buy buys came catch caught choose chooses chose chosen come comes confirm confirms consider
    considers contain contains continue continues contribute contributes create creates cross crosses dealt
    decide decides declare declares decreed defend defends define defines denies deny depend depends deprive
    describe describes determine determines develop develops disagreed done drank draw drawn draws drew drink
    driven drove eat enable enables enact enacts encourage encourages end ends ensure ensures establish
    establishes exceed exceeds exist exists expand expands expect expects explain explains extend extends faces
    fail fails fallen feel feels fell felt find finds fled flew fly follow follows forgive forgot fought found
    freed froze gave get gets give given gives go goes gone got grew grow grown grows guaranteed happen happens
    hear heard hears held helps hid hold holds impose imposes improve improves include includes indicate
    indicates insist insists join joins keep keeps kept knew know known knows lacks laid lay leads learn learns
    led left lent let lets lies like likes live lives looks lose loses lost made maintain maintains make makes
    mark marks matter matters mean means meant meet meets met occur occurs oppose opposes overcame overthrow
    owed paid pay pays prevent prevents prioritise prioritises proceed produce produces protect protects prove
    proven proves provide provides put puts ran reached reads realise realises realize realizes receive receives
    recognize recognizes reduce reduces refereed reflect reflects refuse refuses regulate regulates reject
    rejects relies rely remain remains remember represent represents require requires resolve resolves restore
    restores retain retains reveal reveals risen rose run runs said sank sat satisfy saw say says secure secures
    see seek seeks seem seems seen sees sell sells send sends sent serve serves set sets settle shook shot show
    showed shown shows shut sign signs sit sits sold solve sought sound sounds speak speaks spend spends spent
    spoke spoken stand stay stays stem stems stood strengthen strengthens strive struck succeed succeeds suffer
    suffers suggest suggests sunk sustain swept swore sworn swung take taken takes taught tell tells tend tends
    think thinks thought threaten threatens threw thrown told took tore torn tries try understand understands
    understood undertake undertaken undertook underwent upheld uphold urge urges used wait waits want wanted
    wants weaken weakens went win wins withdraw withdrawn withdraws withdrew won wore works worn write writes
    written wrote"""
)


def _forms(verb: str) -> tuple[str, ...]:
    """The plain form and the one for he, she, it; those in -ed and -ing are known by their endings."""
    if verb.endswith(("s", "x", "ch", "sh", "z")):
        return verb, f"{verb}es"
    return verb, f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeou" else f"{verb}s"


#: What stands behind "help the team" and "will"; behind one who acts there is an s.
PLAIN_VERBS = _PLAIN_VERBS

VERBS = _OTHER_VERBS | (frozenset(form for verb in _PLAIN_VERBS for form in _forms(verb)) - _NOUNS_TOO)

#: Nouns before "to" that are verbs there: "the council hopes to see".
HOPING_VERBS = _set("aims attempts chose claims hopes intends looks needs plans promises pushes works")

#: Nouns that begin an order, or follow a plural as its verb, as often.
VERBS_LIKE_NOUNS = _set(
    """access aim answer approach ask assign attempt base benefit bill block bottom bring budget call capture
    care case cause challenge change charge chart check claim click code commit consult contact control cost
    cover cut date deal dedicate demand deploy design document dose draft drive drop email estimate exercise
    experience face fear feature fight file fill focus force form frame fund gather group guide hand handle harm
    head help highlight hire hope impact include increase influence interest invest judge keep label land lead
    leverage limit link list load look lower map mark market master matter measure merge mind model monitor move
    need note number offer order pair part pass permit phrase pick pilot place plan play plot point post
    practice press prompt prototype purchase push question quote raise range rank rate read record release
    replace report request research respond rest result return review risk rule run scan schedule scope score
    search seed service shape share shift ship show sort source spark sprint staff stage start state step stop
    store stream strip structure struggle study support survey switch tackle talk target task test thank think
    title total touch track trade train transfer travel treat trust try turn upgrade use value view visit
    volunteer vote wait walk want watch weight welcome work wrap"""
)

#: Verbs with two objects, which run together: "gave Japan ownership".
GIVING_VERBS = _set(
    """appoint appointed ask asked call called consider considered denied denies deny denying elect elected force
    forced forcing gave give given gives giving grant granted granting grants guarantee guaranteed lend lent made
    make making name named offer offered offering offers owe owed paid pay promise promised promises provide
    provided sell send sending sends sent show showed sold supplied supply taught teach tell told"""
)

#: Verbs with whom and of what: "warned the envoy | of an attack".
TELLING_VERBS = _set(
    """accuse accused accusing advise advised assure assured assuring cleared convince convinced convincing deprive
    deprived depriving inform informed informing notified notify persuade persuaded remind reminded rid rob robbed
    strip stripped suspect suspected warn warned warning"""
)

#: Verbs that say little with what follows them, or wait for more.
WEAK_VERBS = _set(
    """according added advised agreed allow allowed allows appeared appointed argue argued argues ask asked asks
    asserted assigned attached attempted attributed based became become becomes began begin begins begun believe
    believed believes bound bring brings brought called came carried cause caused causes characterised characterized
    chose chosen cited claimed come comes commissioned compared compelled concerning concluded confirmed confirms
    considered consisted contain contained contains continue continued continues convinced cost costs created
    decided declared dedicated deemed demonstrate demonstrated described designed desire desired devoted divided
    done draw drew driven dubbed elected emphasised emphasized enable enabled enables encouraged enters expect
    expected expects exposed expressed fallen feared feel feels felt find finds focus focused following force forced
    found gained gave get gets give given gives go goes gone got had has have held helped hold holds hope hoped hung
    include included includes including indicated indicates induced informed insisted inspired instructed intended
    introduced involve involved involves issued keep keeps kept knew know known knows laid lay lead leads led left
    let lets linked made make makes managed mean means meant meet met motivated named need needed needs note noted
    obliged offered ordered orders outlined owed permitted persuaded placed planned played pointed posed prefer
    preferred pressed presses pressured promised prompted proved provide provided provides pushed pushes put puts
    raised ran realised realized received reflect reflected regarded regarding remain remained remains reported
    represented required resulted risen run runs said saw say says see seek seeks seem seemed seems seen sees send
    sends sent set shared show showed shown shows signaled sitting sought sparked spent spoken stated stood stressed
    struggled subjected suggested suggests supplied take taken takes termed think thinks thought threw throws tied
    told took tried tries try turned turns understood urge urged use used uses viewed want wanted wants went wished
    written"""
)

#: Verbs that say all with their subject.
INTRANSITIVES = _set(
    """broke collapsed declined deteriorated died differ differed disagreed disappeared emerged erupted escalated
    failed fell grew improved intensified intervened matter matters mobilized objected prevailed protested rebelled
    recovered resigned resumed retaliated retreated returned revolted rose spread stalled succeeded surrendered
    vanished varies vary withdrew worsened"""
)

#: What is told of a thing in the passive: "The treaty was signed", but not "Officials were alarmed".
TELLING_PASSIVES = _set(
    """abandoned abolished adopted annexed appointed approved assassinated banned canceled cancelled captured
    closed completed concluded created defeated delayed deposed destroyed dissolved divided elected ended
    established exiled expanded extended founded imposed invaded killed lifted occupied opened opposed ousted
    overthrown overturned postponed ratified rebuilt rejected renegotiated renewed reopened repealed replaced
    rescinded restored reversed revived shut signed strengthened sunk suspended weakened withdrawn"""
)

#: Weak verbs that say enough with an object right behind them: "declared war", "formed a committee".
VERBS_OF_OBJECTS = _set(
    """became began brought carried caused causes contained contains cost costs create created creates declared
    demonstrated drew enable enabled enables exposed find found gain gained held include included includes
    introduced issued keep kept leave led left lost made meet met need needs opened ordered outlined placed
    played provide provided provides put raised ran realised realized received reflect reflects require required
    requires run runs seek seeks sent sought sparked spent supplied take takes took tried use used uses win"""
)
