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
        Profs=Professors; Gen=General; Gens=Generals; Lt=Lieutenant; Col=Colonel; Cols=Colonels; Maj=Major
        Capt=Captain; Cpt=Captain; Cmdr=Commander; Cdr=Commander; Comdr=Commander; Cmdt=Commandant; Adm=Admiral
        Brig=Brigadier; Cdre=Commodore; VAdm=Vice Admiral; RAdm=Rear Admiral; Mshl=Marshal; Chf=Chief
        Sgt=Sergeant; SSgt=Staff Sergeant; MSgt=Master Sergeant; GySgt=Gunnery Sergeant; Det=Detective; Op=Operation
         Cpl=Corporal; Pvt=Private; Pte=Private
        Pfc=Private First Class; Spc=Specialist; Ens=Ensign; Sen=Senator; Sens=Senators; Rep=Representative
        Reps=Representatives; Gov=Governor; Govs=Governors; Del=Delegate; Cllr=Councillor; Pres=President
        Amb=Ambassador; Atty=Attorney; Dep=Deputy; Asst=Assistant; Assoc=Associate; Rev=Reverend; Revd=Reverend
        Sqn=Squadron; Ldr=Leader; Flt=Flight; Wg=Wing; Gp=Group; Rt=Right; Hon=Honourable; Fr=Father; Msgr=Monsignor
        Ald=Alderman; Bp=Bishop; Abp=Archbishop; Supt=Superintendent; Insp=Inspector; St=Saint
        Ste=Saint; Sts=Saints; Ft=Fort; Mt=Mount; Mme=Madame; Mlle=Mademoiselle""",
    ),
    *_table(
        Kind.NUMBERED,
        """No=number; no=number; Nos=numbers; nos=numbers; Nr=number; p=page; pp=pages; Art=Article; Arts=Articles
        art=article; arts=articles; Sec=Section; Secs=Sections; sec=section; secs=sections; Vol=Volume
        Vols=Volumes; vol=volume; vols=volumes; Ch=Chapter; Chs=Chapters; ch=chapter; chs=chapters; Chap=Chapter
        chap=chapter; Fig=Figure; Figs=Figures; fig=figure; figs=figures; Para=Paragraph; para=paragraph
        Paras=Paragraphs; paras=paragraphs; cl=clause; App=Appendix; app=appendix; Eq=Equation
        tel=telephone; Tel=Telephone; ext=extension; Ext=Extension; pop=population; n=note; nn=notes
        fn=footnote; bk=book; Bk=Book; pt=part; Pt=Part; Reg=Regulation; reg=regulation; Sched=Schedule
        Dir=Directive; ca=circa; c=circa
        Res=Resolution; H.Res=House Resolution; S.Res=Senate Resolution; H.J.Res=House Joint Resolution
        S.J.Res=Senate Joint Resolution; H.Con.Res=House Concurrent Resolution
        S.Con.Res=Senate Concurrent Resolution; r=reigned; b=born; d=died; fl=flourished; Mk=Mark""",
    ),
    *_table(
        Kind.INSIDE,
        """e.g=for example; E.g=For example; i.e=that is; I.e=That is; vs=versus; Vs=Versus; v=versus; cf=compare
        Cf=Compare; viz=namely; approx=approximately; Approx=Approximately; eds=editors; trans=translated by
        H.Con=House Concurrent; S.Con=Senate Concurrent; incl=including; excl=excluding; esp=especially
        resp=respectively; orig=original; avg=average; min=minimum; Min=Minister; max=maximum; temp=temporary
        misc=miscellaneous; ibid=ibid; Ibid=Ibid; a.k.a=also known as; f.k.a=formerly known as; Pub=Public
        ret=retired; Ret=Retired; retd=retired
        aka=also known as; w.r.t=with respect to; N.B=note; Intl=International; Natl=National; Exec=Executive""",
    ),
    *_table(
        Kind.CLOSING,
        """etc=et cetera; al=al; cit=cit; op. cit=op cit; loc. cit=loc cit
        Inc=Incorporated; Ltd=Limited; Corp=Corporation; Co=Company; Cos=Companies
        Bros=Brothers; Jr=Junior; jr=junior; Sr=Senior; Esq=Esquire; Dept=Department; dept=department
        Depts=Departments; depts=departments; Govt=Government; govt=government; govts=governments; Univ=University
        Inst=Institute; Assn=Association; Ass'n=Association; Cong=Congress; Parl=Parliament; Comm=Committee
        Bde=Brigade; Bn=Battalion; Btn=Battalion; Regt=Regiment; Div=Division; Cav=Cavalry; Inf=Infantry
        Mtn=Mountain; Cdo=Commando
        Ave=Avenue; Blvd=Boulevard; Rd=Road; Sq=Square; Pkwy=Parkway; Hwy=Highway; est=established
        Ph.D=P H D; D.Phil=D Phil; M.Phil=M Phil; M.Sc=M S C; B.Sc=B S C; LL.B=L L B; LL.M=L L M; Ed.D=E D-D
        a.m=A-M; p.m=P M; mos=months; yrs=years; hrs=hours; mins=minutes
        Mon=Monday; Tue=Tuesday; Tues=Tuesday; Wed=Wednesday; Thu=Thursday; Thur=Thursday; Thurs=Thursday
        Fri=Friday; Ala=Alabama; Ariz=Arizona; Calif=California; Colo=Colorado; Conn=Connecticut; Fla=Florida
        Kan=Kansas; Ky=Kentucky; Mass=Massachusetts; Mich=Michigan; Minn=Minnesota; Mont=Montana; Neb=Nebraska
        Nev=Nevada; Okla=Oklahoma; Tenn=Tennessee; Tex=Texas; Va=Virginia; Vt=Vermont; Wis=Wisconsin; Wyo=Wyoming""",
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
STREETS = word_set("Bay Bond Broad Canal Downing Fleet High K Main Market Oxford Regent Threadneedle Wall")

#: Saints whose "St." is beyond doubt.
SAINTS = word_set(
    """Albans Andrew Andrews Augustine Barts Basil Clair Cloud Croix Cyr David Davids Denis Edmund Edmunds Elizabeth
    Francis Gallen George Germain Helena Helens Helier Ives James Joe John Johns Joseph Kilda Kitts Lawrence Louis
    Lucia Malo Mark Martin Mary Michael Michaels Moritz Nazaire Nicholas Pancras Patrick Paul Peter Petersburg Pierre
    Pölten Stephen Thomas Tropez Vincent"""
)

#: Words that begin a sentence far more often than they follow an abbreviation inside one.
STARTERS = word_set(
    """A After Also Although An And As At Before Both But By Despite During Each Even Every Finally First Following For
    From Had Has He Her Here His How However I If In Indeed Instead It Its Later Many Meanwhile Moreover Most Neither
    Nevertheless No Nobody Nor Not Nothing Now Of Officials On Once One Or Others Our Over Perhaps Several She Since So
    Some Soon Still Such That The Their Then There These They This Those Though Throughout Thus To Today Under Until We
    What When Where Whether Which While Who Why With Without Yet You Your"""
)
