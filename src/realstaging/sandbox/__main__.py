"""`python -m realstaging.sandbox oidc|replicate|smtp|stripe …`: a stand-in as a process of its own, on the loopback interface."""

from __future__ import annotations

import argparse
from pathlib import Path

from aiohttp import web

from realstaging.sandbox import oidc
from realstaging.sandbox.replicate.app import ReplicateSandbox
from realstaging.sandbox.replicate.predictions import Conduct
from realstaging.sandbox.smtp.page import create_app
from realstaging.sandbox.smtp.server import SmtpSandbox
from realstaging.sandbox.stripe.app import create_app as create_payments_app
from realstaging.sandbox.stripe.standin import KEY, SECRET, StripeSandbox


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="realstaging.sandbox", description="Stand-ins for outside services. Never for production."
    )
    stand_ins = parser.add_subparsers(required=True)
    issuer = stand_ins.add_parser("oidc", help="an OpenID Connect issuer that lets anybody in")
    issuer.add_argument("--port", type=int, required=True)
    issuer.add_argument("--issuer", required=True, help="the address it is reached at")
    issuer.add_argument("--audience", required=True)
    issuer.add_argument("--client-id", required=True)
    issuer.add_argument("--web-origin", required=True)
    issuer.add_argument("--key-file", type=Path, required=True)
    issuer.add_argument("--keep-sessions", action="store_true", help="know browsers again, as real issuers do")
    issuer.add_argument("--no-end-session", action="store_true", help="be an issuer without an end_session_endpoint")
    issuer.set_defaults(build=_issuer)
    models = stand_ins.add_parser("replicate", help="Replicate's API, with simulated pictures that cost nothing")
    models.add_argument("--port", type=int, required=True)
    models.add_argument("--token", default="r8_sandbox", help="the only API token it takes")
    models.add_argument("--seconds", type=float, default=6.0, help="median time of a prediction")
    models.set_defaults(build=_replicate)
    mail = stand_ins.add_parser("smtp", help="a mail server that keeps every letter, and a page that shows them")
    mail.add_argument("--port", type=int, required=True, help="of the page")
    mail.add_argument("--smtp-port", type=int, required=True)
    mail.set_defaults(build=lambda given: create_app(SmtpSandbox(), given.smtp_port))
    payments = stand_ins.add_parser(
        "stripe", help="Stripe, with made-up cards, books that are kept and a clock to move"
    )
    payments.add_argument("--port", type=int, required=True)
    payments.add_argument("--key", default=KEY, help="the only API key it takes")
    payments.add_argument("--webhook", default="", help="who is told everything that happens")
    payments.add_argument("--secret", default=SECRET, help="signs what is told there")
    payments.add_argument("--books", type=Path, help="a file that keeps everything between runs")
    payments.set_defaults(build=_payments)
    given = parser.parse_args()
    web.run_app(given.build(given), host="127.0.0.1", port=given.port, print=None)


def _issuer(given: argparse.Namespace) -> web.Application:
    return oidc.create_app(
        given.issuer,
        given.audience,
        given.key_file,
        web_origin=given.web_origin,
        client_id=given.client_id,
        sessions=oidc.Sessions(kept=given.keep_sessions, end=not given.no_end_session),
    )


def _replicate(given: argparse.Namespace) -> web.Application:
    conduct = Conduct(queue=0.05 * given.seconds, run_median=given.seconds)
    return ReplicateSandbox(given.token, conduct=conduct).app()


def _payments(given: argparse.Namespace) -> web.Application:
    address = f"http://localhost:{given.port}"
    sandbox = StripeSandbox(address, key=given.key, webhook=given.webhook, secret=given.secret, path=given.books)
    return create_payments_app(sandbox)


if __name__ == "__main__":
    main()
