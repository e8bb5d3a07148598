"""Proof that the house is unchanged: an original and any staged picture of it, compared, judged and put back together.

examination.examine   register → compare → regions → gate   what changed, and may it
examination.restore   composite                             the furniture on the original's own pixels
overlay.overlay                                             the changes made visible
report                                                      what is told of it, which loads no library for pixels
"""
