/** A plan seen from above, and what can be done to it. Metres, X right, Y into the room; angles counter-clockwise. Pure. */

import type { Plan } from "../../api/client";

export type Point = [number, number];

/** At (0, 0, `height`) metres; `rotation`'s rows are right, down and forward; the rest in pixels. */
export type Camera = {
  rotation: number[][];
  height: number;
  focal: number;
  cx: number;
  cy: number;
  width: number;
  height_px: number;
};

export type Placed = { piece: string; style: string; seed: number; x: number; y: number; z: number; rotation: number };

export type Size = { label: string; mount: "floor" | "wall" | "ceiling" | "surface"; width: number; depth: number; height: number };

type Opening = { kind: string; from: Point; to: Point };

export type Room = {
  x_min: number;
  x_max: number;
  y_min: number;
  y_max: number;
  ceiling: number;
  openings: Opening[];
  /** The floor that the photo shows, from above. */
  seen: Point[];
  /** The same in shares of the picture. */
  outline: Point[];
  camera: Camera;
};

/** What `GET /stagings/{id}/plan` gives; the service takes the plan in it back, edited, with all that we don't know of. */
export type PlanDocument = {
  pieces: Placed[];
  room: Room;
  furniture: Record<string, Size>;
  corrections: unknown;
};

/** A piece that keeps its identity while others come and go. */
export type Standing = Placed & Size & { id: number };

/** Lower things lie flat: others may stand on them. */
const FLAT = 0.06;

export function standing(plan: PlanDocument): Standing[] {
  return plan.pieces.flatMap((placed, id) => {
    const size = plan.furniture[placed.piece];
    return size ? [{ ...placed, ...size, id }] : [];
  });
}

/** Metres of floor before what the photo shows that belong to the plan as well. */
const FOREGROUND = 0.6;

/** The part of a room that is worth drawing: what is behind the camera's view is left out. */
export function inView(room: Room, pieces: Standing[]): Room {
  const near = [...room.seen, ...pieces.flatMap(footprint)].map(([, y]) => y - FOREGROUND);
  return near.length ? { ...room, y_min: Math.max(room.y_min, Math.min(...near)) } : room;
}

/** The plan to be rendered: the document with the pieces as they stand now, without what only explains it. */
export function edited({ room, furniture, corrections, ...plan }: PlanDocument, pieces: Standing[]): Plan {
  const placed = pieces.map(({ id, x, y, rotation }) => ({ ...(plan.pieces[id] as Placed), x: metres(x), y: metres(y), rotation }));
  return { ...(plan as unknown as Plan), pieces: placed };
}

/** Whether any piece is gone, or stands otherwise than the plan has it. */
export function rearranged(plan: PlanDocument, pieces: Standing[]): boolean {
  return JSON.stringify(edited(plan, pieces)) !== JSON.stringify(edited(plan, standing(plan)));
}

/** A piece and what stands on it. */
export function withRiders(pieces: Standing[], id: number): Set<number> {
  const carrier = pieces.find((piece) => piece.id === id);
  const riders = pieces.filter((piece) => carrier && piece.mount === "surface" && piece.id !== id && covers(carrier, piece));
  return new Set([id, ...riders.map((piece) => piece.id)]);
}

function covers(carrier: Standing, { x, y, z }: Standing): boolean {
  if (carrier.mount !== "floor" || z < carrier.height / 2) return false;
  const [along, across] = turnedBy(-carrier.rotation, [x - carrier.x, y - carrier.y]);
  return Math.abs(along) <= carrier.width / 2 && Math.abs(across) <= carrier.depth / 2;
}

/** Pieces after one was shifted, as far as the walls let it; what hangs on a wall only slides along it. */
export function shifted(pieces: Standing[], room: Room, id: number, by: Point): Standing[] {
  const piece = pieces.find((one) => one.id === id);
  if (!piece) return pieces;
  const wanted = piece.mount === "wall" ? along(piece.rotation, by) : by;
  const [x, y] = held(piece, room, [piece.x + wanted[0], piece.y + wanted[1]]);
  const moving = withRiders(pieces, id);
  const [dx, dy] = [x - piece.x, y - piece.y];
  return pieces.map((one) => (moving.has(one.id) ? { ...one, x: one.x + dx, y: one.y + dy } : one));
}

