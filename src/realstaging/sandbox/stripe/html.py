"""How the sandbox's pages look, and a PDF of some lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Any, Final

from aiohttp import web

# No script, nothing from elsewhere. After a form people are sent on to the shop, which the browser counts as the form's action.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'self' http: https:"
SIGNS: Final = {"usd": "US$", "eur": "€"}

_FRAME: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title · sandbox payments</title>
<style>
:root { --ground: #f4f2ee; --card: #fff; --ink: #1d1b18; --quiet: #6a645b; --line: #e3ded5; --accent: #0f6b5c; --warn: #fff4d6; --warn-ink: #6b4e00; --bad: #9c2b1b; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181a; --card: #1f2224; --ink: #eceae6; --quiet: #a39d93; --line: #34383b; --accent: #5cc4b0; --warn: #3a3010; --warn-ink: #f2d88a; --bad: #ff9a8a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
h1 { font-size: 1.35rem; line-height: 1.25; }
h2 { font-size: 1.05rem; }
.sandbox { padding: .6rem 1rem; border-radius: .8rem; background: var(--warn); color: var(--warn-ink); font-size: .85rem; }
.alert { color: var(--bad); font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); }
td, th { padding: .5rem .8rem; border-bottom: 1px solid var(--line); text-align: left; font-weight: normal; vertical-align: middle; }
th { color: var(--quiet); width: 40%; }
form { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: .6rem 0; }
label { display: grid; font-size: .9rem; color: var(--quiet); max-width: 100%; }
input, select, button { font: inherit; color: inherit; min-height: 2.75rem; max-width: 100%; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
button { cursor: pointer; }
button.main { background: var(--accent); color: var(--card); border-color: var(--accent); }
button:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
</style>
</head>
<body>
<p class="sandbox"><strong>Sandbox.</strong> A stand-in for Stripe, on this machine alone. No card is charged.</p>
<main>
$content
</main>
</body>
</html>
""")


def page(title: str, content: Iterable[str], *, status: int = 200) -> web.Response:
    told = _FRAME.substitute(title=escape(title), content="\n".join(content))
    return web.Response(
        text=told,
        status=status,
        content_type="text/html",
        headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"},
    )


def text(value: object) -> str:
    return escape(str(value))


def money(minor: int, currency: str) -> str:
    sign = "-" if minor < 0 else ""
    return f"{sign}{SIGNS.get(currency, currency.upper())} {abs(minor) // 100}.{abs(minor) % 100:02}"


def rows(pairs: Iterable[tuple[object, object]]) -> str:
    return (
        "<table>"
        + "".join(f'<tr><th scope="row">{text(name)}</th><td>{text(value)}</td></tr>' for name, value in pairs)
        + "</table>"
    )


def table(lines: Iterable[Iterable[str]]) -> str:
    """Of cells that are HTML."""
    told = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return f"<table>{told}</table>" if told else "<p>None yet.</p>"


def button(label: str, *, name: str = "", value: str = "", main: bool = False) -> str:
    named = f' name="{name}" value="{text(value)}"' if name else ""
    return f"<button{named}{' class=main' if main else ''}>{text(label)}</button>"


def field(
    label: str, name: str, value: str = "", *, kind: str = "text", options: Mapping[str, str] | None = None, **more: Any
) -> str:
    if options is not None:
        choices = "".join(
            f'<option value="{text(one)}"{" selected" if one == value else ""}>{text(words)}</option>'
            for one, words in options.items()
        )
        return f'<label>{text(label)}<select name="{name}">{choices}</select></label>'
    extra = "".join(f' {key}="{text(one)}"' for key, one in more.items())
    return f'<label>{text(label)}<input name="{name}" type="{kind}" value="{text(value)}"{extra}></label>'


def pdf(lines: Iterable[str]) -> bytes:
    """One page of text (PDF 1.4, ISO 32000-1 §7.5)."""

    def safe(line: str) -> str:
        return "".join("\\" + one if one in "()\\" else one for one in line)

    shown = "\n".join(f"({safe(line)}) Tj T*" for line in lines).replace("€", "EUR").encode("latin-1", "replace")
    stream = b"BT /F1 12 Tf 60 780 Td 18 TL\n" + shown + b"\nET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table_at = len(written)
    written += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table_at
