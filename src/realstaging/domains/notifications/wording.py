"""What letters say: one function for each kind, in the order of their kinds. Pure.

What people chose (names, files) comes through `rules.name` and `rules.plain`, and links are ours alone: a path below our own address.
"""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch
from typing import Final

import msgspec

from realstaging.domains.notifications.letters import (
    BatchReady,
    BudgetSpent,
    Erased,
    ErasureBegun,
    ExportReady,
    Invitation,
    Letter,
    MembersChanged,
    NewDevice,
    PaymentTrouble,
    Picture,
    Reason,
    StagingFailed,
    WebhookDisabled,
)
from realstaging.domains.notifications.rules import name, plain

LONGEST_SUBJECT: Final = 150
ALL: Final = 100
"""Percent."""


class Action(msgspec.Struct, frozen=True):
    """The one thing to do: what the button says, and a path of ours."""

    label: str
    path: str


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as it is read."""

    subject: str
    paragraphs: tuple[str, ...]
    why: str
    """Why this person gets it."""
    action: Action | None = None
    pictures: tuple[Picture, ...] = ()
    reasons: tuple[Reason, ...] = ()
    more_reasons: int = 0
    closing: str = ""


def words(letter: Letter) -> Words:
    """The letter in words."""
    written = _words(letter)
    return msgspec.structs.replace(written, subject=plain(written.subject, LONGEST_SUBJECT))


@singledispatch
def _words(letter: Letter) -> Words:
    raise TypeError(f"There are no words for {letter.kind}.")


@_words.register
def _invitation(letter: Invitation) -> Words:
    inviter, office = name(letter.inviter), name(letter.office)
    return Words(
        subject=f"{inviter} invites you to {office} on Real Staging",
        paragraphs=(
            f"{inviter} would like you to work in {office} on Real Staging, as {plain(letter.role)}.",
            f"The invitation is good until {_day(letter.expires_at)}. Follow the link and sign in; you will be asked before you join.",
        ),
        action=Action("See the invitation", letter.path),
        closing="If you do not know who this is, you need not do anything.",
        why="You get this letter because somebody gave us your address to invite you.",
    )


@_words.register
def _batch_ready(letter: BatchReady) -> Words:
    project = name(letter.project)
    over = _counted(letter.ready, "picture is", "pictures are")
    subject = f"{over} ready: {project}" if letter.ready else f"No picture could be made: {project}"
    told = (
        [f"{over} ready in {project}."]
        if letter.ready
        else [f"None of the pictures asked for in {project} could be made."]
    )
    if letter.failed:
        told.append(
            f"{_counted(letter.failed, 'picture', 'pictures')} could not be made. Nothing is charged for what failed."
        )
    if letter.canceled:
        told.append(f"{_counted(letter.canceled, 'staging was', 'stagings were')} canceled.")
    return Words(
        subject=subject,
        paragraphs=tuple(told),
        pictures=tuple(msgspec.structs.replace(picture, name=plain(picture.name)) for picture in letter.pictures),
        reasons=tuple(_reason(reason) for reason in letter.reasons),
        more_reasons=max(0, letter.failed - len(letter.reasons)),
        action=Action("Open the project", letter.path),
        closing="The pictures here are small. Full size, with the proof that the house is unchanged, is in the project.",
        why="You get this letter because you asked for these pictures.",
    )


@_words.register
def _staging_failed(letter: StagingFailed) -> Words:
    reason = _reason(letter.reason)
    return Words(
        subject=f"{reason.name} could not be staged: {name(letter.project)}",
        paragraphs=(f"There is no picture of {reason.name} in {name(letter.project)}. Nothing is charged for it.",),
        reasons=(reason,),
        action=Action("Open the project", letter.path),
        closing="You can try it again there, in another style or with another engine.",
        why="You get this letter because you asked for this picture.",
    )


@_words.register
def _new_device(letter: NewDevice) -> Words:
    return Words(
        subject="New sign-in to your account",
        paragraphs=(
            f"Your account was signed in to from a device we had not seen before: {name(letter.device)}, from {plain(letter.address, 60)}, on {_moment(letter.at)}.",
            "If that was you, you need not do anything. If it was not, end that session, and change your password where you sign in.",
        ),
        action=Action("See where you are signed in", letter.path),
        why="You get this letter because somebody signed in to your account.",
    )


@_words.register
def _export_ready(letter: ExportReady) -> Words:
    return Words(
        subject="Your export is ready",
        paragraphs=(
            "The export of everything in your account is ready to be downloaded.",
            f"It is there until {_day(letter.expires_at)}. You will be asked to sign in.",
        ),
        action=Action("Download the export", letter.path),
        why="You get this letter because an export was asked for in your account.",
    )


@_words.register
def _webhook_disabled(letter: WebhookDisabled) -> Words:
    endpoint = name(letter.endpoint)
    told = (
        f"Deliveries to your webhook endpoint {endpoint} keep failing. It will be switched off on {_moment(letter.off_at)}."
        if letter.off_at
        else f"Your webhook endpoint {endpoint} was switched off: nothing is sent to it any more."
    )
    return Words(
        subject=f"Webhook endpoint {'failing' if letter.off_at else 'switched off'}: {endpoint}",
        paragraphs=(told, f"The last thing we heard: {plain(letter.reason)}"),
        action=Action("See the deliveries", letter.path),
        closing="What was not delivered is kept, and can be sent again once the endpoint answers.",
        why="You get this letter because you look after the webhooks of an account.",
    )


PAYMENTS: Final = {
    "late": (
        "A payment of {account} did not come through",
        "The last payment for {plan} failed, or your bank asks you to confirm it. Nothing is lost: the plan stays until {until}.",
        "Update the card, or confirm the payment, before that. After it the account is on the free plan, and what you bought in packs stays.",
    ),
    "disputed": (
        "A payment of {account} is disputed",
        "A payment was disputed with the bank it was made from, and the bank has taken it back. The credit it bought is taken back, too.",
        "Until that is decided nothing new is paid for in this account; finished pictures stay. Write to us.",
    ),
    "ended": (
        "{plan} has ended for {account}",
        "The account is on the free plan now. Its pictures and projects stay, and so does what is left of packs.",
        "Whenever you like, choose a plan again.",
    ),
}


@_words.register
def _payment_trouble(letter: PaymentTrouble) -> Words:
    until = _day(letter.until) if letter.until else ""
    given = {"account": name(letter.account), "plan": plain(letter.plan, 40), "until": until}
    subject, *paragraphs = (sentence.format(**given) for sentence in PAYMENTS[letter.trouble])
    return Words(
        subject=subject,
        paragraphs=tuple(paragraphs),
        action=Action("Open billing", letter.path),
        why="You get this letter because you look after the payments of an account.",
    )


CHANGES: Final = {
    "joined": "{who} has joined {office}{role}.",
    "left": "{who} has left {office}. Their work stays.",
    "removed": "{who} was removed from {office}. Their work stays.",
    "role": "{who} has another role in {office} now{role}.",
    "suspended": "{who} was suspended in {office} and cannot sign in to it.",
    "restored": "{who} may work in {office} again.",
    "owner": "{who} is the owner of {office} now.",
}


@_words.register
def _members_changed(letter: MembersChanged) -> Words:
    role = f": {plain(letter.role)}" if letter.role else ""
    sentence = CHANGES[letter.change].format(who=name(letter.who), office=name(letter.office), role=role)
    return Words(
        subject=sentence.rstrip("."),
        paragraphs=(sentence,),
        action=Action("See the members", letter.path),
        why="You get this letter because you look after an office.",
    )


@_words.register
def _budget_spent(letter: BudgetSpent) -> Words:
    office, budget, month = name(letter.office), plain(letter.budget_usd, 20), f"{letter.month:%B %Y}"
    if letter.percent < ALL:
        return Words(
            subject=f"{letter.percent} % of the budget is spent: {office}",
            paragraphs=(
                f"{letter.percent} % of what {office} may spend in {month}, US$ {budget}, are spent or set aside for pictures under way.",
                "When all of it is, no more paid pictures are begun this month. Our own engine goes on, which costs nothing.",
            ),
            action=Action("See what was spent", letter.path),
            why="You get this letter because you look after this account's budget.",
        )
    return Words(
        subject=f"The budget is spent: {office}",
        paragraphs=(
            f"All that {office} may spend in {month}, US$ {budget}, is spent or set aside for pictures under way.",
            "No more paid pictures are begun until the month is over or you raise the budget. Our own engine goes on, which costs nothing.",
        ),
        action=Action("Look at the budget", letter.path),
        why="You get this letter because you look after this account's budget.",
    )


@_words.register
def _erasure_begun(letter: ErasureBegun) -> Words:
    account = name(letter.account)
    asked = f"{name(letter.who)} asked for {account} to be erased, with every project, photo and picture in it."
    again = (
        f"The service was put back to an earlier state, in which {account} was to be erased, with every project, photo and picture in it. "
        "If that was taken back since then, please take it back once more."
    )
    return Words(
        subject=f"{account} will be erased on {_day(letter.due_at)}",
        paragraphs=(
            asked if letter.who else again,
            f"It is suspended from now on. On {_moment(letter.due_at)} everything is erased, and nobody can bring it back. Until then an owner can take that back.",
        ),
        action=Action("Take it back", letter.path),
        closing="If you want a copy of everything, take the erasure back, have an export made, and ask for the erasure again.",
        why="You get this letter because you own this account.",
    )


@_words.register
def _erased(letter: Erased) -> Words:
    gone = [f"{plain(what.replace('_', ' '), 40)}: {count}" for what, count in sorted(letter.deleted.items())]
    return Words(
        subject="What was kept of you has been erased",
        paragraphs=(
            "Your account, or what we kept of you as a person, has been erased, as was asked for.",
            f"Erased, with the files that belonged to it, and every version of them: {', '.join(gone) or 'nothing was left'}.",
            f"Kept, and why: {' '.join(plain(one, 300) for one in letter.kept)}",
            f"The number of this receipt is {letter.receipt_id}.",
        ),
        closing="This is the last letter about it. Your address is not kept with it.",
        why="You get this letter because you owned an account that was to be erased, or were in no account any more.",
    )


def _reason(reason: Reason) -> Reason:
    return Reason(plain(reason.name), plain(reason.sentence, 300))


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _day(at: datetime) -> str:
    return f"{at:%-d %B %Y}"


def _moment(at: datetime | None) -> str:
    return f"{at:%-d %B %Y, %H:%M %Z}" if at else ""
