"""What was asked of paid models, in PostgreSQL: the attempts of every staging, and what providers told of them.

service   the attempts as the engine keeps them; stop, take a notice, what a picture would cost
jobs      what a worker does with a notice, with a stop, and with what nobody waits for any more
routes    the webhooks of providers
store     every statement
"""
