"""New objects, with every field that Stripe's published schema requires and those we read (`make contract` compares)."""

from __future__ import annotations

from typing import Any

from realstaging.sandbox.stripe.books import Books, Thing, listed
from realstaging.sandbox.stripe.cards import Card
from realstaging.sandbox.stripe.clock import DAY

NO_ADDRESS: Thing = {
    "city": None,
    "country": None,
    "line1": None,
    "line2": None,
    "postal_code": None,
    "state": None,
}


def _new(books: Books, kind: str, **fields: Any) -> Thing:
    return {"id": books.new_id(kind), "object": kind, "created": books.now(), "livemode": False, **fields}


def customer(books: Books, given: Thing) -> Thing:
    return _new(
        books,
        "customer",
        address=None,
        balance=0,
        currency=None,
        default_source=None,
        delinquent=False,
        description=given.get("description"),
        discount=None,
        email=given.get("email") or None,
        invoice_prefix="SBX",
        invoice_settings={
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        metadata=given.get("metadata", {}),
        name=given.get("name") or None,
        next_invoice_sequence=1,
        phone=None,
        preferred_locales=given.get("preferred_locales", []) or [],
        shipping=None,
        tax_exempt="none",
        test_clock=given.get("test_clock"),
        _vat_id=None,
    )


def product(books: Books, given: Thing) -> Thing:
    made = _new(
        books,
        "product",
        active=True,
        default_price=None,
        description=given.get("description") or None,
        images=[],
        marketing_features=[],
        metadata=given.get("metadata", {}),
        name=given["name"],
        package_dimensions=None,
        shippable=None,
        statement_descriptor=None,
        tax_code=given.get("tax_code"),
        unit_label=None,
        updated=books.now(),
        url=None,
    )
    return {**made, "id": given.get("id") or made["id"]}


def price(books: Books, given: Thing, options: Thing) -> Thing:
    """``options``: amounts and taxes by currency, the main one first."""
    currency, main = next(iter(options.items()))
    recurring = given.get("recurring")
    return _new(
        books,
        "price",
        active=True,
        billing_scheme="per_unit",
        currency=currency,
        currency_options=options,
        custom_unit_amount=None,
        lookup_key=given.get("lookup_key"),
        metadata=given.get("metadata", {}),
        nickname=given.get("nickname"),
        product=given["product"],
        recurring={
            "interval": recurring["interval"],
            "interval_count": int(recurring.get("interval_count", 1)),
            "meter": None,
            "usage_type": recurring.get("usage_type", "licensed"),
        }
        if recurring
        else None,
        tax_behavior=main["tax_behavior"],
        tiers_mode=None,
        transform_quantity=None,
        type="recurring" if recurring else "one_time",
        unit_amount=main["unit_amount"],
        unit_amount_decimal=str(main["unit_amount"]),
    )


def currency_option(amount: int, tax_behavior: str) -> Thing:
    return {
        "custom_unit_amount": None,
        "tax_behavior": tax_behavior,
        "unit_amount": amount,
        "unit_amount_decimal": str(amount),
    }


def payment_method(books: Books, customer_id: str, card: Card) -> Thing:
    bank = not card.number.isdigit()
    kind = "sepa_debit" if bank else "card"
    details: Thing = (
        {
            "bank_code": "37040044",
            "branch_code": None,
            "country": "DE",
            "fingerprint": "sandbox",
            "generated_from": None,
            "last4": card.last4,
        }
        if bank
        else {
            "brand": "visa",
            "checks": None,
            "country": "US",
            "display_brand": "visa",
            "exp_month": 12,
            "exp_year": 2040,
            "fingerprint": "sandbox",
            "funding": "credit",
            "generated_from": None,
            "last4": card.last4,
            "networks": {"available": ["visa"], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        }
    )
    return _new(
        books,
        "payment_method",
        allow_redisplay="limited",
        billing_details={"address": NO_ADDRESS, "email": None, "name": None, "phone": None, "tax_id": None},
        customer=customer_id,
        metadata={},
        type=kind,
        _number=card.number,
        _confirmed=False,
        **{kind: details},
    )


def payment_intent(books: Books, customer_id: str, amount: int, currency: str, metadata: Thing) -> Thing:
    made = _new(
        books,
        "payment_intent",
        amount=amount,
        amount_capturable=0,
        amount_received=0,
        application=None,
        application_fee_amount=None,
        automatic_payment_methods=None,
        canceled_at=None,
        cancellation_reason=None,
        capture_method="automatic",
        confirmation_method="automatic",
        currency=currency,
        customer=customer_id,
        description=None,
        last_payment_error=None,
        latest_charge=None,
        metadata=metadata,
        next_action=None,
        on_behalf_of=None,
        payment_method=None,
        payment_method_configuration_details=None,
        payment_method_options={},
        payment_method_types=["card"],
        processing=None,
        receipt_email=None,
        review=None,
        setup_future_usage=None,
        shipping=None,
        statement_descriptor=None,
        statement_descriptor_suffix=None,
        status="requires_payment_method",
        transfer_data=None,
        transfer_group=None,
        excluded_payment_method_types=None,
    )
    return {**made, "client_secret": f"{made['id']}_secret_sandbox"}


def charge(books: Books, intent: Thing, method: Thing, *, paid: bool, code: str | None, words: str | None) -> Thing:
    return _new(
        books,
        "charge",
        amount=intent["amount"],
        amount_captured=intent["amount"] if paid else 0,
        amount_refunded=0,
        application=None,
        application_fee=None,
        application_fee_amount=None,
        balance_transaction=None,
        billing_details={"address": NO_ADDRESS, "email": None, "name": None, "phone": None, "tax_id": None},
        calculated_statement_descriptor="REAL STAGING SANDBOX",
        captured=paid,
        currency=intent["currency"],
        customer=intent["customer"],
        description=None,
        disputed=False,
        failure_balance_transaction=None,
        failure_code=code,
        failure_message=words,
        fraud_details={},
        metadata=dict(intent["metadata"]),
        on_behalf_of=None,
        outcome=None,
        paid=paid,
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=None,
        receipt_email=None,
        receipt_number=None,
        receipt_url=None,
        refunded=False,
        review=None,
        shipping=None,
        source_transfer=None,
        statement_descriptor=None,
        statement_descriptor_suffix=None,
        status="succeeded" if paid else "failed",
        transfer_data=None,
        transfer_group=None,
    )


def refund(books: Books, charged: Thing, amount: int, given: Thing) -> Thing:
    made = _new(
        books,
        "refund",
        amount=amount,
        balance_transaction=None,
        charge=charged["id"],
        currency=charged["currency"],
        metadata=given.get("metadata", {}),
        payment_intent=charged["payment_intent"],
        reason=given.get("reason"),
        receipt_number=None,
        source_transfer_reversal=None,
        status="succeeded",
        transfer_reversal=None,
    )
    del made["livemode"]
    return made


DISPUTE_ANSWER = (
    "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal customer_communication "
    "customer_email_address customer_name customer_purchase_ip customer_signature duplicate_charge_documentation "
    "duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy refund_policy_disclosure "
    "refund_refusal_explanation service_date service_documentation shipping_address shipping_carrier shipping_date "
    "shipping_documentation shipping_tracking_number uncategorized_file uncategorized_text"
)


def dispute(books: Books, charged: Thing, reason: str) -> Thing:
    answered = {
        "evidence": {**dict.fromkeys(DISPUTE_ANSWER.split()), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": books.now() + 9 * DAY,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
    }
    return answered | _new(
        books,
        "dispute",
        amount=charged["amount"] - charged["amount_refunded"],
        balance_transactions=[],
        charge=charged["id"],
        currency=charged["currency"],
        enhanced_eligibility_types=[],
        is_charge_refundable=False,
        metadata={},
        payment_intent=charged["payment_intent"],
        reason=reason,
        status="needs_response",
    )


def subscription_item(books: Books, subscription_id: str, of: Thing, quantity: int, period: tuple[int, int]) -> Thing:
    """``of``: the price, as subscriptions show it: in the subscription's currency."""
    made = _new(
        books,
        "subscription_item",
        billing_thresholds=None,
        current_period_end=period[1],
        current_period_start=period[0],
        discounts=[],
        metadata={},
        price=of,
        quantity=quantity,
        subscription=subscription_id,
        tax_rates=[],
    )
    del made["livemode"]
    return made


def subscription(books: Books, customer_id: str, currency: str, *, metadata: Thing, tax: bool) -> Thing:
    """Without its item."""
    made = _new(
        books,
        "subscription",
        application=None,
        application_fee_percent=None,
        automatic_tax={"disabled_reason": None, "enabled": tax, "liability": {"type": "self"} if tax else None},
        billing_cycle_anchor=books.now(),
        billing_cycle_anchor_config=None,
        billing_mode={"type": "flexible", "flexible": {"proration_discounts": "included"}, "updated_at": books.now()},
        billing_schedules=[],
        billing_thresholds=None,
        cancel_at=None,
        cancel_at_period_end=False,
        canceled_at=None,
        cancellation_details={"comment": None, "feedback": None, "reason": None},
        collection_method="charge_automatically",
        currency=currency,
        customer=customer_id,
        days_until_due=None,
        default_payment_method=None,
        default_source=None,
        default_tax_rates=[],
        description=None,
        discounts=[],
        ended_at=None,
        invoice_settings={"account_tax_ids": None, "issuer": {"type": "self"}},
        latest_invoice=None,
        metadata=metadata,
        next_pending_invoice_item_invoice=None,
        on_behalf_of=None,
        pause_collection=None,
        payment_settings={
            "payment_method_options": None,
            "payment_method_types": None,
            "save_default_payment_method": "on_subscription",
        },
        pending_invoice_item_interval=None,
        pending_setup_intent=None,
        pending_update=None,
        schedule=None,
        start_date=books.now(),
        status="incomplete",
        test_clock=None,
        transfer_data=None,
        trial_end=None,
        trial_settings={"end_behavior": {"missing_payment_method": "create_invoice"}},
        trial_start=None,
        _pending=None,
        _discount=0,
    )
    return {**made, "items": listed([], f"/v1/subscription_items?subscription={made['id']}")}


def invoice(books: Books, owner: Thing, currency: str, reason: str, period: tuple[int, int]) -> Thing:
    """A draft without lines and sums."""
    return _new(
        books,
        "invoice",
        account_country="US",
        account_name="Sandbox",
        account_tax_ids=None,
        amount_due=0,
        amount_overpaid=0,
        amount_paid=0,
        amount_paid_off_stripe=0,
        amount_remaining=0,
        amount_shipping=0,
        application=None,
        attempt_count=0,
        attempted=False,
        auto_advance=True,
        automatic_tax={"disabled_reason": None, "enabled": False, "liability": None, "provider": None, "status": None},
        billing_reason=reason,
        collection_method="charge_automatically",
        currency=currency,
        custom_fields=None,
        customer=owner["id"],
        customer_address=owner["address"],
        customer_email=owner["email"],
        customer_name=owner["name"],
        customer_phone=None,
        customer_shipping=None,
        customer_tax_exempt="none",
        customer_tax_ids=[],
        default_payment_method=None,
        default_source=None,
        default_tax_rates=[],
        description=None,
        discounts=[],
        due_date=None,
        effective_at=None,
        ending_balance=None,
        footer=None,
        from_invoice=None,
        hosted_invoice_url=None,
        invoice_pdf=None,
        issuer={"type": "self"},
        last_finalization_error=None,
        latest_revision=None,
        lines=listed([], "/v1/invoices/lines"),
        metadata={},
        next_payment_attempt=None,
        number=None,
        on_behalf_of=None,
        parent=None,
        payment_settings={"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        payments=listed([], "/v1/invoice_payments"),
        period_end=period[1],
        period_start=period[0],
        post_payment_credit_notes_amount=0,
        pre_payment_credit_notes_amount=0,
        receipt_number=None,
        rendering=None,
        shipping_cost=None,
        shipping_details=None,
        starting_balance=0,
        statement_descriptor=None,
        status="draft",
        status_transitions={
            "finalized_at": None,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        subtotal=0,
        subtotal_excluding_tax=None,
        test_clock=None,
        total=0,
        total_discount_amounts=[],
        total_excluding_tax=None,
        total_pretax_credit_amounts=[],
        total_taxes=[],
        webhooks_delivered_at=None,
        _finalize_at=None,
        _on_paid=None,
    )


def invoice_payment(books: Books, of: Thing, intent: Thing) -> Thing:
    return _new(
        books,
        "invoice_payment",
        amount_paid=None,
        amount_requested=of["amount_due"],
        currency=of["currency"],
        invoice=of["id"],
        is_default=True,
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
        status="open",
        status_transitions={"canceled_at": None, "paid_at": None},
    )


def webhook_endpoint(books: Books, given: Thing, secret: str) -> Thing:
    return _new(
        books,
        "webhook_endpoint",
        api_version=given.get("api_version"),
        application=None,
        description=given.get("description"),
        enabled_events=given["enabled_events"],
        metadata=given.get("metadata", {}),
        status="enabled",
        url=given["url"],
        _secret=secret,
    )


def test_clock(books: Books, given: Thing) -> Thing:
    return _new(
        books,
        "test_helpers.test_clock",
        deletes_after=books.now() + 30 * DAY,
        frozen_time=int(given["frozen_time"]),
        name=given.get("name"),
        status="ready",
        status_details={},
    )
