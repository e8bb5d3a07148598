import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { footprint, fromBelow, type Point, type Room, type Standing } from "./plan";

const MARGIN = 0.3;
/** Metres per press of an arrow key; with Shift further. */
const STEP = 0.05;
const STRIDE = 0.25;
/** Metres that a letter and a line of a name take. */
const LETTER = 0.085;
const LINE = 0.17;
const ARROWS: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

type Props = {
  room: Room;
  pieces: Standing[];
  chosen: number | null;
  conflicts: Set<number>;
  onChoose: (id: number) => void;
  onShift: (id: number, by: Point) => void;
  onTurn: (id: number, steps: number) => void;
  onRemove: (id: number) => void;
  /** A movement by pointer begins: what follows is one step to undo. */
  onBegin: () => void;
};

/** The room from above, the camera below; pieces are dragged, or moved with the keys. */
export function FloorPlan({ room, pieces, chosen, conflicts, onChoose, onShift, onTurn, onRemove, onBegin }: Props) {
  const drawing = useRef<SVGSVGElement>(null);
  const last = useRef<{ id: number; at: Point; moved: boolean } | null>(null);
  const metres = (event: PointerEvent): Point => {
    const matrix = drawing.current?.getScreenCTM()?.inverse();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    return [x, -y];
  };
  const down = (event: PointerEvent<SVGElement>, id: number) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = { id, at: metres(event), moved: false };
    onChoose(id);
  };
  const move = (event: PointerEvent<SVGElement>) => {
    const from = last.current;
    if (!from) return;
    const at = metres(event);
    if (!from.moved) onBegin();
    last.current = { ...from, at, moved: true };
    onShift(from.id, [at[0] - from.at[0], at[1] - from.at[1]]);
  };
  const press = (event: KeyboardEvent, id: number) => {
    const arrow = ARROWS[event.key];
    const length = event.shiftKey ? STRIDE : STEP;
    const turn = { "[": 1, "]": -1 }[event.key];
    if (arrow) {
      onBegin();
      onShift(id, [arrow[0] * length, arrow[1] * length]);
    } else if (turn) onTurn(id, turn);
    else if (event.key === "Delete" || event.key === "Backspace") onRemove(id);
    else if (event.key === "Enter" || event.key === " ") onChoose(id);
    else return;
    event.preventDefault();
  };
  const width = room.x_max - room.x_min;
  const depth = room.y_max - room.y_min;
  const view = [room.x_min - MARGIN, -room.y_max - MARGIN, width + 2 * MARGIN, depth + 2 * MARGIN];
  return (
    <svg
      ref={drawing}
      className="floor-plan"
      viewBox={view.join(" ")}
      role="group"
      aria-label="Floor plan, seen from above"
      style={{ aspectRatio: (view[2] as number) / (view[3] as number) }}
    >
      <rect className="plan-room" x={room.x_min} y={-room.y_max} width={width} height={depth} />
      <polygon className="plan-seen" points={flipped(room.seen)} />
      {room.openings.map(({ kind, from, to }, at) => (
        <line key={at} className="plan-opening" data-kind={kind} x1={from[0]} y1={-from[1]} x2={to[0]} y2={-to[1]}>
          <title>{kind}</title>
        </line>
      ))}
      {fromBelow(pieces).map((piece) => (
        <g
          key={piece.id}
          className="plan-piece"
          role="button"
          tabIndex={0}
          aria-pressed={piece.id === chosen}
          aria-label={piece.label}
          aria-description="Arrow keys move it, Shift further; square brackets turn it; Delete removes it."
          data-mount={piece.mount}
          data-flat={piece.height < 0.06}
          data-conflict={conflicts.has(piece.id)}
          onPointerDown={(event) => down(event, piece.id)}
          onPointerMove={move}
          onPointerUp={() => (last.current = null)}
          onPointerCancel={() => (last.current = null)}
          onKeyDown={(event) => press(event, piece.id)}
        >
          <polygon points={flipped(footprint(piece))} />
          <Front piece={piece} />
          <Name piece={piece} />
        </g>
      ))}
      <Camera room={room} />
    </svg>
  );
}

/** A stroke along the side that a piece turns to the room. */
function Front({ piece }: { piece: Standing }) {
  if (piece.mount !== "floor" || piece.height < 0.06) return null;
  const inner = footprint({ ...piece, width: piece.width * 0.8, depth: piece.depth * 0.8 });
  const [left, right] = [inner[0] as Point, inner[1] as Point];
  return <line className="plan-front" x1={left[0]} y1={-left[1]} x2={right[0]} y2={-right[1]} />;
}

/** A piece's name, where there is room for it. */
function Name({ piece: { label, mount, width, depth, height, x, y, rotation } }: { piece: Standing }) {
  const flat = height < 0.06;
  const words = flat ? [label] : label.split(" ");
  const longest = Math.max(...words.map((word) => word.length)) * LETTER;
  if (mount !== "floor" || longest > width || words.length * LINE > depth) return null;
  // Along its width, and never upside down.
  const angle = -Math.atan(Math.tan(rotation)) * (180 / Math.PI);
  const middle = flat ? depth / 2 - LINE : -((words.length - 1) * LINE) / 2;
  return (
    <text transform={`translate(${x} ${-y}) rotate(${angle})`} textAnchor="middle" dominantBaseline="central" aria-hidden>
      {words.map((word, at) => (
        <tspan key={at} x={0} y={middle + at * LINE}>
          {`${word} `}
        </tspan>
      ))}
    </text>
  );
}

/** Where the photo was taken from: above the origin, looking into the room; at the lower edge if it is farther off. */
function Camera({ room }: { room: Room }) {
  const y = Math.min(0, -room.y_min + MARGIN / 3);
  return (
    <g className="plan-camera" aria-hidden>
      <path d={`M -0.16 ${y + 0.1} L 0 ${y - 0.12} L 0.16 ${y + 0.1} Z`} />
    </g>
  );
}

function flipped(points: Point[]): string {
  return points.map(([x, y]) => `${x},${-y}`).join(" ");
}
