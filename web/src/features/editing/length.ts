/** Lengths as people read them where they live: the service counts in metres. Pure. */
export type Unit = "m" | "ft";

const METRES: Record<Unit, number> = { m: 1, ft: 0.3048 };

export function unitOf(language: string): Unit {
  return /-(US|LR|MM)$/i.test(language) ? "ft" : "m";
}

export function inUnit(metres: number, unit: Unit): number {
  return Math.round((metres / METRES[unit]) * 100) / 100;
}

export function inMetres(value: number, unit: Unit): number {
  return Math.round(value * METRES[unit] * 1000) / 1000;
}

/** "2.4 m", "7.9 ft". */
export function lengthIn(metres: number, unit: Unit): string {
  return `${(metres / METRES[unit]).toFixed(1)}\u00a0${unit}`;
}
