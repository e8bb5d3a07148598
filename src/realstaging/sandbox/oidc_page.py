"""The sandbox issuer's pages: choose who you are, and short messages."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from string import Template
from typing import Final

from realstaging.sandbox.oidc_tokens import Person

# No script, nothing from elsewhere.
CONTENT_SECURITY_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

_FRAME: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title · sandbox</title>
<style>
:root { --ground: #f4f2ee; --card: #fff; --ink: #1d1b18; --quiet: #6a645b; --line: #e3ded5; --accent: #0f6b5c; --warn: #fff4d6; --warn-ink: #6b4e00; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181a; --card: #1f2224; --ink: #eceae6; --quiet: #a39d93; --line: #34383b; --accent: #5cc4b0; --warn: #3a3010; --warn-ink: #f2d88a; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; overflow: hidden; box-shadow: 0 1rem 3rem rgb(0 0 0 / .08); }
.sandbox { margin: 0; padding: .6rem 1.5rem; background: var(--warn); color: var(--warn-ink); font-size: .85rem; }
section { padding: 1.5rem; }
h1 { margin: 0 0 .25rem; font-size: 1.35rem; line-height: 1.25; }
p { margin: 0 0 1.25rem; color: var(--quiet); }
form { display: grid; gap: .6rem; margin: 0; }
button { font: inherit; color: inherit; cursor: pointer; border-radius: .7rem; border: 1px solid var(--line); background: transparent; min-height: 2.75rem; }
button:hover { border-color: var(--accent); }
button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.person { display: flex; align-items: center; gap: .9rem; padding: .7rem .9rem; text-align: left; width: 100%; }
.person i { flex: none; display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%; background: var(--accent); color: var(--card); font-style: normal; font-weight: 600; }
.person b { display: block; line-height: 1.3; }
.person small { color: var(--quiet); }
.other { margin-top: 1.1rem; padding-top: 1.1rem; border-top: 1px solid var(--line); grid-template-columns: 1fr auto; }
label { grid-column: 1 / -1; font-size: .9rem; color: var(--quiet); }
input { font: inherit; color: inherit; min-width: 0; padding: .5rem .8rem; border: 1px solid var(--line); border-radius: .7rem; background: var(--ground); }
.other button { padding: 0 1.1rem; }
</style>
</head>
<body>
<main>
<p class="sandbox"><strong>Sandbox.</strong> A stand-in for the sign-in service. No password, no real people, only on this machine.</p>
<section>
$content
</section>
</main>
</body>
</html>
""")

_PERSON: Final = Template(
    '<button class="person" name="subject" value="$subject"><i aria-hidden="true">$initial</i>'
    "<span><b>$name</b><small>$role · $email</small></span></button>"
)

_OTHER: Final = """<form method="post" class="other">
<label for="email">Somebody else</label>
<input id="email" name="email" type="email" required placeholder="name@example.com" autocomplete="off">
<button>Sign in</button>
</form>"""


def people_page(people: Iterable[Person]) -> str:
    """A button for each person. The forms go back to the address of the page itself, with the request in its query."""
    buttons = "\n".join(
        _PERSON.substitute(
            subject=escape(person.subject),
            initial=escape(person.name[:1].upper()),
            name=escape(person.name),
            role=escape(person.role),
            email=escape(person.email),
        )
        for person in people
    )
    content = (
        f'<h1>Who are you today?</h1>\n<p>One click signs you in.</p>\n<form method="post">{buttons}</form>\n{_OTHER}'
    )
    return _FRAME.substitute(title="Sign in", content=content)


def message_page(title: str, message: str) -> str:
    """One heading and one sentence."""
    return _FRAME.substitute(title=escape(title), content=f"<h1>{escape(title)}</h1>\n<p>{escape(message)}</p>")
