import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { afterKey } from "./corrections";
import type { Point } from "./plan";

type Props = {
  point: Point;
  name: string;
  kind: "corner" | "area";
  onMove: (to: Point) => void;
  /** Held or let go by a pointer. */
  onHold: (held: boolean) => void;
};

/** A point over a picture, to be dragged by mouse or finger, or moved with the arrow keys. */
export function DragPoint({ point, name, kind, onMove, onHold }: Props) {
  const grip = useRef<Point | null>(null);
  const at = (event: PointerEvent<HTMLElement>): Point => {
    const frame = event.currentTarget.parentElement?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
  };
  const down = (event: PointerEvent<HTMLElement>) => {
    const [x, y] = at(event);
    // Held where it was taken, it doesn't jump under the finger.
    grip.current = [point[0] - x, point[1] - y];
    event.currentTarget.setPointerCapture(event.pointerId);
    onHold(true);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (!grip.current) return;
    const [x, y] = at(event);
    onMove([x + grip.current[0], y + grip.current[1]]);
  };
  const up = () => {
    grip.current = null;
    onHold(false);
  };
  const press = (event: KeyboardEvent) => {
    const next = afterKey(event.key, event.shiftKey, point);
    if (!next) return;
    event.preventDefault();
    onMove(next);
  };
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return (
    <button
      type="button"
      className="drag-point"
      data-kind={kind}
      style={{ left: `${point[0] * 100}%`, top: `${point[1] * 100}%` }}
      aria-label={name}
      aria-description={`${percent(point[0])} from the left, ${percent(point[1])} from the top. Move it with the arrow keys, further with Shift.`}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={press}
    />
  );
}
