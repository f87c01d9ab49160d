"""The abbreviations of political prose: what each stands for, and whether its stop can end a sentence.

One table, two readers: ``sentences`` asks where a stop is only a stop, ``spoken`` asks what the voice should say.
"""

from enum import Enum

from msgspec import Struct

from pipeline.text.tables import word_set


class Kind(Enum):
    """How an abbreviation stands in a sentence; that decides both its reading and its stop."""

    TITLE = "before a name"
    NUMBERED = "before a number"
    INSIDE = "never last in a sentence"
    CLOSING = "may be the last word of a sentence"
    MONTH = "a month, before or after a number"


class Abbreviation(Struct, frozen=True):
    """``written`` without its last stop, ``said`` in full."""

    written: str
    said: str
    kind: Kind


def _table(kind: Kind, rows: str) -> tuple[Abbreviation, ...]:
    pairs = (row.split("=") for row in rows.replace("\n", ";").split(";") if row.strip())
    return tuple(Abbreviation(written.strip(), said.strip(), kind) for written, said in pairs)


ABBREVIATIONS: tuple[Abbreviation, ...] = (
    *_table(
        Kind.TITLE,
        """Mr=Mister; Mrs=Missus; Ms=Miz; Mx=Mix; Messrs=Messieurs; Dr=Doctor; Drs=Doctors; Prof=Professor
        Gen=General; Gens=Generals; Lt=Lieutenant; Col=Colonel; Maj=Major; Capt=Captain; Cmdr=Commander
        Cdr=Commander; Adm=Admiral; Brig=Brigadier; Sgt=Sergeant; Cpl=Corporal; Pvt=Private; Pte=Private
        Sen=Senator; Sens=Senators; Rep=Representative; Reps=Representatives; Gov=Governor; Govs=Governors
        Pres=President; Amb=Ambassador; Rev=Reverend; Hon=Honourable; Fr=Father; Supt=Superintendent
        Insp=Inspector; St=Saint; Ste=Saint; Ft=Fort; Mt=Mount; Mme=Madame; Mlle=Mademoiselle""",
    ),
    *_table(
        Kind.NUMBERED,
        """No=number; no=number; Nos=numbers; nos=numbers; p=page; pp=pages; Art=Article; Arts=Articles
        Sec=Section; Vol=Volume; vol=volume; Ch=Chapter; ch=chapter; Fig=Figure; fig=figure; para=paragraph
        ca=circa; c=circa; Res=Resolution; H.Res=House Resolution; S.Res=Senate Resolution
        H.J.Res=House Joint Resolution; S.J.Res=Senate Joint Resolution; H.Con.Res=House Concurrent Resolution
        S.Con.Res=Senate Concurrent Resolution; r=reigned; b=born; d=died; fl=flourished; Mk=Mark""",
    ),
    *_table(
        Kind.INSIDE,
        """e.g=for example; i.e=that is; vs=versus; v=versus; cf=compare; viz=namely; approx=approximately
        eds=editors; H.Con=House Concurrent; S.Con=Senate Concurrent; incl=including; a.k.a=also known as
        Pub=Public""",
    ),
    *_table(
        Kind.CLOSING,
        """etc=et cetera; al=al; Inc=Incorporated; Ltd=Limited; Corp=Corporation; Co=Company; Bros=Brothers
        Jr=Junior; Sr=Senior; Dept=Department; dept=department; Govt=Government; govt=government
        Univ=University; Inst=Institute; Assn=Association; Ave=Avenue; Blvd=Boulevard; Rd=Road
        est=established; Ph.D=P H D; a.m=A-M; p.m=P M""",
    ),
    *_table(
        Kind.MONTH,
        """Jan=January; Feb=February; Mar=March; Apr=April; Jun=June; Jul=July; Aug=August; Sep=September
        Sept=September; Oct=October; Nov=November; Dec=December""",
    ),
)

#: By what is written, without the last stop.
BY_WRITTEN = {abbreviation.written: abbreviation for abbreviation in ABBREVIATIONS}

#: Streets whose "St." comes before a capital all the same.
STREETS = frozenset({"Wall", "Downing", "Fleet", "Main", "Threadneedle", "Bay", "K"})

#: Words that begin a sentence far more often than they follow an abbreviation inside one.
STARTERS = word_set(
    """A After Although An And As At Before But By Despite Even For From Had Has He Her Here His How However I If In
    Indeed Instead It Its Many Meanwhile Moreover Most Neither Nevertheless No Nor Not Now Of On Once One Or Our
    Perhaps She Since So Some Still Such That The Their Then There These They This Those Though Thus To Today Under
    Until We What When Where Whether Which While Who Why With Without Yet You Your"""
)
