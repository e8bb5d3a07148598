/** How pieces of a plan would look in the photo: their boxes, seen by the camera of the room reading. Pure. */
import { footprint, type Camera, type Point, type Standing } from "./plan";

/** Metres before the camera from which on something can be seen. */
const NEAR = 0.1;

/** A point of the room in shares of the picture; null where it is not before the camera. */
export function projected(camera: Camera, [x, y, z]: [number, number, number]): Point | null {
  const from = [x, y, z - camera.height];
  const [right = 0, down = 0, forward = 0] = camera.rotation.map((row) => row.reduce((sum, part, at) => sum + part * (from[at] ?? 0), 0));
  if (forward < NEAR) return null;
  const pixel = [camera.cx + (camera.focal * right) / forward, camera.cy + (camera.focal * down) / forward];
  return [((pixel[0] ?? 0) + 0.5) / camera.width, ((pixel[1] ?? 0) + 0.5) / camera.height_px];
}

export type Outline = { id: number; floor: Point[]; hull: Point[] };

/** What pieces cover in the picture, the farthest first; those that reach behind the camera are left out. */
export function outlines(camera: Camera, pieces: Standing[]): Outline[] {
  return [...pieces]
    .sort((a, b) => b.y - a.y || a.z - b.z)
    .flatMap((piece) => {
      const low = piece.mount === "ceiling" ? piece.z - piece.height : piece.z;
      const corners = (z: number) => footprint(piece).map(([x, y]) => projected(camera, [x, y, z]));
      const floor = corners(low).filter((point) => point !== null);
      const top = corners(low + piece.height).filter((point) => point !== null);
      return floor.length + top.length === 8 ? [{ id: piece.id, floor, hull: hull([...floor, ...top]) }] : [];
    });
}

/** The convex hull (monotone chain; Andrew, 1979). */
export function hull(points: Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...chain(sorted), ...chain(sorted.reverse())];
}

function chain(points: Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length > 1 && !turnsLeft(kept.at(-2) as Point, kept.at(-1) as Point, point)) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

function turnsLeft(a: Point, b: Point, c: Point): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
}
