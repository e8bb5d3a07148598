"""Speed and size, measured: `python -m benchmarks` prints every figure beside its budget. See docs/reference/performance.md."""
