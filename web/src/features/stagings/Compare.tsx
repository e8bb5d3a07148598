import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { shareAfterKey, shareAt } from "./slider";

type Props = { before: string; after: string; ratio: number; name: string };

/** Before and after in one frame, divided by a handle for pointer, touch and keyboard. */
export function Compare({ before, after, ratio, name }: Props) {
  const [share, setShare] = useState(0.5);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const frame = event.currentTarget.getBoundingClientRect();
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    setShare(shareAt(event.clientX, frame.left, frame.width));
  };
  const press = (event: KeyboardEvent) => {
    const next = shareAfterKey(event.key, share);
    if (next === null) return;
    event.preventDefault();
    setShare(next);
  };
  const percent = Math.round(share * 100);
  return (
    <div className="compare" style={{ aspectRatio: ratio }} onPointerDown={follow} onPointerMove={follow}>
      <img src={after} alt={`${name}, staged`} draggable={false} />
      <div className="before" style={{ clipPath: `inset(0 ${100 - share * 100}% 0 0)` }}>
        <img src={before} alt={`${name}, as it is`} draggable={false} />
      </div>
      <span className="tag" style={{ left: 10 }}>
        Before
      </span>
      <span className="tag" style={{ right: 10 }}>
        Virtually staged
      </span>
      <div
        className="handle"
        style={{ left: `${share * 100}%` }}
        role="slider"
        tabIndex={0}
        aria-label="Before and after"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${percent} % before`}
        onKeyDown={press}
      />
    </div>
  );
}
