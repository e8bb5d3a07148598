"""Rank 7: what turns a photo and a brief into a picture.

`brief` holds the words (room types, styles, Brief, Staged, the Engine protocol); `catalog` says which engine can do what;
each engine has its own folder.
"""
