"""Reading a room from one photo: lines, camera, box, scale, openings, what stands there, light, and how sure all that is.

`read.read_room` is the way in; it brings SciPy, which the processes that only hand out work need not load.
"""
