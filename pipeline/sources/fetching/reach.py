"""Floor 3, sources: an IP address -> from where it can be reached, by the registries. Pure, and the same in every
version of Python: `ipaddress.is_global` has changed its mind several times.

Source: https://www.iana.org/assignments/iana-ipv4-special-registry/ and .../iana-ipv6-special-registry/ (RFC 6890),
https://www.iana.org/assignments/ipv6-address-space/.
"""

import ipaddress
from enum import Enum
from ipaddress import IPv4Address, IPv6Address

from msgspec import Struct


class Reach(Enum):
    """Who can be behind an address: anybody; only one's own network or computer; nobody who serves pages."""

    PUBLIC = "public"
    PRIVATE = "private"
    NEVER = "never"


class Standing(Struct, frozen=True, kw_only=True):
    """The reach of an address, and what such addresses are called ("a loopback address")."""

    reach: Reach
    name: str


PUBLIC = Standing(reach=Reach.PUBLIC, name="a public address")
_LINK_LOCAL = Standing(reach=Reach.NEVER, name="a link-local address")
_METADATA = Standing(reach=Reach.NEVER, name="the address where a cloud machine is told its secrets")
_TUNNEL = Standing(reach=Reach.NEVER, name="an IPv6 address that hides an IPv4 one")
_UNASSIGNED = Standing(reach=Reach.NEVER, name="an address that is not assigned to anybody")
_EXAMPLE = Standing(reach=Reach.NEVER, name="an address for examples")
_MULTICAST = Standing(reach=Reach.NEVER, name="a multicast address")
_UNSPECIFIED = Standing(reach=Reach.NEVER, name="no address of a computer")
_LOOPBACK = Standing(reach=Reach.PRIVATE, name="a loopback address, this computer")
_PRIVATE = Standing(reach=Reach.PRIVATE, name="a private address")
_SHARED = Standing(reach=Reach.PRIVATE, name="an address inside a provider's network")

#: The first that holds an address decides. What is in none of them is PUBLIC.
_IPV4 = tuple(
    (ipaddress.IPv4Network(network), standing)
    for network, standing in (
        ("100.100.100.200/32", _METADATA),  # Alibaba
        ("168.63.129.16/32", _METADATA),  # Azure
        ("0.0.0.0/8", _UNSPECIFIED),
        ("10.0.0.0/8", _PRIVATE),
        ("100.64.0.0/10", _SHARED),
        ("127.0.0.0/8", _LOOPBACK),
        ("169.254.169.254/32", _METADATA),
        ("169.254.0.0/16", _LINK_LOCAL),
        ("172.16.0.0/12", _PRIVATE),
        ("192.0.0.192/32", _METADATA),  # Oracle
        ("192.0.0.0/24", _UNASSIGNED),
        ("192.0.2.0/24", _EXAMPLE),
        ("192.88.99.0/24", _UNASSIGNED),
        ("192.168.0.0/16", _PRIVATE),
        ("198.18.0.0/15", _PRIVATE),  # for measuring, and what some VPN programs answer for every name
        ("198.51.100.0/24", _EXAMPLE),
        ("203.0.113.0/24", _EXAMPLE),
        ("224.0.0.0/4", _MULTICAST),
        ("240.0.0.0/4", _UNASSIGNED),  # with 255.255.255.255
    )
)

#: The same, but only 2000::/3 is given out (RFC 4291), so it comes last and what is in none of them is _UNASSIGNED.
_IPV6 = tuple(
    (ipaddress.IPv6Network(network), standing)
    for network, standing in (
        ("::/128", _UNSPECIFIED),
        ("::1/128", _LOOPBACK),
        ("::/96", _TUNNEL),  # IPv4-compatible
        ("::ffff:0:0/96", _TUNNEL),  # IPv4-mapped
        ("::ffff:0:0:0/96", _TUNNEL),  # IPv4-translated
        ("64:ff9b:1::/48", _TUNNEL),  # NAT64 inside one network
        ("2001::/32", _TUNNEL),  # Teredo
        ("2001::/23", _UNASSIGNED),
        ("2001:db8::/32", _EXAMPLE),
        ("2002::/16", _TUNNEL),  # 6to4
        ("3fff::/20", _EXAMPLE),
        ("fd00:ec2::254/128", _METADATA),  # Amazon
        ("fd20:ce::254/128", _METADATA),  # Google
        ("fc00::/7", _PRIVATE),
        ("fe80::/10", _LINK_LOCAL),
        ("ff00::/8", _MULTICAST),
        ("2000::/3", PUBLIC),
    )
)

#: A network with IPv6 alone reaches the IPv4 world by these (RFC 6052); they stand for the IPv4 address at their end.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def standing_of(address: IPv4Address | IPv6Address) -> Standing:
    """The Standing of ``address``. Public means: the registries let anybody be reached there, and it hides no other."""
    if isinstance(address, IPv4Address):
        return next((standing for network, standing in _IPV4 if address in network), PUBLIC)
    if address.scope_id is not None:
        return _LINK_LOCAL
    if address in _NAT64:
        hidden = standing_of(IPv4Address(int(address) & 0xFFFF_FFFF))
        return PUBLIC if hidden.reach is Reach.PUBLIC else _TUNNEL
    return next((standing for network, standing in _IPV6 if address in network), _UNASSIGNED)
