"""Money: what an account may spend, what is held for work under way, what was earned.

    service   hold, settle, release, grant; usage and budget
    rules     plans, prices, the month, what a budget says
    store     every statement

Amounts are integers, millionths of a US dollar; on the wire decimal dollars. See docs/explanation/money.md.
"""
