"""Speaking to addresses that customers chose: what is refused, what one connection goes to, how little of an answer is read."""

import asyncio
import ipaddress
import ssl
from contextlib import asynccontextmanager

import pytest

from realstaging.kit.addresses import is_global
from realstaging.runtime.outward import LONGEST_ANSWER, Outward, Refused, checked
from tests.cli.tls import certificate


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://Hooks.Example.com/a?b=c", "https://hooks.example.com/a?b=c"),
        ("https://hooks.example.com", "https://hooks.example.com/"),
        ("https://hooks.example.com.:8443/", "https://hooks.example.com:8443/"),
        ("https://hooks.example.com:443/", "https://hooks.example.com:443/"),
        ("https://bücher.example/ä?ö", "https://xn--bcher-kva.example/%C3%A4?%C3%B6"),
        ("https://hooks.example.com/%2e%2e/a", "https://hooks.example.com/a"),
    ],
)
def test_an_address_is_written_as_it_is_asked(given, asked):
    assert checked(given) == asked
    assert checked(asked) == asked


@pytest.mark.parametrize(
    "address",
    [
        *("http://hooks.example.com/", "ftp://hooks.example.com/", "hooks.example.com", "//hooks.example.com/", ""),
        *("https://", "https:///path", "https://hooks", "https://localhost/", "https://hooks..example.com/"),
        *("https://me:word@hooks.example.com/", "https://me@hooks.example.com/", "https://@hooks.example.com/"),
        *("https://hooks.example.com/#part", "https://hooks.example.com/#", "https://hooks.example.com\\@10.0.0.1/"),
        *("https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/"),
        *("https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[fe80::1%25eth0]/", "https://8.8.8.8/"),
        *("https://１２７.0.0.1/", "https://①②⑦.⓪.⓪.①/", "https://127.0.0.1./", "https://a.0x7f/"),
        *("https://hooks.example.com:22/", "https://hooks.example.com:80/", "https://hooks.example.com:0/"),
        *("https://hooks.example.com:99999/", "https://hooks.example.com:x/", "https://hooks.example.com /"),
        *("https://hooks.example.com/\r\nHost: other", "https://hooks.example.com/\0", "https://hooks_1.example.com/"),
        *("https://-a.example.com/", f"https://{'a' * 64}.example.com/", f"https://hooks.example.com/{'a' * 2000}"),
        *("https://exa%6dple.com%00/", "https://[hooks.example.com]/", "https://hooks.example.com:443:80/"),
    ],
)
def test_what_is_no_public_https_address_is_refused(address):
    with pytest.raises(Refused):
        checked(address)


PRIVATE = [
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254", "169.254.169.254"),
    *(
        "172.16.0.1",
        "172.31.255.254",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
    ),
    *("203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
    *(
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::ffff:169.254.169.254",
        "::8.8.8.8",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
    ),
    *("2001::1", "2001:db8::1", "2002:a00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1"),
    *("fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "ff02::1", "4000::1", "no number", ""),
]
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "169.253.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
]


@pytest.mark.parametrize("number", PRIVATE)
def test_numbers_that_are_nobodys_on_the_internet(number):
    assert not is_global(number)


@pytest.mark.parametrize("number", PUBLIC)
def test_numbers_that_are_somebodys(number):
    assert is_global(number)


def test_nothing_is_open_that_the_standard_library_calls_closed():
    """It knows the registry of its release; ours is stricter."""
    for number in [*PRIVATE, *PUBLIC]:
        try:
            address = ipaddress.ip_address(number)
        except ValueError:
            continue
        assert address.is_global or not is_global(number)


class Host:
    """Answers every connection with the given bytes; what it was sent, connection by connection, and the names asked for by TLS."""

    def __init__(self, *pieces, endless=b"", hangs=False):
        self.pieces, self.endless, self.hangs = pieces, endless, hangs
        self.heard, self.names = [], []
        self.connections = 0
        self.sent = 0

    async def serve(self, reader, writer):
        self.connections += 1
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (int(line.split(b":")[1]) for line in head.lower().splitlines() if line.startswith(b"content-length")),
                0,
            )
            self.heard.append(head + await reader.readexactly(length))
            for piece in self.pieces:
                writer.write(piece)
                await writer.drain()
            while self.endless:
                writer.write(self.endless)
                await writer.drain()
                self.sent += len(self.endless)
            if self.hangs:
                await reader.read()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    @asynccontextmanager
    async def running(self, pem=None):
        context = None
        if pem:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pem)
            context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=context)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()


