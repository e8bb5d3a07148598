"""Who calls, told from the peer and X-Forwarded-For. Documentation addresses: RFC 5737 and RFC 3849."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realstaging.kit.callers import MOST_HOPS, caller, networks

PROXIES = networks("10.0.0.0/8, 2001:db8:ffff::/48")
PROXY, NEXT = "10.0.0.1", "10.0.0.2"


@pytest.mark.parametrize(
    ("peer", "forwarded", "known_as"),
    [
        # Nobody is believed who is not named.
        ("192.0.2.7", [], "192.0.2.7"),
        ("192.0.2.7", ["203.0.113.9"], "192.0.2.7"),
        ("192.0.2.7", ["10.0.0.1"], "192.0.2.7"),
        # The proxy's word is taken for the one it was called by, and for no more than that.
        (PROXY, ["203.0.113.9"], "203.0.113.9"),
        (PROXY, ["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        (PROXY, ["127.0.0.1, 10.9.9.9, 203.0.113.9"], "203.0.113.9"),
        (PROXY, ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        # Proxies behind proxies.
        (PROXY, [f"203.0.113.9, {NEXT}"], "203.0.113.9"),
        (PROXY, [f"198.51.100.1, 203.0.113.9, {NEXT}"], "203.0.113.9"),
        (PROXY, [f"10.0.0.9, {NEXT}"], "10.0.0.9"),
        (PROXY, [], PROXY),
        # What is no address ends the reading at the proxy that wrote it.
        (PROXY, ["203.0.113.9, unknown"], PROXY),
        (PROXY, ["203.0.113.9, "], PROXY),
        (PROXY, [f"203.0.113.9, garbage\x00, {NEXT}"], NEXT),
        (PROXY, ["_hidden"], PROXY),
        # Ports, brackets, quotes, zones.
        (PROXY, ["203.0.113.9:55123"], "203.0.113.9"),
        (PROXY, ['"[2001:db8:1:2::1]:443"'], "2001:db8:1:2::/64"),
        (PROXY, ["[2001:db8:1:2::1]"], "2001:db8:1:2::/64"),
        ("fe80::1%eth0", [], "fe80::/64"),
        # IPv6 by subscriber, IPv4 in IPv6 clothes as itself, also as a proxy.
        ("2001:db8:1:2:aaaa::1", [], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", [], "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", [], "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", [], "192.0.2.7"),
        ("::ffff:10.0.0.1", ["::ffff:203.0.113.9"], "203.0.113.9"),
        ("2001:db8:ffff::1", ["203.0.113.9"], "203.0.113.9"),
        # A peer without an address, such as a socket in the file system.
        ("", ["203.0.113.9"], "unknown"),
    ],
)
def test_the_caller_is_the_rightmost_that_no_trusted_proxy_is(peer, forwarded, known_as):
    assert caller(peer, forwarded, PROXIES) == known_as


def test_without_named_proxies_nothing_forwarded_is_believed():
    assert caller("127.0.0.1", ["203.0.113.9"], ()) == "127.0.0.1"
    assert networks("") == ()
    with pytest.raises(ValueError):
        networks("10.0.0.0/8, my-proxy")


@given(st.lists(st.text(max_size=60), max_size=5))
def test_whatever_a_caller_makes_up_does_not_change_who_he_is(forged):
    # The proxy adds its own field or its own entry at the end of what came.
    assert caller(PROXY, [*forged, "203.0.113.9"], PROXIES) == "203.0.113.9"
    assert caller(PROXY, [",".join([*forged, "203.0.113.9"])], PROXIES) == "203.0.113.9"
    assert caller("192.0.2.7", forged, PROXIES) == "192.0.2.7"


def test_a_list_without_end_is_read_to_its_limit_only():
    assert caller(PROXY, [",".join(["203.0.113.9"] + [NEXT] * 100_000)], PROXIES) == NEXT
    assert caller(PROXY, [",".join(["203.0.113.9"] + [NEXT] * (MOST_HOPS - 1))], PROXIES) == "203.0.113.9"
