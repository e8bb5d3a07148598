"""A stand-in for Replicate on the wire: the real HTTP contract, simulated pictures, and faults on command.

app          the API's routes, and the control routes tests steer it by
predictions  the life of one prediction, and its webhooks
faults       what can go wrong, and which order hits which prediction
pictures     a plausible staging of any photo, with a chosen drift
"""
