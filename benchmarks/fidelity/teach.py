"""Teach the network of `fidelity/network.py`: ``python -m benchmarks.fidelity.teach draw FOLDER [ROOMS]``, then ``learn FOLDER [MINUTES]``.

``draw`` keeps pairs of pictures (see `examples`) of rooms that nothing is measured on and no tree is grown on; begun again it goes on.
``learn`` takes them in any order, each time another cut-out, mirrored or not, until the time is up, and writes ``network.onnx``
beside the module. Both take an hour of two cores or more. Needs ``uv sync --group learn``.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from realstaging.fidelity import network
from realstaging.fidelity.compare import compare
from realstaging.fidelity.network import LONG_SIDE, Change, scaled
from realstaging.fidelity.report import Registration
from realstaging.synthetic.staged.examples import Example, examples

FIRST_ROOM: Final = 10_000
ROOMS: Final = 700
# Rooms that only tell how far it has come.
KEPT_BACK: Final = 12
WRITTEN: Final = Path(network.__file__).with_suffix(".onnx")
AS_IT_IS: Final = Registration(True, (1.0, 0, 0, 0, 1.0, 0, 0, 0, 1.0), 0.0, 0.0, 1.0, 0, 1.0)
# Pixels of a cut-out, of how many of the picture's own each is, and how many cut-outs make a step.
CUT: Final = (224, 320)
SCALES: Final = (0.7, 1.25)
BATCH: Final = 8
WIDTHS: Final = (20, 40, 72, 104, 128)
FASTEST: Final = 2e-3
# How much each `Change` counts: most pixels did not change.
WEIGHTS: Final = (0.4, 1.0, 1.0, 1.6)
# Bytes of CIELAB: L* in 1/2.55, a* and b* from -128.
UNITS: Final = np.array([2.55, 1, 1], np.float32)
ZERO: Final = np.array([0, 128, 128], np.float32)

# Smaller arrays of weights stay as they are.
FEWEST_HALVED: Final = 1000

Bytes = NDArray[np.uint8]


class Block(nn.Module):
    """Two convolutions of 3 x 3, each normalised."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)


