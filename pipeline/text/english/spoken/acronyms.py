"""Which words of capitals are spelled, which are said as words, and which are no acronyms at all."""

from pipeline.text.tables import word_set

#: Said as words, as they stand.
SAID_AS_WORDS = word_set(
    """AIDS AIPAC ANZUS APEC ARPA ASEAN AUKUS BRICS CARICOM CELAC CENTCOM CENTO COMECON COMINTERN COVID CPAC DARPA
    DEFCON DOGE ECOWAS EFTA EUCOM EUFOR EURATOM FARC FATAH FEMA FIFA FRAP FRELIMO FRONTEX GATT GITMO GULAG HAMAS
    IGAD INDOPACOM INTERPOL ISIL ISIS KFOR LASER LAWFARE MAGA MENA MERCOSUR MIRV MONUSCO NAFTA NASA NATO NORAD
    NORTHCOM OAPEC OFAC OPEC OSHA OSINT PACOM PEMEX PEPFAR POTUS QUAD RADAR RAND RENAMO SALT SARS SAVAK SCAP SCOTUS
    SEAL SEATO SHAPE SIPRI SOCOM SONAR START STEM SWAPO SWIFT TASS UNAMIR UNCTAD UNESCO UNICEF UNIFIL UNITA UNMIK
    UNPROFOR UNSCOM WASP ZANU ZAPU"""
)

#: Spelled beyond doubt. Any other word of two to five capitals is spelled too, and an editor should look.
SPELLED = word_set(
    """AFD AI AK ANC AP APC AQAP AU BBC BC AD BCE CE BP BST CAR CBS CCP CDU CEO CET CFO CGTN CIA CIS CNN CPC CSCE
    CSIS CSTO CSU CTBT DC DHS DIA DMZ DNC DOD DPRK DRC EAC EC ECB ECHR ECJ EDC EEC EEZ EPA EST EDT ET EU FAA FAO FBI
    FCAS FCDO FDI FDP FDR FOMC FSB FT FTA FTC GCC GCHQ GDP GDR GMT GNP GOP GPS GRU HIV HR HTS IAEA ICBM ICC ICJ ICRC
    IDF IEA IFC ILO IMF INF IOM IP IPCC IRA IRGC ISI ISW ITU JCPOA JCS JFK KGB KMT LBJ LGBT LNG LNP MBS MEP MFN MI
    MIT MNF MP MPLA MOU MRBM NBC NDA NGO NHS NPT NSA NSC NVA NYT OAS OAU OCHA ODA OECD OHCHR OSCE PKK PLA PLO PM PMC
    PR PRC PT QC RAF RNC ROC ROK RSF SAS SCO SDF SDG SDR SEC SNP SOE SPD SS TB TPP TTIP TV UAE UAV UDI UFO UK UN UNGA
    UNHCR UNSC US USA USD USS USSR UTC VAT VIP VP WEF WFP WHO WMD WTO YPG"""
)

#: Ordinary words: in capitals they are loud, not short.
ORDINARY = word_set(
    """ALL AM AN AND ANY ARE AS AT BAD BE BEEN BIG BUT BUY BY CAN COULD DEAD DEAL DO DONE DONT DOWN END EVER EVERY FAKE
    FAR FOR FREE FROM FULL GET GIVE GO GOD GOOD GOT GREAT HAD HAS HAVE HE HELP HER HERE HIM HIS HOME HOW IF IN INTO
    IS IT ITS JUST KEEP KNOW LAST LIE LIKE LONG LOSE LOST LOVE MAKE MAN MANY MAX MAY ME MORE MOST MUCH MUST MY NEED
    NEVER NEW NEWS NEXT NO NONE NOT NOTES NOW OF OFF OIL OLD ON ONCE ONE ONLY OR OUR OUT OVER PAY PEACE READ RED RUN
    SAD SAID SAY SEE SHE SHOW SO SOME STAY STOP SUCH TAKE TELL THAN THAT THE THEIR THEM THEN THERE THESE THEY THIS
    TIME TO TOO TRUE TRUST TWO UP USE VERY VOTE WALL WANT WAR WAS WAY WE WELL WENT WERE WHAT WHEN WHERE WHICH WHY
    WILL WIN WITH WON WORD WORK WORLD WRONG YEAR YES YET YOU YOUR ZERO"""
)

#: Said in other words than their letters, or as words that a voice would not make of the capitals.
SAID_OTHERWISE = {
    "WWI": "World War One",
    "WWII": "World War Two",
    "WW1": "World War One",
    "WW2": "World War Two",
    "ASAT": "A-sat",
    "ATACMS": "Attack-ems",
    "AWACS": "Ay-wacks",
    "COP": "Cop",
    "HIMARS": "High-mars",
    "ISAF": "Eye-saf",
    "SADC": "Sad-eck",
    "THAAD": "Thad",
    "UNOSOM": "Unosom",
    "UNRWA": "Unrah",
    "USAID": "U S Aid",
}

#: Spelled although not all of them are capitals.
MIXED = ("DoD", "DoJ", "MoD", "MoU", "PfP", "PoW")


def _states(rows: str) -> dict[str, str]:
    """Each state by its name, its old abbreviation and its two letters."""
    pairs = (row.split("=") for row in rows.replace("\n", ";").split(";"))
    return {short: name.strip() for name, shorts in pairs for short in (name.strip(), *shorts.split())}


#: The states of the Union by what stands behind a politician's party.
STATES = _states(
    """Alabama=Ala. AL; Alaska=AK; Arizona=Ariz. AZ; Arkansas=Ark. AR; California=Calif. CA
    Colorado=Colo. CO; Connecticut=Conn. CT; Delaware=Del. DE; Florida=Fla. FL; Georgia=Ga. GA; Hawaii=HI; Idaho=ID
    Illinois=Ill. IL; Indiana=Ind. IN; Iowa=IA; Kansas=Kan. KS; Kentucky=Ky. KY; Louisiana=La. LA; Maine=ME
    Maryland=Md. MD; Massachusetts=Mass. MA; Michigan=Mich. MI; Minnesota=Minn. MN; Mississippi=Miss. MS
    Missouri=Mo. MO; Montana=Mont. MT; Nebraska=Neb. NE; Nevada=Nev. NV; New Hampshire=N.H. NH; New Jersey=N.J. NJ
    New Mexico=N.M. NM; New York=N.Y. NY; North Carolina=N.C. NC; North Dakota=N.D. ND; Ohio=OH; Oklahoma=Okla. OK
    Oregon=Ore. OR; Pennsylvania=Pa. PA; Rhode Island=R.I. RI; South Carolina=S.C. SC; South Dakota=S.D. SD
    Tennessee=Tenn. TN; Texas=TX; Utah=UT; Vermont=Vt. VT; Virginia=Va. VA; Washington=Wash. WA
    West Virginia=W.Va. WV; Wisconsin=Wis. WI; Wyoming=Wyo. WY"""
)


def spelled(letters: str, *, has_word_after: bool = False) -> str:
    """The letters with blanks between them: "E U".

    An A is tied to what follows by a hyphen ("U A-E"), because a voice would take it for the article and swallow it;
    ``has_word_after`` says that this is needed for the last letter too.
    """
    said = "".join(f"{letter}-" if letter in "Aa" else f"{letter} " for letter in letters)
    return said if has_word_after and said.endswith("-") else said[:-1]
