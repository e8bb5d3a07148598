"""The one library of drawn rooms: for the demo project, tests, benchmarks and training. Never for the API or a worker.

A room is a typed value, drawn from a seed; from it come its camera, its picture and the truth about it:

=============  =============================================================  ===============================================
module         the room                                                       truth
=============  =============================================================  ===============================================
``bare``       a box with openings in flat colours, as a reading has it       the face behind every pixel
``empty``      a decorated box: light, lens, tilt, boards, doors, windows     camera, box, openings
``demo``       one furnished by nobody, for show                              camera, box, openings
``staged``     a house furnished and rebuilt                                  where furniture is, where the house changed
=============  =============================================================  ===============================================

Boxes, cameras and what a ray meets are in ``geometry``: written down here anew, so that no truth is computed by the code that
is judged by it (decision 92). World as everywhere: metres, X to the right, Y into the room, Z up. Same seed, same pixels.
"""
