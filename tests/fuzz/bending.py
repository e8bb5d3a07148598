"""Requests bent out of valid ones, with a seed: bodies, addresses, heads, and what is no HTTP at all. Pure.

The valid ones name things that are there (``{photo_id}`` and the like stand for their ids), so that what is bent only a little gets
as deep as a request can get.
"""

import json
import random
import re
from dataclasses import dataclass

from tests.fuzz.valid import BODIES, NOTHING, OTHERS

NUMBERS = [
    *(b"1e900000", b"-1e900000", b"1e308", b"1e-400", b"-0", b"-0.0", b"9" * 30, b"9" * 400, b"-" + b"9" * 25, b"NaN"),
    *(b"Infinity", b"0x10", b"1_000", b"01", b".5", b"5.", b"+1", b"9223372036854775808", b"-9223372036854775809"),
    *(b"2147483648", b"1.0", b"1e2", b"0." + b"0" * 500 + b"1"),
]
TEXTS = [
    *(
        b'""',
        b'"\\u0000"',
        b'"a\\u0000b"',
        b'"\\ud800"',
        b'"\\udfff\\ud800"',
        b'"\xff\xfe"',
        b'"\xed\xa0\x80"',
        b'"\x00"',
    ),
    *(
        b'"' + b"a" * 300 + b'"',
        b'"' + b"\\n" * 200 + b'"',
        b'"\\u202e\\ufeff\\u2028"',
        b'"e\xcc\x81"',
        b'"\xf4\x8f\xbf\xbf"',
    ),
    *(
        b'"../../etc/passwd"',
        b'"\' or 1=1 --"',
        b'"%00"',
        b'"${jndi:ldap://a}"',
        b'"<script>"',
        b'"1e900000"',
        b'"NaN"',
    ),
    *(
        b'"' + b"9" * 400 + b'"',
        b'"\\uD83D\\uDE00"',
        b'"\\x41"',
        b'"' + b"\\\\" * 100 + b'"',
        b'"00000000-0000-0000-0000-000000000000"',
    ),
]
LIKELY = [
    *(b"0", b"-1", b"1", b"2", b"1.5", b"51", b"5000000000", b"true", b"null", b"[]", b"{}", b'""', b'"x"', b'" "'),
    *(
        b'"0.01"',
        b'"jpg"',
        b'"local"',
        b'"modern"',
        b'"declutter"',
        b'"%s"' % NOTHING.encode(),
        b'"' + b"a" * 130 + b'"',
    ),
]
"""JSON that a hasty client may well send: it is read, and refused (or not) by what it means."""
SHAPES = [
    *(b"null", b"true", b"[]", b"{}", b"[[]]", b'{"":""}', b"[" * 60 + b"]" * 60, b'{"a":' * 40 + b"1" + b"}" * 40),
    *(b"[" * 20_000, b"[" + b"0," * 2000 + b"0]", b"{" + b",".join(b'"k%d":0' % n for n in range(200)) + b"}"),
    *(b"[null]", b'["a"]', b'{"a":{"b":{"c":[1]}}}'),
]
WORDS = [
    *(
        "%00",
        "%ff",
        "%c0%80",
        "%ed%a0%80",
        "%2e%2e%2f",
        "..",
        "%0d%0aX:%20a",
        "a" * 300,
        "%25",
        "²",
        "٣",
        "%",
        "%zz",
        "\\",
    ),
    *(
        "null",
        "-1",
        "0",
        "99999999999999999999999",
        "1e9",
        "NaN",
        "true",
        "' or 1=1",
        "{}",
        "[]",
        "*",
        NOTHING,
        "%F0%9F%98%80",
    ),
]
HEADERS = [
    *(
        b"Authorization: Bearer ",
        b"Authorization: Basic YTpi",
        b"Authorization: Bearer a.b.c",
        b"Authorization: Bearer \xb2",
    ),
    *(b"Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", b"Last-Event-ID: \xb2", b"Last-Event-ID: -1"),
    *(
        b"Last-Event-ID: " + b"9" * 400,
        b"Last-Event-ID: NaN",
        b"Idempotency-Key: \xff\xfe",
        b"Idempotency-Key: " + b"k" * 201,
    ),
    *(
        b"Idempotency-Key:",
        b"Content-Type: text/plain",
        b"Content-Type: application/json; charset=utf-16",
        b"Content-Type: ;;;",
    ),
    *(b"Content-Type: multipart/form-data; boundary=", b"Content-Type: application/x-www-form-urlencoded"),
    *(
        b"Content-Encoding: gzip",
        b"Transfer-Encoding: gzip",
        b"Range: bytes=99999999999999999999-",
        b"Range: bytes=-",
        b"Host:",
    ),
    *(
        b"X-Forwarded-For: ' or 1=1",
        b"X-Forwarded-For: \xff",
        b"X-Forwarded-Proto: \xff",
        b"Accept: \xff/\xff;q=x",
        b"Cookie: a=\xff",
    ),
    *(
        b"webhook-id: a\r\nwebhook-timestamp: " + b"9" * 400 + b"\r\nwebhook-signature: v1,a",
        b"webhook-timestamp: \xb2",
    ),
    *(
        b"webhook-id: a\r\nwebhook-timestamp: NaN\r\nwebhook-signature: \xff",
        b"If-None-Match: \xff",
        b"Expect: 200-maybe",
    ),
    *(b"X: " + b"a" * 20_000, b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a", b"Origin: null"),
    *(
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Content-Length: 1\r\nContent-Length: 2",
        b"A\x00B: c",
        b"No colon",
    ),
]
PARAMETERS = (
    *("cursor", "limit", "format", "token", "attempt", "expires", "signature", "size", "type", "download", "x"),
)
METHODS = (
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "FOO",
    "get",
    "\x01",
)
LEAF = re.compile(rb'"(?:[^"\\]|\\.)*"|-?[0-9.]+(?:e[0-9]+)?|true|false|null')


ENDS = re.compile(r"/(cancel|retry)$")
"""What changes a staging: with DELETE, all that may take away what later requests are to find."""


@dataclass
class Things:
    """Ids by the names that stand for them: of what stays, and of what may be taken away."""

    lasting: dict[str, str]
    passing: dict[str, str]


@dataclass
class Bent:
    """A request as the bytes that go over the wire, all of them for one connection that is then closed."""

    kind: str
    data: bytes
    operation: tuple[str, str] | None
    """What it is for: (method, pattern). None where its bending may have led it elsewhere."""


class Bender:
    """Makes requests."""

    def __init__(self, seed, host, token, paths):
        """``token``: gives one of somebody who has just signed in, as any request may end every sign-in there is. ``paths``: (method, pattern)
        of every operation that the API describes.
        """
        self._random = random.Random(seed)
        self._host, self._token = host.encode(), token
        self._valid = sorted({*paths, *BODIES, *OTHERS})
        self._round = []
        self._things = Things({}, {})

    def request(self, things):
        """One request, to some of the things or to nothing."""
        self._things = things
        # In rounds: each operation is asked as often as the others.
        if not self._round:
            self._round = self._random.sample(self._valid, len(self._valid))
        method, pattern = self._round.pop()
        body = BODIES.get((method, pattern))
        text = None if body is None else self._named(method, json.dumps(body)).encode()
        kinds = [self._whole] * 3 + [self._query, self._address, self._header, self._method, self._nonsense]
        kinds += [self._leaf] * 6 + [self._key] * 3 + [self._bytes] * 2 if text else [self._address, self._query]
        kind = self._random.choice(kinds)
        kept = kind in {self._whole, self._query, self._header, self._leaf, self._key, self._bytes}
        data = kind(method, pattern, text)
        return Bent(kind.__name__, data, (method, pattern) if kept else None)

    def _named(self, method, text):
        """With ids for the names: of nothing now and then."""
        known = self._random.choice([self._things.lasting, self._things.passing])
        if method == "DELETE" or ENDS.search(text):
            known = self._things.passing
        if self._random.random() < 0.1:
            known = {}
        return re.sub(r"{([a-z_]+)}", lambda name: known.get(name[1], NOTHING), text)

    def _whole(self, method, path, body):
        """Nothing is bent."""
        return self._written(method, path, body)

    def _key(self, method, path, body):
        """A key of the body is another, or stands there twice."""
        key = self._random.choice(list(re.finditer(rb'"([a-z_]+)": ', body)))
        other = self._random.choice([b'"x": ', b'"": ', b'"x": 1, ' + key[0], key[0] + b"null, " + key[0]])
        return self._written(method, path, body[: key.start()] + other + body[key.end() :])

    def _leaf(self, method, path, body):
        """One to three values of the body are others."""
        for _ in range(self._random.randint(1, 3)):
            leaves = list(LEAF.finditer(body))
            if not leaves:
                break
            leaf = self._random.choice(leaves)
            values = LIKELY if self._random.random() < 0.5 else [*NUMBERS, *TEXTS, *SHAPES]
            body = body[: leaf.start()] + self._random.choice(values) + body[leaf.end() :]
        return self._written(method, path, body)

    def _bytes(self, method, path, body):
        """The body is cut, doubled, or some of its bytes are others."""
        spoiled = bytearray(body)
        match self._random.randrange(5):
            case 0:
                del spoiled[self._random.randrange(len(spoiled)) :]
            case 1:
                spoiled += body
            case 2:
                place = self._random.randrange(len(spoiled))
                spoiled[place:place] = self._random.randbytes(self._random.randint(1, 9))
            case 3:
                spoiled += b" " * self._random.choice([1, 300_000, 1_100_000])
            case _:
                for _ in range(self._random.randint(1, 8)):
                    spoiled[self._random.randrange(len(spoiled))] = self._random.randrange(256)
        return self._written(method, path, bytes(spoiled))

    def _query(self, method, path, body):
        """It has parameters that are others, or that nobody asked for."""
        pairs = [
            f"{self._random.choice(PARAMETERS)}={self._random.choice(WORDS)}"
            for _ in range(self._random.choice([1, 1, 1, 2, 4]))
        ]
        return self._written(method, path + ("&" if "?" in path else "?") + "&".join(pairs), body)

    def _address(self, method, path, body):
        """A part of the path is another."""
        parts = path.split("/")
        parts[self._random.randrange(1, len(parts))] = self._random.choice(WORDS)
        path = "/".join(parts)
        if self._random.random() < 0.02:
            path += "a" * 70_000
        return self._written(method, path, body)

    def _header(self, method, path, body):
        """It has one to three strange headers."""
        strange = [self._random.choice(HEADERS) for _ in range(self._random.randint(1, 3))]
        if self._random.random() < 0.05:
            strange += [b"X-%d: a" % number for number in range(200)]
        return self._written(method, path, body, strange)

    def _method(self, _, path, body):
        return self._written(self._random.choice(METHODS), path, body)

    def _nonsense(self, method, path, body):
        """It is no HTTP, or only a part of it."""
        whole = self._written(method, path, body)
        match self._random.randrange(4):
            case 0:
                return self._random.randbytes(self._random.randint(1, 400)) + b"\r\n\r\n"
            case 1:
                spoiled = bytearray(whole)
                for _ in range(self._random.randint(1, 6)):
                    spoiled[self._random.randrange(min(len(spoiled), 200))] = self._random.randrange(256)
                return bytes(spoiled)
            case 2:
                return whole.replace(
                    b"HTTP/1.1", self._random.choice([b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2", b"HTP", b""]), 1
                )
            case _:
                return self._written(method, path, None, [b"Transfer-Encoding: chunked"]) + self._random.choice(
                    [b"zz\r\n", b"FFFFFFFFFFFFFFFFFF\r\n", b"-1\r\n", b"5\r\nab\r\n0\r\n\r\n", b"2\r\n{}\r\n0\r\n\r\n"]
                )

    def _written(self, method, path, body, more=()):
        named = {header.partition(b":")[0].lower() for header in more}
        headers = [b"Host: " + self._host] if b"host" not in named else []
        if b"authorization" not in named:
            headers.append(b"Authorization: Bearer " + self._token().encode())
        if body is not None:
            headers += [b"Content-Type: application/json"] if b"content-type" not in named else []
            headers += [b"Content-Length: %d" % len(body)] if b"content-length" not in named else []
        line = f"{method} {self._named(method, path)} HTTP/1.1".encode("utf-8", "surrogatepass")
        return b"\r\n".join([line, *headers, *more, b"Connection: close", b"", body or b""])