class Net(nn.Module):
    """Logits at half the input's size."""

    def __init__(self) -> None:
        super().__init__()
        widths = WIDTHS
        self.down = nn.ModuleList(Block(a, b, 2) for a, b in zip((7, *widths), widths, strict=False))
        self.up = nn.ModuleList(Block(a + b, b) for a, b in zip(widths[:0:-1], widths[-2::-1], strict=True))
        self.told = nn.Conv2d(widths[0], len(Change), 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        levels = []
        for block in self.down:
            x = block(x)
            levels.append(x)
        for block, level in zip(self.up, levels[-2::-1], strict=True):
            larger = functional.interpolate(x, scale_factor=2.0, mode="nearest")
            x = block(torch.cat([larger, level], dim=1))
        return self.told(x)


def main() -> None:
    command, folder, *rest = sys.argv[1:]
    if command == "draw":
        draw(Path(folder), int(rest[0]) if rest else ROOMS)
    else:
        learn(Path(folder), float(rest[0]) if rest else 60.0)


def draw(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rooms = range(FIRST_ROOM, FIRST_ROOM + count)
    with Pool() as pool:
        for _ in pool.imap_unordered(partial(_drawn, folder), rooms):
            pass


def _drawn(folder: Path, seed: int) -> None:
    cv2.setNumThreads(1)
    path = folder / f"{seed}.npy"
    if not path.exists():
        pairs = np.stack([_looked_at(example) for example in examples(seed)])
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as out:
            np.save(out, pairs)
        unfinished.replace(path)


def _looked_at(example: Example) -> Bytes:
    """(height, width, 7) bytes: both in CIELAB as the gate compares them, at the size the network looks at, and the truth."""
    difference = compare(example.original, example.staged, AS_IT_IS)
    height, width = example.truth.shape
    scale = LONG_SIDE / max(height, width)
    size = round(width * scale), round(height * scale)
    colours = [
        np.clip(network.resized(plane, size) * UNITS + ZERO + 0.5, 0, 255).astype(np.uint8)
        for plane in (difference.original, difference.staged)
    ]
    return np.dstack([*colours, cv2.resize(example.truth, size, interpolation=cv2.INTER_NEAREST)])


def learn(folder: Path, minutes: float) -> None:
    torch.manual_seed(0)
    rooms = [np.load(path, mmap_mode="r") for path in sorted(folder.glob("*.npy"))]
    every = [(room, n) for room in rooms[KEPT_BACK:] for n in range(len(room))]
    rng = np.random.default_rng(0)
    net = Net().to(memory_format=torch.channels_last)
    print(f"{sum(p.numel() for p in net.parameters())} weights, {len(every)} pairs", flush=True)
    optimizer = torch.optim.AdamW(net.parameters(), lr=FASTEST, weight_decay=1e-3)
    weights = torch.tensor(WEIGHTS)
    began, step, total = time.monotonic(), 0, 0.0
    while (done := (time.monotonic() - began) / (minutes * 60)) < 1:
        # Warmed up, then slower along a cosine.
        rate = FASTEST * min(1.0, (step + 1) / 200) * (0.5 + 0.5 * float(np.cos(np.pi * done)))
        for group in optimizer.param_groups:
            group["lr"] = rate + 1e-6
        chosen = [every[int(n)] for n in rng.integers(len(every), size=BATCH)]
        loss = _loss(net, *_batch([_cut_out(room[n], rng) for room, n in chosen]), weights)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        step, total = step + 1, total + float(loss.detach())
        if step % 200 == 0:
            print(f"step {step}, {done:.0%} of the time: loss {total / 200:.4f}", flush=True)
            total = 0.0
        if step % 1000 == 0:
            print(_told(net, rooms[:KEPT_BACK]), flush=True)
    print(_told(net, rooms[:KEPT_BACK]))
    write(net)


def _loss(net: Net, x: torch.Tensor, truth: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = net(x)
    return functional.cross_entropy(logits.float(), truth, weight=weights)


def _batch(cuts: list[tuple[NDArray[np.float32], Bytes]]) -> tuple[torch.Tensor, torch.Tensor]:
    x = torch.from_numpy(np.stack([planes for planes, _ in cuts])).to(memory_format=torch.channels_last)
    return x, torch.from_numpy(np.stack([truth[::2, ::2] for _, truth in cuts]).astype(np.int64))


def _cut_out(pair: Bytes, rng: np.random.Generator) -> tuple[NDArray[np.float32], Bytes]:
    """A part of a pair at some scale, perhaps mirrored: the network's input and the truth."""
    height, width = pair.shape[:2]
    high, wide = CUT
    scale = max(float(rng.uniform(*SCALES)), high / height, wide / width)
    own_high, own_wide = min(height, round(high / scale)), min(width, round(wide / scale))
    top, left = int(rng.integers(height - own_high + 1)), int(rng.integers(width - own_wide + 1))
    part = np.ascontiguousarray(pair[top : top + own_high, left : left + own_wide])
    if rng.random() < 0.5:
        part = np.ascontiguousarray(part[:, ::-1])
    colours = cv2.resize(np.ascontiguousarray(part[..., :6]), (wide, high), interpolation=cv2.INTER_LINEAR)
    truth = cv2.resize(np.ascontiguousarray(part[..., 6]), (wide, high), interpolation=cv2.INTER_NEAREST)
    original, staged = ((colours[..., n : n + 3] - ZERO) / UNITS for n in (0, 3))
    down = np.linspace(top / height, (top + own_high) / height, high, dtype=np.float32)
    return scaled(original, staged, down), np.asarray(truth, np.uint8)


def _told(net: Net, rooms: list[Any]) -> str:
    """Of the rooms kept back: how much of each change is told, and how much of what is told is right."""
    net.eval()
    counts = np.zeros((len(Change), len(Change)), np.int64)
    rng = np.random.default_rng(1)
    with torch.no_grad():
        for room in rooms:
            x, truth = _batch([_cut_out(pair, rng) for pair in room])
            told = net(x).argmax(1)
            counts += np.bincount((truth * len(Change) + told).flatten().numpy(), minlength=counts.size).reshape(
                counts.shape
            )
    net.train()
    found = np.diag(counts) / np.maximum(1, counts.sum(1))
    right = np.diag(counts) / np.maximum(1, counts.sum(0))
    return ", ".join(f"{change.name} {found[change]:.3f} {right[change]:.3f}" for change in Change)


def write(net: Net) -> None:
    """Probabilities instead of logits, for pictures of any size."""
    told = nn.Sequential(net.eval(), nn.Softmax(dim=1))
    example = torch.zeros(1, 7, 352, LONG_SIDE)
    sizes = {0: "pictures", 2: "height", 3: "width"}
    torch.onnx.export(
        told,
        (example,),
        str(WRITTEN),
        input_names=["planes"],
        output_names=["probabilities"],
        dynamic_axes={"planes": sizes, "probabilities": sizes},
        opset_version=17,
        dynamo=False,
    )
    onnx.save(_halved(onnx.load(WRITTEN)), WRITTEN)
    print(f"{WRITTEN}: {WRITTEN.stat().st_size} bytes")


def _halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same with its weights stored as half floats, made whole again when it is loaded: half the file, the same probabilities to 0.1 %."""
    graph = model.graph
    casts = []
    for stored in graph.initializer:
        weights = onnx.numpy_helper.to_array(stored)
        if weights.dtype == np.float32 and weights.size > FEWEST_HALVED:
            name = stored.name
            stored.CopyFrom(onnx.numpy_helper.from_array(weights.astype(np.float16), f"{name}.half"))
            casts.append(onnx.helper.make_node("Cast", [f"{name}.half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


if __name__ == "__main__":
    main()
