/** The examination of a picture in words for people. Pure. */
import type { FidelityReport } from "../../api/client";

type Region = { kind: string; area: number; kept: boolean };

/** A report, with as much of its regions as is shown. */
export type Report = Omit<FidelityReport, "regions"> & { regions: Region[] };

/** What kinds of change are called, and their colours in the picture of changes. */
export const KINDS: Record<string, { name: string; colour: string }> = {
  furniture: { name: "Furniture", colour: "#26a65b" },
  hung: { name: "Hung on the wall", colour: "#22a7f0" },
  curtain: { name: "Curtains", colour: "#663399" },
  shading: { name: "Shadow and light", colour: "#f0c83c" },
  repaint: { name: "Changed colour", colour: "#e63c82" },
  opening: { name: "Window, door or view", colour: "#d62828" },
  removed: { name: "Removed", colour: "#961414" },
  invented: { name: "Invented opening", colour: "#ff6e00" },
};

export function verdictWords(verdict: string): string {
  return verdict === "pass" ? "House unchanged" : "House unchanged, look closely";
}

/** A score of 0–1 in percent; 100 only for the perfect one. */
export function percent(score: number): string {
  return `${score === 1 ? 100 : Math.min(99, Math.round(score * 100))}\u00a0%`;
}

export type KindShare = { kind: string; name: string; colour: string; area: number };

/** Regions that were kept (or not), added up by kind, the largest first. */
export function byKind(regions: Region[], kept: boolean): KindShare[] {
  const areas = new Map<string, number>();
  for (const region of regions) {
    if (region.kept === kept) areas.set(region.kind, (areas.get(region.kind) ?? 0) + region.area);
  }
  return [...areas]
    .map(([kind, area]) => ({ kind, area, ...(KINDS[kind] ?? { name: kind, colour: "#888888" }) }))
    .sort((a, b) => b.area - a.area);
}

export type Finding = { name: string; sentence: string; sound: boolean };

/** What the checks found: what asks for a closer look first, then what is sound. What was put back is told elsewhere. */
export function findings(checks: Report["checks"]): Finding[] {
  const told = checks
    .filter((check) => check.verdict === "pass" || !check.mended)
    .map(({ name, verdict, sentence }) => ({ name, sentence, sound: verdict === "pass" }));
  return [...told.filter((one) => !one.sound), ...told.filter((one) => one.sound)];
}
