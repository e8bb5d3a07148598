"""What was asked of paid models, in PostgreSQL: the attempts of every staging, and what Replicate told of them.

service   the attempts as the engine keeps them; stop, take a notice, the models in force
jobs      what a worker does with a notice, with a stop, and with what nobody waits for any more
routes    Replicate's webhook
store     every statement
"""
