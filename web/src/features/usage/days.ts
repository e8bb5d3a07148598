/** A month's spending, day by day. Pure. */
import type { components } from "../../api/schema";

export type Line = components["schemas"]["UsageOfDay"];
export type Day = { day: string; stagings: number; givenBack: number; dollars: number };

/** The month of a moment in UTC, as `2026-11`. */
export function monthOf(moment: Date): string {
  return moment.toISOString().slice(0, 7);
}

/** This month and those before it, the newest first. */
export function monthsBefore(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, back) => monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))));
}

/** `2026-11` as people read it. */
export function monthName(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" });
}

/** `2026-11-03` as people read it: days are of UTC, whoever reads. */
export function dayName(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en", { day: "numeric", month: "short", timeZone: "UTC" });
}

/** Every day of a month, also those without anything, with what its lines come to. */
export function daysOf(month: string, lines: Line[]): Day[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: last }, (_, place) => {
    const day = `${month}-${String(place + 1).padStart(2, "0")}`;
    const own = lines.filter((line) => line.day === day);
    const sum = (of: (line: Line) => number) => own.reduce((so, line) => so + of(line), 0);
    return {
      day,
      stagings: sum(({ stagings }) => stagings),
      givenBack: sum(({ given_back }) => given_back),
      dollars: sum(({ charged_usd }) => Number(charged_usd)),
    };
  });
}
