import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { Linked } from "../../shared/Linked";
import "./compare.css";
import type { Sources } from "./sources";
import { shareAfterKey, shareAt, sideways, swiped } from "./slider";

type Props = {
  before: Sources;
  after: Sources;
  ratio: number;
  name: string;
  /** How wide it will be shown (the `sizes` of an `img`). */
  sizes?: string;
  loading?: "eager" | "lazy";
  /** Where given, only the handle is dragged; a swipe over the picture asks for the one before (-1) or after (1). */
  onSwipe?: (by: -1 | 1) => void;
  /** Where the divider is at first. */
  start?: number;
};

/** Before and after in one frame, divided by a handle for pointer, touch and keyboard. */
export function Compare({ before, after, ratio, name, sizes, loading = "lazy", onSwipe, start = 0.5 }: Props) {
  const [share, setShare] = useState(start);
  const begun = useRef<{ x: number; y: number; swiping: boolean; dragging: boolean } | null>(null);

  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    setShare(shareAt(event.clientX, frame.left, frame.width));
  };
  const down = (event: PointerEvent<HTMLDivElement>) => {
    const onHandle = event.target instanceof Element && event.target.closest(".handle") !== null;
    const swiping = onSwipe !== undefined && !onHandle;
    // A finger may be about to scroll the page: the divider waits for it to move sideways, or to be lifted.
    const dragging = !swiping && event.pointerType !== "touch";
    begun.current = { x: event.clientX, y: event.clientY, swiping, dragging };
    event.currentTarget.setPointerCapture(event.pointerId);
    if (dragging) follow(event);
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const from = begun.current;
    if (event.buttons === 0 || !from || from.swiping) return;
    from.dragging ||= sideways(event.clientX - from.x, event.clientY - from.y);
    if (from.dragging) follow(event);
  };
  const up = (event: PointerEvent<HTMLDivElement>) => {
    const from = begun.current;
    begun.current = null;
    if (!from || from.dragging) return;
    const by = from.swiping ? swiped(event.clientX - from.x, event.clientY - from.y) : 0;
    if (by) onSwipe?.(by);
    else follow(event);
  };
  const press = (event: KeyboardEvent) => {
    const next = shareAfterKey(event.key, share);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setShare(next);
  };

  const percent = Math.round(share * 100);
  return (
    <div
      className="compare"
      style={{ aspectRatio: ratio }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => (begun.current = null)}
    >
      <Linked {...after} sizes={sizes} alt={`${name}, staged`} draggable={false} loading={loading} />
      <div className="before" style={{ clipPath: `inset(0 ${100 - share * 100}% 0 0)` }}>
        <Linked {...before} sizes={sizes} alt={`${name}, as it is`} draggable={false} loading={loading} />
      </div>
      <span className="tag" style={{ left: 10, opacity: share < 0.1 ? 0 : 1 }}>
        Before
      </span>
      <span className="tag" style={{ right: 10, opacity: share > 0.9 ? 0 : 1 }}>
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
