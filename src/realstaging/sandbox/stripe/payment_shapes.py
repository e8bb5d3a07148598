"""New payments, how they are paid, and what is given back or disputed of them."""

from __future__ import annotations

from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.cards import Card
from realstaging.sandbox.stripe.clock import DAY
from realstaging.sandbox.stripe.shapes import NO_ADDRESS, new


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
    return new(
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
    made = new(
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


def charge(books: Books, intent: Thing, method: Thing, refused: tuple[str, str] | None = None) -> Thing:
    """``refused``: the code and the words with which the bank did."""
    paid = refused is None
    code, words = refused or (None, None)
    return new(
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
    made = new(
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
    return answered | new(
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