/** Pieces after one was turned about its middle, and pushed off the walls; what hangs on a wall stays as it is. */
export function turned(pieces: Standing[], room: Room, id: number, angle: number): Standing[] {
  const pivot = pieces.find((one) => one.id === id);
  if (!pivot || pivot.mount === "wall") return pieces;
  const moving = withRiders(pieces, id);
  const rotated = pieces.map((one) => {
    if (!moving.has(one.id)) return one;
    const [dx, dy] = turnedBy(angle, [one.x - pivot.x, one.y - pivot.y]);
    return { ...one, x: pivot.x + dx, y: pivot.y + dy, rotation: one.rotation + angle };
  });
  return shifted(rotated, room, id, [0, 0]);
}

/** Pieces without one and what stood on it. */
export function removed(pieces: Standing[], id: number): Standing[] {
  const going = withRiders(pieces, id);
  return pieces.filter((one) => !going.has(one.id));
}

/** Which pieces share floor with another, what lies flat and what hangs or stands on others left aside. */
export function overlapping(pieces: Standing[]): Set<number> {
  const solid = pieces.filter((one) => one.mount === "floor" && one.height > FLAT);
  const found = new Set<number>();
  solid.forEach((one, at) => {
    for (const other of solid.slice(at + 1)) {
      if (overlap(one, other)) found.add(one.id).add(other.id);
    }
  });
  return found;
}

/** The corners of what a piece covers. */
export function footprint({ x, y, width, depth, rotation }: Standing): Point[] {
  const corners: Point[] = [
    [-width / 2, -depth / 2],
    [width / 2, -depth / 2],
    [width / 2, depth / 2],
    [-width / 2, depth / 2],
  ];
  return corners.map((corner) => {
    const [dx, dy] = turnedBy(rotation, corner);
    return [x + dx, y + dy];
  });
}

/** The order in which pieces are drawn: what lies flat first, small things on others last. */
export function fromBelow(pieces: Standing[]): Standing[] {
  const rank = (one: Standing) => (one.mount === "floor" ? (one.height <= FLAT ? 0 : 1) : one.mount === "wall" ? 2 : 3);
  return [...pieces].sort((a, b) => rank(a) - rank(b) || b.width * b.depth - a.width * a.depth);
}

/** Two rectangles, by the separating axis theorem; a hand's breadth of them may touch. */
function overlap(one: Standing, other: Standing): boolean {
  const mine = footprint(one);
  const theirs = footprint(other);
  return [one.rotation, other.rotation].every((rotation) =>
    [rotation, rotation + Math.PI / 2].every((angle) => {
      const a = span(mine, angle);
      const b = span(theirs, angle);
      return Math.min(a.high, b.high) - Math.max(a.low, b.low) > 0.02;
    }),
  );
}

function span(points: Point[], angle: number): { low: number; high: number } {
  const reach = points.map(([x, y]) => x * Math.cos(angle) + y * Math.sin(angle));
  return { low: Math.min(...reach), high: Math.max(...reach) };
}

/** The nearest place to the wanted one at which a piece is within the walls; a piece too large for them stays in the middle. */
function held(piece: Standing, room: Room, wanted: Point): Point {
  const here = footprint({ ...piece, x: 0, y: 0 });
  const x = span(here, 0);
  const y = span(here, Math.PI / 2);
  return [
    between(wanted[0], room.x_min - x.low, room.x_max - x.high),
    between(wanted[1], room.y_min - y.low, room.y_max - y.high),
  ];
}

function between(value: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value));
}

function along(rotation: number, [x, y]: Point): Point {
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  const length = x * cos + y * sin;
  return [length * cos, length * sin];
}

function turnedBy(angle: number, [x, y]: Point): Point {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [x * cos - y * sin, x * sin + y * cos];
}

function metres(value: number): number {
  return Math.round(value * 1000) / 1000;
}
