"""Rank 9: pictures in and out: decoded safely, upright, in sRGB; encoded for people and browsers. Knows no business.

Pixels are NumPy arrays of uint8, shape (height, width, 3), sRGB, upright.
"""
