"""What a deployment speaks to, on the wire, with every trouble it may have: a bucket, an issuer, Replicate, and the service's own public address."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version
from urllib.parse import parse_qsl

import dns.message
import dns.rcode
import dns.rrset
from aiohttp import web

from realstaging.sandbox.smtp.server import Habits, SmtpSandbox
from realstaging.storage.sigv4 import Credentials, Permit, Signer

CREDENTIALS = Credentials("key", "secret/with+both==", "us-east-1")
NOBODY = "<Error><Code>{}</Code></Error>"


class Cloud:
    """As it should be; a test makes one thing wrong."""

    def __init__(self):
        self.cors = "ours"  # ours, any, none
        self.methods = "GET, HEAD, PUT"
        self.checks_length = True
        self.versioned = True
        self.hidden_days = 1
        self.broken_days = 1
        self.may_read_rules = True
        self.clock = timedelta()
        self.pkce = ["S256"]
        self.algorithm = "RS256"
        self.issuer = None
        self.version = version("realstaging")
        self.webhook = 403
        self.open_metrics = False
        self.takes_token = True
        self.files = {}
        self.url = ""
        self.mail_port = 0
        self.mail = SmtpSandbox(Habits(user="me", password="hush-hush-mail", greeting="mail.example ESMTP"))
        self.nameserver = None
        self.records = {
            "mail.example.com": "v=spf1 include:mail.example -all",
            "pm._domainkey.mail.example.com": "v=DKIM1; p=x",
            "_dmarc.example.com": "v=DMARC1; p=none",
        }

    def application(self):
        app = web.Application()
        app.router.add_route("OPTIONS", "/pictures/{key:.+}", self.preflight)
        app.router.add_route("*", "/pictures{key:.*}", self.bucket)
        app.router.add_get("/.well-known/openid-configuration", self.discovery)
        app.router.add_get("/jwks", self.jwks)
        app.router.add_get("/api/v1/version", self.told_version)
        app.router.add_post("/api/v1/webhooks/replicate", self.notice)
        app.router.add_get("/metrics", self.metrics)
        app.router.add_get("/v1/account", self.account)
        return app

    async def preflight(self, request):
        origin = request.headers["Origin"]
        if self.cors == "none" or (self.cors == "ours" and origin != self.url):
            return web.Response(status=403, text=NOBODY.format("AccessForbidden"))
        told = {"Access-Control-Allow-Origin": "*" if self.cors == "any" else origin}
        return web.Response(
            headers={
                **told,
                "Access-Control-Allow-Methods": self.methods,
                "Access-Control-Allow-Headers": "content-type",
            }
        )

    async def bucket(self, request):
        key, query = request.match_info["key"].strip("/"), request.rel_url.query
        if "versioning" in query:
            status = "<Status>Enabled</Status>" if self.versioned else ""
            return web.Response(text=f"<VersioningConfiguration>{status}</VersioningConfiguration>")
        if "lifecycle" in query:
            return self.lifecycle()
        if "versions" in query:
            return web.Response(text="<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>")
        if request.method == "PUT":
            data = await request.read()
            if "X-Amz-Signature" in query and self.checks_length and not signed_as_sent(request):
                return web.Response(status=403, text=NOBODY.format("SignatureDoesNotMatch"))
            self.files[key] = data
            return web.Response(headers={"ETag": '"one"'})
        if request.method == "DELETE":
            self.files.pop(key, None)
            return web.Response(status=204)
        if key not in self.files:
            return web.Response(status=404, text=NOBODY.format("NoSuchKey"))
        return web.Response(
            body=self.files[key],
            headers={"ETag": '"one"', "Last-Modified": format_datetime(datetime.now(UTC), usegmt=True)},
        )

    def lifecycle(self):
        if not self.may_read_rules:
            return web.Response(status=403, text=NOBODY.format("AccessDenied"))
        rules = ""
        if self.hidden_days:
            rules += f"<NoncurrentVersionExpiration><NoncurrentDays>{self.hidden_days}</NoncurrentDays></NoncurrentVersionExpiration>"
        if self.broken_days:
            rules += f"<AbortIncompleteMultipartUpload><DaysAfterInitiation>{self.broken_days}</DaysAfterInitiation></AbortIncompleteMultipartUpload>"
        if not rules:
            return web.Response(status=404, text=NOBODY.format("NoSuchLifecycleConfiguration"))
        return web.Response(
            text=f"<LifecycleConfiguration><Rule><Status>Enabled</Status><Prefix></Prefix>{rules}</Rule></LifecycleConfiguration>"
        )

    async def discovery(self, _):
        told = {
            "issuer": self.issuer or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "code_challenge_methods_supported": self.pkce,
        }
        return web.json_response(told, headers={"Date": format_datetime(datetime.now(UTC) + self.clock, usegmt=True)})

    async def jwks(self, _):
        return web.json_response({"keys": [{"kty": "RSA", "alg": self.algorithm, "kid": "one"}]})

    async def told_version(self, _):
        return web.json_response({"version": self.version})

    async def notice(self, _):
        return web.Response(status=self.webhook)

    async def metrics(self, _):
        return web.Response(text="realstaging_jobs_total 1\n") if self.open_metrics else web.Response(status=401)

    async def account(self, _):
        return web.json_response({}, status=200 if self.takes_token else 401)


def signed_as_sent(request):
    """Whether the signature in the address is that of the headers that came with it."""
    query = dict(parse_qsl(request.rel_url.query_string, keep_blank_values=True))
    names = [name for name in query["X-Amz-SignedHeaders"].split(";") if name != "host"]
    given = {name: query[name] for name in query if not name.startswith("X-Amz-")}
    permit = Permit(
        request.method,
        datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC),
        timedelta(seconds=int(query["X-Amz-Expires"])),
        {name: request.headers.get(name, "") for name in names},
        given,
    )
    signer = Signer(f"{request.scheme}://{request.host}/pictures", CREDENTIALS, permit)
    again = signer.link(request.match_info["key"].strip("/"))
    return dict(parse_qsl(again.partition("?")[2]))["X-Amz-Signature"] == query["X-Amz-Signature"]


@asynccontextmanager
async def running(cloud):
    runner = web.AppRunner(cloud.application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    cloud.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    try:
        async with cloud.mail.serving() as cloud.mail_port, nameserver(cloud):
            yield cloud
    finally:
        await runner.cleanup()


class Names(asyncio.DatagramProtocol):
    """Answers for the records of a cloud: a text, no text at a name with names below it, no such name."""

    def __init__(self, cloud):
        self.cloud = cloud

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, who):
        asked = dns.message.from_wire(data)
        [question] = asked.question
        name = question.name.to_text(omit_final_dot=True).lower()
        answer = dns.message.make_response(asked)
        if text := self.cloud.records.get(name):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", f'"{text}"'))
        elif not any(known.endswith(f".{name}") for known in self.cloud.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        self.transport.sendto(answer.to_wire(), who)


@asynccontextmanager
async def nameserver(cloud):
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: Names(cloud), ("127.0.0.1", 0))
    cloud.nameserver = transport.get_extra_info("sockname")
    try:
        yield
    finally:
        transport.close()
