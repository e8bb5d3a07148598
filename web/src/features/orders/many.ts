/** Many photos at once. Pure, but for what is called. */
import type { NewStaging, Photo } from "../../api/client";
import type { Ordered } from "./order";

/** As many as the service takes in one request. */
export const AT_ONCE = 50;

/** How many were asked for so far, and the reasons of those that were refused. */
export type Progress = { asked: number; refused: string[] };

/** Photos of the project as items of an order: each with the room that its name or its picture tells. */
export function ordered(photos: Photo[]): Ordered[] {
  return photos.map((photo) => ({ key: photo.id, choice: null, named: photo.suggested_room_type, insist: false }));
}

/** Ask for all of them, one request after the other. Where one fails, `progress` says how far it came: called again, it goes on from there. */
export async function inTurns(items: NewStaging[], ask: (items: NewStaging[]) => Promise<string[]>, progress: Progress): Promise<Progress> {
  while (progress.asked < items.length) {
    const turn = items.slice(progress.asked, progress.asked + AT_ONCE);
    progress.refused.push(...(await ask(turn)));
    progress.asked += turn.length;
  }
  return progress;
}
