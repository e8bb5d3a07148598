/** What is known of a ZIP on its way. Pure. */
import type { components } from "../../api/schema";

export type Archive = components["schemas"]["Archive"];
export type FileKind = components["schemas"]["FileKind"];

export function isOver(archive: Archive | undefined): boolean {
  return archive?.state === "ready" || archive?.state === "failed";
}

/** What the button says while a ZIP is packed. */
export function packing(archive: Archive | undefined): string {
  const share = Math.floor((archive?.progress ?? 0) * 100);
  return share > 0 ? `Packing… ${share} %` : "Packing…";
}
