"""Web addresses as text: which are fetched, where redirects lead, what messages show of them."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.fetching import is_web_address
from pipeline.sources.fetching.addresses import redirected_address, shown, typed_address
from pipeline.sources.fetching.faults import Fault

HERE = httpx.URL("https://harbour-review.example/straits/quiet?draft=1")


@pytest.mark.parametrize(
    "text",
    [
        "http://harbour-review.example",
        "HTTPS://Harbour-Review.example/a?b=c",
        " https://pasted.example",
        "https:/one-slash.example",
        "https://",
    ],
)
def test_an_address_is_told_from_a_file(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text", ["seeds/quiet-straits.md", "http", "https.html", "ftp://x.example/a", "file:///a", "C:\\a.md", ""]
)
def test_a_file_is_told_from_an_address(text: str) -> None:
    assert not is_web_address(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("HTTP://Harbour-Review.Example:80/A%20b?c=D#note", "http://harbour-review.example/A%20b?c=D"),
        ("https://zürich-brief.example/ärger", "https://xn--zrich-brief-thb.example/%C3%A4rger"),
        ("https://بحر.example/", "https://xn--ngbkm.example/"),
        ("https://a_b.harbour.example./", "https://a_b.harbour.example./"),
        ("https://[2606:2800::1]:8443/a", "https://[2606:2800::1]:8443/a"),
        ("http://93.184.215.14/@ines/1", "http://93.184.215.14/@ines/1"),
        ("https://127。0。0。1/", "https://127.0.0.1/"),  # a proper form, so that its reach is what decides
    ],
)
def test_a_typed_address_gets_its_proper_form(text: str, address: str) -> None:
    assert str(typed_address(text)) == address


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ftp://harbour-review.example/a", "is no http or https address"),
        ("file:///etc/hosts", "is no http or https address"),
        ("data:text/html,words", "is no http or https address"),
        ("//harbour-review.example/a", "is no http or https address"),
        ("https:///a", "names no host"),
        ("https:/harbour-review.example", "names no host"),
        ("https://:443/a", "names no host"),
        ("https://ines:secret@harbour-review.example/", "carries a name or password before its @"),
        ("http://good.example@127.0.0.1/", r"carries a name or password before its @ \(the host is 127.0.0.1\)"),
        ("http://good.example%2f@127.0.0.1/", "carries a name or password"),
        ("http://good.example\\@127.0.0.1/", "carries a name or password"),
        ("http://good.example:80@127.0.0.1:81/", "carries a name or password"),
        ("http://127.0.0.1\\.good.example/", "has a host that is no name"),
        ("https://harbour review.example/", "holds blanks or control characters"),
        ("https://harbour-review.example/a b", "holds blanks or control characters"),
        ("https://harbour-review.example/a\n", "holds blanks or control characters"),
        ("https://harbour-review.example/a\r\nHost: b", "holds blanks or control characters"),
        ("https://harbour-review.example/\x00", "holds blanks or control characters"),
        ("https://harbour-review.example/\u200b", "holds blanks or control characters"),
        ("https://harbour-review.example/\u202egnp", "holds blanks or control characters"),
        ("https://harbour-review.example/\u00a0", "holds blanks or control characters"),
        ("https://harbour-review.example:0/", "names port 0"),
        ("https://harbour-review.example:65536/", "names port 65536"),
        ("https://harbour-review.example:-1/", "names port -1"),
        ("https://harbour-review.example:http/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://[::1%zone/", "cannot be read"),
        ("https://[good.example]/", "cannot be read"),
        ("https://300.1.1.1/", "cannot be read"),
        ("https://127.0.0.01/", "cannot be read"),
        ("https://a\u2488com/", "cannot be read"),
        ("https://１２７.0.0.1/", "cannot be read"),
        ("https://-\u00df-.example/", "cannot be read"),
        ("https://2130706433/", "disguised form"),
        ("https://0x7f000001/", "disguised form"),
        ("https://0x7f.1/", "disguised form"),
        ("https://0X7F.0.0.0x1/", "disguised form"),
        ("https://017700000001/", "disguised form"),
        ("https://127.1/", "disguised form"),
        ("https://127.0.0.1./", "disguised form"),
        ("https://0x/", "disguised form"),
        ("https://%31%32%37.0.0.1/", "disguised form"),
        ("https://%31%32%37.%30.good.example/", "has a host that is no name"),
        ("https://good.example%00.bad.example/", "has a host that is no name"),
        ("https://good..example/", "has a host that is no name"),
        (f"https://{'a' * 64}.example/", "has a host that is no name"),
        (f"https://{'a.' * 130}example/", "has a host that is no name"),
        (f"https://harbour-review.example/{'a' * 70_000}", "cannot be read"),
        ("", "is no http or https address"),
    ],
)
def test_what_is_refused_unasked(text: str, what: str) -> None:
    with pytest.raises(Fault, match=what) as caught:
        typed_address(text)
    assert caught.value.cure


@given(st.text() | st.text("htps:/.@[]%0127x\\#?").map("http://".__add__))
def test_every_text_is_an_address_with_a_host_or_refused(text: str) -> None:
    try:
        address = typed_address(text)
    except Fault:
        return
    assert address.scheme in {"http", "https"}
    assert address.host
    assert not address.userinfo
    assert str(typed_address(str(address))) == str(address)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/loud", "https://harbour-review.example/loud"),
        ("loud#top", "https://harbour-review.example/straits/loud"),
        ("//causeway-letter.example/a", "https://causeway-letter.example/a"),
        ("https://causeway-letter.example/a b", "https://causeway-letter.example/a%20b"),
        ("?draft=2", "https://harbour-review.example/straits/quiet?draft=2"),
    ],
)
def test_where_a_redirect_leads_to(location: str, target: str) -> None:
    assert str(redirected_address(HERE, location)) == target


@pytest.mark.parametrize(
    ("location", "what"),
    [
        ("file:///etc/hosts", "redirects to file:///etc/hosts, which is no http or https address"),
        ("ftp://harbour-review.example/", "which is no http or https address"),
        ("javascript:alert(1)", "which is no http or https address"),
        ("http://harbour-review.example/", "which is not encrypted, though it is itself"),
        ("https://ines@causeway-letter.example/", "which carries a name or password"),
        ("https://0x7f.1/", "disguised form"),
        ("https://[::1/", "cannot be read"),
        ("https://[x]/", "cannot be read"),
        ("https://a\x01b/", "cannot be read"),
    ],
)
def test_where_no_redirect_is_followed_to(location: str, what: str) -> None:
    with pytest.raises(Fault, match=what) as caught:
        redirected_address(HERE, location)
    assert "save the page" in caught.value.cure


@given(st.text())
def test_a_redirect_to_anything_is_followed_or_refused(location: str) -> None:
    try:
        target = redirected_address(HERE, location)
    except Fault:
        return
    assert target.scheme == "https"
    assert target.host


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("https://harbour-review.example/a?token=s3cret#note", "https://harbour-review.example/a?…"),
        ("https://ines:s3cret@harbour-review.example/a", "https://harbour-review.example/a"),
        ("https://harbour-review.example/@ines/1", "https://harbour-review.example/@ines/1"),
        ("https://harbour-review.example/\x1b[31m\n", "https://harbour-review.example/\ufffd[31m\ufffd"),
    ],
)
def test_messages_show_no_secret_and_no_control(text: str, message: str) -> None:
    assert shown(text) == message


@given(st.text())
def test_what_is_shown_fits_one_line(text: str) -> None:
    assert len(shown(text)) < 170
    assert shown(text).isprintable()
