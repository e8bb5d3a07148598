/** What a person knows better than the room reading, as it is drawn over the photo. Points are shares of the picture. Pure. */
import type { NewStaging } from "../../api/client";
import type { Point } from "./plan";

export type Corrections = NonNullable<NewStaging["corrections"]>;

export type Draft = {
  /** Where walls meet the floor, from left to right. */
  corners: Point[];
  /** Whether somebody has said so, or they are where the reading (or nobody) put them. */
  meant: boolean;
  areas: Point[][];
  /** Metres. */
  ceiling: number | null;
};

/** So near to the picture's border (a share of it) a point is meant to be on it: the corner is out of view. */
const BORDER = 0.02;
const USUAL: Point[] = [
  [0, 0.84],
  [0.24, 0.64],
  [0.76, 0.64],
  [1, 0.84],
];
const FEWEST = 4;
export const MOST_AREAS = 16;
/** Where areas begin, one after the other: shares of the width from the middle. */
const ASIDE = [0, -0.24, 0.24, -0.12, 0.12];

export function firstDraft(outline: Point[] | undefined, before?: Partial<Corrections> | null): Draft {
  const given = (before?.floor_corners ?? []) as Point[];
  return {
    corners: given.length >= 3 ? padded(given) : cornersOf(outline ?? []),
    meant: given.length >= 3,
    areas: (before?.keep_clear ?? []) as Point[][],
    ceiling: before?.ceiling_height ?? null,
  };
}

/** The points at which walls meet the floor, of the floor's outline in the picture, from left to right. */
export function cornersOf(outline: Point[]): Point[] {
  const wall = outline.filter(([x, y]) => !(onBorder(x) && onBorder(y)));
  const line = wall.filter((_, at) => at === 0 || !near(wall[at] as Point, wall[at - 1] as Point));
  return line.length >= 3 ? padded([...line].sort((a, b) => a[0] - b[0])) : USUAL;
}

/** Four points to take hold of: a corner that is not in the picture lies where the last wall leaves it. */
function padded(corners: Point[]): Point[] {
  const last = corners.at(-1);
  return last && corners.length < FEWEST ? padded([...corners, last]) : corners;
}

/** A draft's corners after one was put somewhere. */
export function cornerAt(draft: Draft, at: number, to: Point): Draft {
  return { ...draft, meant: true, corners: draft.corners.map((corner, one) => (one === at ? snapped(to) : corner)) };
}

/** A draft's areas after a point of one was put somewhere. */
export function areaAt(draft: Draft, area: number, at: number, to: Point): Draft {
  const points = (draft.areas[area] ?? []).map((point, one) => (one === at ? inside(to) : point));
  return { ...draft, areas: draft.areas.map((one, place) => (place === area ? points : one)) };
}

/** One more area to be kept clear, in the middle of the floor, beside those that are there. */
export function withArea(draft: Draft): Draft {
  const top = Math.max(...draft.corners.map(([, y]) => y)) * 0.5 + 0.45;
  const aside = ASIDE[draft.areas.length % ASIDE.length] ?? 0;
  const area: Point[] = [
    [0.43, top - 0.07],
    [0.57, top - 0.07],
    [0.6, Math.min(0.97, top + 0.07)],
    [0.4, Math.min(0.97, top + 0.07)],
  ];
  return { ...draft, areas: [...draft.areas, area.map(([x, y]): Point => [x + aside, y])] };
}

export function withoutArea(draft: Draft, area: number): Draft {
  return { ...draft, areas: draft.areas.filter((_, at) => at !== area) };
}

/** Whether there is anything to tell the engine. */
export function saysSomething({ meant, areas, ceiling }: Draft): boolean {
  return meant || areas.length > 0 || ceiling !== null;
}

/** Whether the engine would be told anything else. */
export function saysOther(first: Draft, draft: Draft): boolean {
  return JSON.stringify(correctionsOf(first)) !== JSON.stringify(correctionsOf(draft));
}

/** What the service is told; corners that nobody has put where they are are the reading's own, and not told. */
export function correctionsOf({ corners, meant, areas, ceiling }: Draft): Corrections {
  const distinct = corners.filter((corner, at) => at === 0 || !near(corner, corners[at - 1] as Point));
  return {
    floor_corners: meant ? distinct.map(rounded) : [],
    keep_clear: areas.map((area) => area.map(rounded)),
    ceiling_height: ceiling,
  };
}

/** The floor as a polygon: from wall to wall, and down to the picture's lower border. */
export function floorOf(corners: Point[]): Point[] {
  const ordered = [...corners].sort((a, b) => a[0] - b[0]);
  return [...ordered, [ordered.at(-1)?.[0] ?? 1, 1], [ordered[0]?.[0] ?? 0, 1]];
}

const STEP = 0.005;
const STRIDE = 0.04;

/** A point after a key; null for keys that mean nothing here. With Shift it goes further. */
export function afterKey(key: string, far: boolean, [x, y]: Point): Point | null {
  const step = far ? STRIDE : STEP;
  switch (key) {
    case "ArrowLeft":
      return [x - step, y];
    case "ArrowRight":
      return [x + step, y];
    case "ArrowUp":
      return [x, y - step];
    case "ArrowDown":
      return [x, y + step];
    default:
      return null;
  }
}

function snapped(point: Point): Point {
  return inside(point).map((share) => (share < BORDER ? 0 : share > 1 - BORDER ? 1 : share)) as Point;
}

function inside(point: Point): Point {
  return point.map((share) => Math.min(1, Math.max(0, share))) as Point;
}

function rounded(point: Point): Point {
  return point.map((share) => Math.round(share * 10_000) / 10_000) as Point;
}

function near(one: Point, other: Point): boolean {
  return Math.hypot(one[0] - other[0], one[1] - other[1]) < 0.005;
}

function onBorder(share: number): boolean {
  return share < 0.015 || share > 0.985;
}
