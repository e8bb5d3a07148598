"""The pages that people see: checkout, portal, an invoice; and one that shows the books, moves the clock and orders faults."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from aiohttp import web

from realstaging.sandbox.stripe.books import Thing
from realstaging.sandbox.stripe.cards import CARDS, GOOD
from realstaging.sandbox.stripe.checkouts import Filled
from realstaging.sandbox.stripe.clock import DAY, day
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.faults import Fault, Order
from realstaging.sandbox.stripe.forms import truth
from realstaging.sandbox.stripe.html import button, field, money, page, pdf, rows, table, text
from realstaging.sandbox.stripe.payments import card_named
from realstaging.sandbox.stripe.standin import StripeSandbox

COUNTRIES: Final = {"US": "United States", "DE": "Germany", "FR": "France", "GB": "United Kingdom"}
SHOWN: Final = 25


def routes(sandbox: StripeSandbox) -> list[web.RouteDef]:
    pages = Pages(sandbox)
    return [
        web.get("/", pages.home),
        web.post("/do/{what}", pages.do),
        web.get("/pay/{id}", pages.checkout),
        web.post("/pay/{id}", pages.pay),
        web.post("/pay/{id}/confirm", pages.confirm),
        web.get("/invoices/{id}", pages.invoice),
        web.post("/invoices/{id}", pages.pay_invoice),
        web.get("/invoices/{id}/pdf", pages.invoice_pdf),
        web.get("/portal/{id}", pages.portal),
        web.post("/portal/{id}", pages.change),
    ]


class Pages:
    def __init__(self, sandbox: StripeSandbox) -> None:
        self._sandbox, self._books = sandbox, sandbox.books

    # checkout

    async def checkout(self, request: web.Request) -> web.Response:
        session = self._books.find("checkout.session", request.match_info["id"])
        if session is None or session["status"] != "open":
            return _gone("This checkout is no longer open.")
        return self._checkout_page(session)

    def _checkout_page(self, session: Thing, error: str = "", status: int = 200) -> web.Response:
        [line] = session["line_items"]["data"]
        seats = session["_adjustable"] or {}
        fields = [field("Card", "card", options={number: f"{number}, {one.name}" for number, one in CARDS.items()})]
        if truth(seats.get("enabled")):
            bounds = {"min": seats.get("minimum", 1), "max": seats.get("maximum", 99)}
            fields.append(field("Seats", "quantity", str(session["_quantity"]), kind="number", **bounds))
        if session["automatic_tax"]["enabled"]:
            fields.append(field("Country", "country", options=COUNTRIES))
            fields.append(field("VAT id, for businesses", "vat_id"))
        if session["allow_promotion_codes"]:
            fields.append(field("Promotion code (WELCOME20)", "code"))
        words = "Subscribe" if session["mode"] == "subscription" else "Pay"
        trial = session["_subscription"].get("trial_period_days")
        told = [
            ("What", line["description"]),
            ("Quantity", line["quantity"]),
            ("Sum before tax", money(session["amount_subtotal"], session["currency"])),
            *([("Trial", f"{trial} days")] if trial else []),
            ("To pay now", money(session["amount_total"], session["currency"])),
        ]
        content = [
            f"<h1>{words}</h1>",
            rows(told),
            f'<p role="alert" class="alert">{text(error)}</p>' if error else "",
            f'<form method="post" action="/pay/{session["id"]}">{"".join(fields)}{button(words, main=True)}</form>',
            f'<p><a href="{text(session["cancel_url"] or "/")}">Back without paying</a></p>',
        ]
        return page(words, content, status=status)

    async def pay(self, request: web.Request) -> web.Response:
        session = self._books.find("checkout.session", request.match_info["id"])
        if session is None or session["status"] != "open":
            return _gone("This checkout is no longer open.")
        form = await request.post()
        try:
            filled = Filled(
                card_named(str(form.get("card", GOOD))),
                str(form.get("country", "US")),
                str(form.get("vat_id", "")),
                str(form.get("code", "")).strip(),
                int(str(form.get("quantity") or 0)),
            )
            outcome = self._sandbox.checkouts.take(session, filled)
        except Refusal as refusal:
            return self._checkout_page(session, str(refusal), status=402)
        return self._ask(f"/pay/{session['id']}/confirm") if outcome == "action" else _on(session)

    @staticmethod
    def _ask(address: str) -> web.Response:
        buttons = button("Complete", name="answer", value="yes", main=True) + button("Fail", name="answer", value="no")
        content = [
            "<h1>Your bank asks: is it you?</h1>",
            "<p>3D Secure, as a bank in Europe asks (SCA).</p>",
            f'<form method="post" action="{address}">{buttons}</form>',
        ]
        return page("Confirm", content)

    async def confirm(self, request: web.Request) -> web.Response:
        session = self._books.find("checkout.session", request.match_info["id"])
        if session is None or session["status"] != "open":
            return _gone("This checkout is no longer open.")
        form = await request.post()
        try:
            self._sandbox.checkouts.confirm(session, yes=form.get("answer") == "yes")
        except Refusal as refusal:
            return self._checkout_page(session, str(refusal), status=402)
        return _on(session)

    # invoices

    async def invoice(self, request: web.Request) -> web.Response:
        found = self._books.find("invoice", request.match_info["id"])
        return self._invoice_page(found) if found else _gone("There is no such invoice.")

    def _invoice_page(self, found: Thing, error: str = "") -> web.Response:
        content = [f"<h1>Invoice {text(found['number'] or 'draft')}</h1>", self._invoice_table(found)]
        if error:
            content.append(f'<p role="alert" class="alert">{text(error)}</p>')
        content.append(f'<p>{text(found["status"])} · <a href="/invoices/{found["id"]}/pdf">PDF</a></p>')
        if found["status"] == "open":
            intent = self._books.get("payment_intent", found["_intent"])
            if intent["status"] == "requires_action":
                return self._ask(f"/invoices/{found['id']}")
            cards = field("Card", "card", options={number: f"{number}, {one.name}" for number, one in CARDS.items()})
            content.append(f'<form method="post">{cards}{button("Pay", main=True)}</form>')
        return page("Invoice", content)

    @staticmethod
    def _invoice_table(found: Thing) -> str:
        lines = [(line["description"], money(line["amount"], found["currency"])) for line in found["lines"]["data"]]
        lines += [
            (f"Tax ({one['tax_behavior']})", money(one["amount"], found["currency"])) for one in found["total_taxes"]
        ]
        return rows(
            [
                *lines,
                ("Total", money(found["total"], found["currency"])),
                ("Due", money(found["amount_due"], found["currency"])),
            ]
        )

    async def pay_invoice(self, request: web.Request) -> web.Response:
        found = self._books.find("invoice", request.match_info["id"])
        if found is None or found["status"] != "open":
            return _gone("This invoice cannot be paid.")
        form = await request.post()
        try:
            if "answer" in form:
                self._sandbox.invoicing.confirm(found, yes=form["answer"] == "yes")
            else:
                owner = self._books.get("customer", found["customer"])
                method = self._sandbox.payments.attach(owner, card_named(str(form.get("card", GOOD))))
                self._sandbox.invoicing.collect(found, "present", method)
        except Refusal as refusal:
            return self._invoice_page(found, str(refusal))
        return self._invoice_page(found, "" if found["status"] == "paid" else "Your card was declined.")

    async def invoice_pdf(self, request: web.Request) -> web.Response:
        found = self._books.find("invoice", request.match_info["id"])
        if found is None:
            return _gone("There is no such invoice.")
        lines = [f"Invoice {found['number']}", f"{found['customer_name']}", f"{day(found['created'])} UTC", ""]
        lines += [
            f"{line['description']}: {money(line['amount'], found['currency'])}" for line in found["lines"]["data"]
        ]
        lines += [
            "",
            f"Total: {money(found['total'], found['currency'])}",
            f"{found['status']}",
            "",
            "A stand-in's: no real money.",
        ]
        return web.Response(body=pdf(lines), content_type="application/pdf")

    # the portal

    async def portal(self, request: web.Request) -> web.Response:
        session = self._books.find("billing_portal.session", request.match_info["id"])
        return self._portal_page(session) if session else _gone("This link is no longer good.")

    def _portal_page(self, session: Thing, error: str = "") -> web.Response:
        features = self._books.get("billing_portal.configuration", session["configuration"])["features"]
        content = ["<h1>Your plan</h1>", f'<p role="alert" class="alert">{text(error)}</p>' if error else ""]
        own = [one for one in self._books.all("subscription") if one["customer"] == session["customer"]]
        content += [self._subscription(one, features) for one in own if one["status"] != "canceled"]
        if features["payment_method_update"]["enabled"]:
            cards = field("Card", "card", options={number: f"{number}, {one.name}" for number, one in CARDS.items()})
            content.append(f'<form method="post">{cards}{button("Change the card", name="act", value="card")}</form>')
        if features["invoice_history"]["enabled"]:
            content.append("<h2>Invoices</h2>" + table(self._invoice_rows(session["customer"])))
        content.append(f'<p><a href="{text(session["return_url"] or "/")}">Back</a></p>')
        return page("Your plan", content)

    def _subscription(self, one: Thing, features: Thing) -> str:
        item = one["items"]["data"][0]
        product = self._books.get("product", item["price"]["product"])
        ends = " · ends then" if one["cancel_at"] else ""
        told = rows(
            [
                ("Plan", f"{item['quantity']} × {product['name']}"),
                ("State", one["status"]),
                ("Until", f"{day(item['current_period_end'])}{ends}"),
            ]
        )
        forms = [told]
        hidden = f'<input type="hidden" name="subscription" value="{one["id"]}">'
        if features["subscription_cancel"]["enabled"]:
            act = ("Keep it", "keep") if one["cancel_at"] else ("Cancel at the end", "cancel")
            forms.append(f'<form method="post">{hidden}{button(act[0], name="act", value=act[1])}</form>')
        if features["subscription_update"]["enabled"]:
            prices = {
                price[
                    "id"
                ]: f"{self._books.get('product', price['product'])['name']}, by the {price['recurring']['interval']}"
                for offered in features["subscription_update"]["products"]
                for price in (self._books.get("price", named) for named in offered["prices"])
            }
            if prices:
                fields = field("Plan", "price", item["price"]["id"], options=prices)
                fields += field("Seats", "quantity", str(item["quantity"]), kind="number", min=1, max=10_000)
                forms.append(
                    f'<form method="post">{hidden}{fields}{button("Change it now", name="act", value="change")}</form>'
                )
        return "".join(forms)

    def _invoice_rows(self, customer: str) -> Iterable[Iterable[Any]]:
        for one in self._books.all("invoice"):
            if one["customer"] == customer and one["number"]:
                link = f'<a href="/invoices/{one["id"]}">{text(one["number"])}</a>'
                yield (day(one["created"]), link, money(one["total"], one["currency"]), text(one["status"]))

    async def change(self, request: web.Request) -> web.Response:
        session = self._books.find("billing_portal.session", request.match_info["id"])
        if session is None:
            return _gone("This link is no longer good.")
        form = await request.post()
        try:
            self._change(session, {name: str(value) for name, value in form.items()})
        except Refusal as refusal:
            return self._portal_page(session, str(refusal))
        return self._portal_page(session)

    def _change(self, session: Thing, form: dict[str, str]) -> None:
        features = self._books.get("billing_portal.configuration", session["configuration"])["features"]
        if form["act"] == "card":
            owner = self._books.get("customer", session["customer"])
            method = self._sandbox.payments.attach(owner, card_named(form["card"]))
            self._books.tell("payment_method.attached", method)
            self._books.tell("customer.updated", owner)
            return
        one = self._books.get("subscription", form["subscription"])
        needed = "subscription_update" if form["act"] == "change" else "subscription_cancel"
        if one["customer"] != session["customer"] or not features[needed]["enabled"]:
            raise Refusal("This is not possible here.")
        if form["act"] == "change":
            price = self._books.get("price", form["price"])
            given = {"proration_behavior": "always_invoice", "payment_behavior": "pending_if_incomplete"}
            self._sandbox.subscribing.change(one, price, int(form["quantity"]), given)
        else:
            end = one["items"]["data"][0]["current_period_end"]
            self._sandbox.subscribing.set_end_at(one, end if form["act"] == "cancel" else None)
            self._books.tell("customer.subscription.updated", one)

    # the books

    async def home(self, _: web.Request) -> web.Response:
        books = self._books
        kinds = {fault.value: fault.value.replace("_", " ") for fault in Fault}
        forward = "".join(
            f'<form method="post" action="/do/advance"><input type="hidden" name="days" value="{days}">{button(name)}</form>'
            for name, days in (("One day on", 1), ("One month on", 31), ("One year on", 366))
        )
        order = (
            field("Fault", "fault", options=kinds)
            + field("For what begins with", "on")
            + field("Seconds", "seconds", "1")
        )
        content = [
            "<h1>Stripe, the stand-in</h1>",
            f"<p>No real money. The clock says {day(books.now())} UTC.</p><div class=row>{forward}</div>",
            f'<h2>Faults</h2><form method="post" action="/do/fault">{order}{button("Order it")}</form>',
            f"<p>{text(', '.join(f'{one.fault} {one.on}'.strip() for one in self._sandbox.faults.orders) or 'None is ordered.')}</p>",
            "<h2>Subscriptions</h2>",
            table(
                (
                    text(self._books.get("customer", one["customer"]).get("email", "")),
                    text(f"{one['items']['data'][0]['quantity']} × {one['items']['data'][0]['price']['lookup_key']}"),
                    text(one["status"]),
                    day(one["items"]["data"][0]["current_period_end"]),
                )
                for one in books.all("subscription")[:SHOWN]
            ),
            "<h2>Invoices</h2>",
            table(
                (
                    f'<a href="/invoices/{one["id"]}">{text(one["number"] or "draft")}</a>',
                    text(one["customer_email"] or ""),
                    money(one["total"], one["currency"]),
                    text(one["status"]),
                )
                for one in books.all("invoice")[:SHOWN]
            ),
            "<h2>Payments</h2>",
            table(self._payment_row(one) for one in books.all("payment_intent")[:SHOWN]),
            "<h2>Events</h2>",
            table(
                (
                    day(one["created"]),
                    text(one["type"]),
                    text(f"{one.get('_told', 'waiting')} {one.get('_answer', '')}"),
                    f'<form method="post" action="/do/tell"><input type="hidden" name="id" value="{one["id"]}">{button("Tell again")}</form>',
                )
                for one in books.all("event")[:SHOWN]
            ),
        ]
        return page("Stripe, the stand-in", content)

    def _payment_row(self, one: Thing) -> Iterable[str]:
        acts = ""
        if one["status"] == "succeeded":
            hidden = f'<input type="hidden" name="id" value="{one["id"]}">'
            acts = "".join(
                f'<form method="post" action="/do/{act}">{hidden}{button(name)}</form>'
                for act, name in (("refund", "Refund"), ("dispute", "Dispute"))
            )
        return (
            text(one["id"]),
            money(one["amount"], one["currency"]),
            text(one["status"]),
            f"<div class=row>{acts}</div>",
        )

    async def do(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            match request.match_info["what"]:
                case "advance":
                    self._sandbox.diary.advance(self._books.now() + int(form["days"]) * DAY)
                case "fault":
                    self._sandbox.faults.order(
                        Order(Fault(form["fault"]), on=form["on"], seconds=float(form["seconds"]))
                    )
                case "refund":
                    self._sandbox.payments.refund(self._sandbox.payments.charge_of(form["id"]), {})
                case "dispute":
                    self._sandbox.payments.dispute(self._sandbox.payments.charge_of(form["id"]), "product_unacceptable")
                case "tell":
                    self._sandbox.notices.again(self._books.get("event", form["id"]))
        except (Refusal, ValueError, KeyError) as error:
            return page("Not possible", [f"<h1>Not possible</h1><p>{text(error)}</p>"], status=400)
        raise web.HTTPSeeOther("/")


def _on(session: Thing) -> web.Response:
    """To where the shop wants people after they have paid."""
    raise web.HTTPSeeOther(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]))


def _gone(message: str) -> web.Response:
    return page("Not here", [f"<h1>Not here</h1><p>{text(message)}</p>"], status=404)
