/** What is known of a ZIP on its way. Pure. */
import type { components } from "../../api/schema";

export type Archive = components["schemas"]["Archive"];
export type FileKind = components["schemas"]["FileKind"];

/** As many pictures as one ZIP holds. */
export const MOST_PICTURES = 1000;

export type Part = { says: string; ids: string[] };

/** Pictures as ZIPs that can be made of them, one after the other. */
export function partsOf(ids: string[]): Part[] {
  return Array.from({ length: Math.ceil(ids.length / MOST_PICTURES) }, (_, part) => {
    const begin = part * MOST_PICTURES;
    const some = ids.slice(begin, begin + MOST_PICTURES);
    return { says: `Pictures ${written(begin + 1)} to ${written(begin + some.length)}`, ids: some };
  });
}

function written(count: number): string {
  return count.toLocaleString("en");
}

export function isOver(archive: Archive | undefined): boolean {
  return archive?.state === "ready" || archive?.state === "failed";
}

/** What the button says while a ZIP is packed. */
export function packing(archive: Archive | undefined): string {
  const share = Math.floor((archive?.progress ?? 0) * 100);
  return share > 0 ? `Packing… ${share} %` : "Packing…";
}
