"""What tests and benchmarks share, and neither ships: the whole service in one process, workers that die at a step, what finds the mistakes of plans.

It may import everything of ``realstaging``; nothing of ``realstaging`` imports it (decision 92, held by ``lint-imports``).
"""
