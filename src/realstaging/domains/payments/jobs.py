"""What workers do for payments."""

from __future__ import annotations

from realstaging.domains.payments import account_data, hooks, plans
from realstaging.domains.payments.payloads import EndExtra, FitMembers, ForgetAsked, ForgetCustomer, Handle
from realstaging.runtime.jobs import Handler, by_kind

HANDLERS = by_kind(
    Handler(Handle, hooks.handle, hooks.bury),
    Handler(EndExtra, hooks.end_extra),
    Handler(FitMembers, plans.fit_members),
    Handler(ForgetCustomer, account_data.forget_customer, account_data.bury),
    Handler(ForgetAsked, account_data.forget_asked, account_data.bury_asked),
)
