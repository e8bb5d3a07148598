"""The page that shows every letter: HTML, text, headers, links; and a form that makes the server misbehave."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import escape
from string import Template
from typing import Final, get_args

from aiohttp import web

from realstaging.sandbox.smtp.conversation import Step
from realstaging.sandbox.smtp.inbox import Received
from realstaging.sandbox.smtp.server import SmtpSandbox

# The page has no script and takes nothing from elsewhere; the letter is shown in a frame that may open links and nothing else.
PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'"
)
LETTER_POLICY: Final = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
EXAMPLES: Final = ("451 4.3.0 Try later", "550 5.1.1 Nobody here", "421 4.3.2 Closing", "drop")

_FRAME: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title · sandbox mail</title>
<style>
:root { --ground: #f4f2ee; --card: #fff; --ink: #1d1b18; --quiet: #6a645b; --line: #e3ded5; --accent: #0f6b5c; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181a; --card: #1f2224; --ink: #eceae6; --quiet: #a39d93; --line: #34383b; --accent: #5cc4b0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
h1 { font-size: 1.35rem; line-height: 1.25; }
h2 { font-size: 1.05rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
ul.letters { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: .8rem; }
ul.letters li { padding: .7rem 1rem; border-bottom: 1px solid var(--line); }
ul.letters li:last-child { border: 0; }
iframe { width: 100%; height: 46rem; border: 1px solid var(--line); border-radius: .8rem; background: Canvas; }
pre { white-space: pre-wrap; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .8rem; font-size: .85rem; }
form { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; }
label { display: grid; font-size: .9rem; color: var(--quiet); }
input, select, button { font: inherit; color: inherit; min-height: 2.5rem; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
</style>
</head>
<body>
$content
</body>
</html>
""")


SANDBOX: Final = web.AppKey("sandbox", SmtpSandbox)


def create_app(sandbox: SmtpSandbox, smtp_port: int | None = None) -> web.Application:
    """The page; with ``smtp_port``, the server itself for as long as the page is served."""
    app = web.Application()
    app[SANDBOX] = sandbox

    async def smtp(_app: web.Application) -> AsyncIterator[None]:
        async with sandbox.serving(smtp_port or 0):
            yield

    if smtp_port is not None:
        app.cleanup_ctx.append(smtp)
    app.add_routes(
        [
            web.get("/", _home),
            web.get("/letters.json", _as_json),
            web.get(r"/letters/{number:\d{1,9}}", _one),
            web.get(r"/letters/{number:\d{1,9}}/html", _html),
            web.get(r"/letters/{number:\d{1,9}}/pictures/{cid}", _picture),
            web.post("/misbehave", _misbehave),
        ]
    )
    return app


async def _home(request: web.Request) -> web.Response:
    return _page("Letters", _list(request.app[SANDBOX]))


async def _one(request: web.Request) -> web.Response:
    letter = _letter(request)
    return _page(letter.header("Subject"), _shown(letter))


async def _html(request: web.Request) -> web.Response:
    letter = _letter(request)
    text = re.sub(r'src="cid:([^"]+)"', rf'src="/letters/{letter.number}/pictures/\1"', letter.body("html"))
    # Links leave the frame.
    text = text.replace("<head>", '<head><base target="_blank">', 1)
    return web.Response(text=text, content_type="text/html", headers=_guards(LETTER_POLICY))


async def _picture(request: web.Request) -> web.Response:
    data = _letter(request).pictures().get(request.match_info["cid"])
    if data is None:
        raise web.HTTPNotFound
    return web.Response(body=data, content_type="image/jpeg", headers=_guards("default-src 'none'"))


async def _as_json(request: web.Request) -> web.Response:
    return web.json_response([_told(letter) for letter in reversed(request.app[SANDBOX].inbox.letters)])


async def _misbehave(request: web.Request) -> web.Response:
    sandbox, asked = request.app[SANDBOX], await request.post()
    step = next((step for step in get_args(Step) if step == asked.get("step")), None)
    answer = str(asked.get("answer", ""))
    if step and re.fullmatch(r"[45]\d\d [\x20-\x7e]{1,200}|drop", answer):
        sandbox.misbehave(step, answer)
    else:
        sandbox.behave()
    raise web.HTTPSeeOther("/")


def _guards(policy: str) -> dict[str, str]:
    return {"Content-Security-Policy": policy, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def _page(title: str, content: str) -> web.Response:
    text = _FRAME.substitute(title=escape(title), content=content)
    return web.Response(text=text, content_type="text/html", headers=_guards(PAGE_POLICY))


def _letter(request: web.Request) -> Received:
    found = request.app[SANDBOX].inbox.find(int(request.match_info["number"]))
    if found is None:
        raise web.HTTPNotFound
    return found


def _told(letter: Received) -> dict[str, object]:
    return {
        "number": letter.number,
        "to": list(letter.recipients),
        "subject": letter.header("Subject"),
        "message_id": letter.header("Message-ID"),
        "text": letter.body("plain"),
        "links": letter.links(),
    }


def _list(sandbox: SmtpSandbox) -> str:
    letters = "".join(
        f'<li><a href="/letters/{letter.number}">{escape(letter.header("Subject")) or "(no subject)"}</a>'
        f'<br><span class="quiet">to {escape(", ".join(letter.recipients))} · {letter.at:%H:%M:%S} UTC</span></li>'
        for letter in reversed(sandbox.inbox.letters)
    )
    told = f'<ul class="letters">{letters}</ul>' if letters else "<p>No letter yet. Ask for two stagings at once.</p>"
    return (
        '<h1>Letters</h1><p class="quiet">A stand-in for a mail server: what is sent stays on this machine. Load the page again for newer '
        f"ones.</p>{told}<h2>What goes wrong next</h2>{_faults(sandbox)}"
    )


def _faults(sandbox: SmtpSandbox) -> str:
    ordered = "".join(
        f"<li>{escape(fault.step)}: {escape(fault.answer)}</li>" for fault in sandbox.faults if fault.times > 0
    )
    steps = "".join(f"<option>{step}</option>" for step in get_args(Step))
    examples = "".join(f"<option>{escape(example)}</option>" for example in EXAMPLES)
    told = f"<ul>{ordered}</ul>" if ordered else '<p class="quiet">Nothing.</p>'
    return (
        f'{told}<form method="post" action="/misbehave"><label>at<select name="step">{steps}</select></label>'
        f'<label>answer, or drop<input name="answer" list="answers" maxlength="200"></label><datalist id="answers">{examples}</datalist>'
        "<button>Once</button></form>"
    )


def _shown(letter: Received) -> str:
    return (
        f'<p><a href="/">All letters</a></p><h1>{escape(letter.header("Subject"))}</h1>'
        f'<p class="quiet">to {escape(", ".join(letter.recipients))}, from {escape(letter.sender)}, {len(letter.data):,} bytes</p>'
        f'<iframe title="The letter as HTML" src="/letters/{letter.number}/html"></iframe>'
        f"<h2>Text</h2><pre>{escape(letter.body('plain'))}</pre><h2>Headers</h2><pre>{escape(_headers(letter))}</pre>"
    )


def _headers(letter: Received) -> str:
    return "\n".join(f"{name}: {value}" for name, value in letter.message.items())
