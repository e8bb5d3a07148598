"""Generative models on Replicate, reached over its real HTTP API.

    models    which models there are: what they can do, what they take, what they cost (data)
    families  how each family of models wants its input
    prompts   what a model is told, by room, style and operation
    padding   a photo fitted to an aspect ratio a model knows, and its answer back again
    client    create, look, cancel, list, fetch: one HTTP call each, never paying twice
    webhook   is this notice really from Replicate, and from just now?

Nothing here knows the database: who calls keeps the attempt rows (docs/how-to/replicate.md).
"""
