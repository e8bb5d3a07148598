"""`python -m realstaging.sandbox oidc …`: a stand-in as a process of its own, on the loopback interface."""

from __future__ import annotations

import argparse
from pathlib import Path

from aiohttp import web

from realstaging.sandbox import oidc


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
    given = parser.parse_args()
    app = oidc.create_app(
        given.issuer, given.audience, given.key_file, web_origin=given.web_origin, client_id=given.client_id
    )
    web.run_app(app, host="127.0.0.1", port=given.port, print=None)


if __name__ == "__main__":
    main()