class Names:
    """A name service that answers with one list after the other, the last one again and again."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    async def __call__(self, host, port):
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"


@pytest.mark.parametrize(
    "numbers",
    [
        ["127.0.0.1"],
        ["8.8.8.8", "127.0.0.1"],
        ["127.0.0.1", "8.8.8.8"],
        ["::ffff:127.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
    ],
)
async def test_a_name_that_stands_for_anything_private_is_refused_whole(numbers):
    host, names = Host(OK), Names(numbers)
    async with host.running() as port:
        answered = await Outward(look_up=names, patience=2).post(f"https://hooks.example.com:{port}/", b"{}", {})
    assert (answered.status, host.connections, names.asked) == (None, 0, ["hooks.example.com"])
    assert "not on the internet" in answered.error


async def test_the_name_is_looked_up_once_and_that_is_where_it_goes(tmp_path):
    """By TLS for the name, with the name as Host; what it stands for a moment later plays no part, and is looked at the next time."""
    pem, host, names = certificate(tmp_path), Host(OK), Names(["127.0.0.1"], ["10.0.0.1"])
    outward = Outward(private=True, look_up=names, trust=ssl.create_default_context(cafile=pem))
    async with host.running(pem) as port:
        answered = await outward.post(f"https://localhost:{port}/hooks?a=b", b'{"a":1}', {"webhook-id": "msg_1"})
    assert (answered.status, answered.answer, answered.error) == (200, "fine", None)
    assert (host.names, names.asked, host.connections) == (["localhost"], ["localhost"], 1)
    head, _, body = host.heard[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /hooks?a=b HTTP/1.1\r\n")
    assert f"host: localhost:{port}\r\n".encode() in head.lower()
    assert b"webhook-id: msg_1" in head
    assert body == b'{"a":1}'
    closed = Outward(look_up=names, patience=1)
    assert "not on the internet" in (await closed.post("https://hooks.example.com/", b"", {})).error


async def test_a_certificate_nobody_vouches_for_is_refused(tmp_path):
    pem, host = certificate(tmp_path), Host(OK)
    async with host.running(pem) as port:
        answered = await Outward(private=True).post(f"https://localhost:{port}/", b"{}", {})
    assert answered.status is None
    assert "certificate" in answered.error
    assert host.heard == []


async def test_redirects_are_not_followed_and_proxies_not_asked(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    inner = Host(OK)
    async with inner.running() as secret:
        outer = Host(
            f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{secret}/latest/meta-data\r\nContent-Length: 0\r\n\r\n".encode()
        )
        async with outer.running() as port:
            answered = await Outward(private=True).post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert (answered.status, inner.connections, outer.connections) == (302, 0, 1)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@pytest.mark.parametrize(
    ("host", "status", "told"),
    [
        (Host(HEAD + b"\r\n", endless=b"a\0" * 4096), 200, "a\ufffd"),
        (Host(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", endless=b"1000\r\n" + b"b" * 4096 + b"\r\n"), 200, "bbb"),
        (Host(HEAD + b"Content-Length: 1000000\r\n\r\nhalf"), 200, "half"),
        (Host(HEAD + b"Content-Length: 1000\r\n\r\nslow", hangs=True), 200, "slow"),
        (Host(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"), 200, "\x1f\ufffd\x08"),
        (Host(b"HTTP/1.1 500 Oh\r\nRetry-After: 7\r\n\r\n"), 500, ""),
        (Host(b"HTTP/1.1 200 OK\r\n", endless=b"x-a: " + b"b" * 4000 + b"\r\n"), None, None),
        (Host(b"HTTP/1.1 200 OK\r\nx-a: ", endless=b"b" * 65536), None, None),
        (Host(endless=b"HTTP/1.1 103 Early Hints\r\n\r\n"), None, None),
        (Host(b"SSH-2.0-OpenSSH_9.2\r\n"), None, None),
        (Host(b""), None, None),
        (Host(hangs=True), None, None),
    ],
    ids=[
        "endless",
        "endless chunks",
        "cut off",
        "body hangs",
        "compressed",
        "500",
        "endless headers",
        "endless header",
        "endless 1xx",
        "no http",
        "nothing",
        "hangs",
    ],
)
async def test_however_a_host_behaves_little_is_read_and_it_ends(host, status, told):
    async with host.running() as port, asyncio.timeout(10):
        answered = await Outward(private=True, patience=0.7).post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert answered.status == status
    assert len(answered.answer) <= LONGEST_ANSWER
    if status is None:
        assert answered.error
        assert "127.0.0.1" not in answered.error
    else:
        assert answered.error is None
        assert answered.answer.startswith(told)
        # What lies in the buffers of both sides; read to the end of its time it would be ten times as much.
        assert host.sent < 8_000_000


async def test_a_port_where_nobody_listens_is_told():
    answered = await Outward(private=True, patience=2).post("http://127.0.0.1:9/", b"{}", {})
    assert answered.error == "The host does not take connections at this port."


async def test_a_name_that_is_not_there_is_told():
    async def nowhere(host, port):
        raise OSError("Name or service not known")

    answered = await Outward(look_up=nowhere, patience=2).post("https://hooks.example.com/", b"{}", {})
    assert answered.error == "The name of the host was not found."
