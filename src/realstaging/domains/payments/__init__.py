"""What people pay us through Stripe, and what they get for it: customers, checkout, subscriptions, payments, refunds (decision 108)."""
