/** How long something lasts, as people read it: "12 s", "5 min", "3 h", "4 days". Pure. */

const UNITS: [number, string][] = [
  [1, "s"],
  [60, "min"],
  [3600, "h"],
];
const DAY_S = 86_400;

export function lasting(seconds: number): string {
  if (seconds >= 2 * DAY_S) return `${Math.floor(seconds / DAY_S)} days`;
  const [length, unit] = UNITS.findLast(([one]) => seconds >= 2 * one) ?? UNITS[0]!;
  return `${Math.floor(seconds / length)} ${unit}`;
}
