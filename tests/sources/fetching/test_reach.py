"""Which IP addresses may be asked for a page."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.fetching.reach import Reach, standing_of

#: Reach -> addresses, with both ends of each network and what is just outside of it.
ADDRESSES = {
    Reach.PUBLIC: """
        1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.215.14 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
        169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.167.255.255 192.169.0.0
        198.17.255.255 198.20.0.0 203.0.112.255 203.0.114.0 223.255.255.255
        2001:200::1 2001:4860:4860::8888 2606:2800:21f:cb07:6820:80da:af6b:8b2c 2a00:1450:4001::1 2003::1
        3ffe:ffff::1 64:ff9b::8.8.8.8
    """,
    Reach.PRIVATE: """
        10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255 172.16.0.0 172.31.255.255
        192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 ::1 fc00:: fd12:3456:789a::1
        fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
    """,
    Reach.NEVER: """
        0.0.0.0 0.255.255.255 169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255 100.100.100.200 168.63.129.16
        192.0.0.0 192.0.0.8 192.0.0.192 192.0.2.1 192.88.99.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250
        240.0.0.0 255.255.255.254 255.255.255.255
        :: ::2 ::7f00:1 ::10.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
        64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254 64:ff9b::0.0.0.0 64:ff9b:1::8.8.8.8
        100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
        2002:7f00:1::1 2002:a00:1::1 2002:808:808::1 3fff::1 3fff:fff::1 4000::1 5f00::1 8000::1
        fd00:ec2::254 fd20:ce::254 fe80::1 fe80::1%eth0 2606:2800::1%1 febf::1 fec0::1 ff02::1 ff0e::1
    """,
}


@pytest.mark.parametrize(
    ("text", "reach"),
    [(text, reach) for reach, texts in ADDRESSES.items() for text in texts.split()],
)
def test_each_address_has_its_reach(text: str, reach: Reach) -> None:
    assert standing_of(ipaddress.ip_address(text)).reach is reach


@given(st.ip_addresses(v=4))
def test_what_python_calls_special_is_never_public(address: IPv4Address) -> None:
    is_public = standing_of(address).reach is Reach.PUBLIC
    assert not is_public or (address.is_global and not address.is_multicast and not address.is_reserved)


@given(st.ip_addresses(v=6, network="2000::/3") | st.ip_addresses(v=6))
def test_what_python_calls_special_is_never_public_in_ipv6(address: IPv6Address) -> None:
    is_public = standing_of(address).reach is Reach.PUBLIC
    hides = address.ipv4_mapped or address.sixtofour or address.teredo
    assert not is_public or (address.is_global and not address.is_multicast and not hides)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "::ffff:0:{}", "64:ff9b:1::{}", "64:ff9b::{}"]))
def test_an_ipv4_address_gains_nothing_by_a_disguise(address: IPv4Address, disguise: str) -> None:
    hidden = standing_of(IPv6Address(disguise.format(address))).reach
    is_known_road = disguise == "64:ff9b::{}" and standing_of(address).reach is Reach.PUBLIC
    assert (hidden is Reach.PUBLIC) == is_known_road
    assert hidden is not Reach.PRIVATE or disguise == "::{}"  # ::1 is this computer in its own right


@given(st.ip_addresses(v=4))
def test_6to4_and_teredo_hide_nobody(address: IPv4Address) -> None:
    sixtofour = IPv6Address((0x2002 << 112) | (int(address) << 80) | 1)
    teredo = IPv6Address((0x2001_0000 << 96) | (int(address) ^ 0xFFFF_FFFF))
    assert standing_of(sixtofour).reach is Reach.NEVER
    assert standing_of(teredo).reach is Reach.NEVER
