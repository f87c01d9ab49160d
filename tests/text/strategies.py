"""Texts that provoke the rules: pieces they look for, glued together without sense."""

from hypothesis import strategies as st

from pipeline.text.tables import word_list

_PIECES = word_list(
    "US U.S. EU NATO I II IV V X IE A War Henry Article Mr. St. No. e.g. etc. a.m. Gen. Inc. May Sept. 19 2025 3.5 "
    "1,200 0 $ € A$ bn m km km² % - – — … ... . , : ; / & # @ + § ½ ² ( ) [ ] “ ” ’ 's s th st B K Trump the The and "
    "www. http:// x.com é 🎉 * ~ °C J. D. W to 24/7 9/11 ٣ Ⅳ AT&T _ ! ? ?” !” said "
    "nm kt kts 20m long chips at 1,5 1,50 million 1.234.567 000 234 +44 0958 020 c. ca. R100bn R10 1800 hours he/she "
    "s/he civil/legal BBB- AAA AA+ rating II.b 5.a H.R. S. Res. S.Con. (202) 555-0143 from @Abc hundred"
)

#: Any text at all, and texts made of what the rules look for.
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*_PIECES, " ", " ", " ", " ", " ", "\u00a0", "\u00ad"]), max_size=14).map("".join),
)
