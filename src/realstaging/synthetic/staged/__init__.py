"""Houses furnished and rebuilt: ``rooms`` and ``furniture`` are the values, ``drawing`` makes pictures and masks of them.

``corruptions`` is everything a model is known to do to a house, ``examples`` the pairs that the network of `fidelity/` is taught
on, ``strangers`` what nobody asked for, ``pixels`` what happens to any picture, ``surfaces`` what things look like.
"""
