/** Days as they are being typed. Pure. */
import type { components } from "../../api/schema";

export type Retention = components["schemas"]["Retention"];
export type Kind = "photos" | "results" | "uploads";
export const KINDS: Kind[] = ["photos", "results", "uploads"];
/** Empty: left to the service. */
export type Draft = Record<Kind, number | string>;

export function draftOf(kept: Retention): Draft {
  return { photos: kept.photos.chosen ?? "", results: kept.results.chosen ?? "", uploads: kept.uploads.chosen ?? "" };
}

/** What can't be chosen. */
export function wrongIn(draft: Draft, kept: Retention): Kind[] {
  return KINDS.filter((kind) => {
    const days = draft[kind];
    return days !== "" && !(Number(days) >= kept[kind].least && Number(days) <= kept[kind].most);
  });
}

export function changeOf(draft: Draft): components["schemas"]["RetentionChange"] {
  const days = (kind: Kind) => (draft[kind] === "" ? null : Number(draft[kind]));
  return { photos_days: days("photos"), results_days: days("results"), uploads_days: days("uploads") };
}
