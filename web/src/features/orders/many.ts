/** Many photos at once. Pure, but for what is called. */
import type { NewStaging, Photo } from "../../api/client";
import type { Ordered } from "./order";

/** As many as the service takes in one request. */
export const AT_ONCE = 50;

/** How many were asked for so far, and the reasons of those that were refused. */
export type Progress = { asked: number; refused: string[] };
export const NOTHING_ASKED: Progress = { asked: 0, refused: [] };
type Ask = (items: NewStaging[]) => Promise<string[]>;

/** Photos of the project as items of an order: each with the room that its name or its picture tells. */
export function ordered(photos: Photo[]): Ordered[] {
  return photos.map((photo) => ({ key: photo.id, choice: null, named: photo.suggested_room_type, insist: false }));
}

/** Ask for all of them, one request after the other; `told` hears how far it came. Where one fails, called again from there it goes on. */
export async function inTurns(items: NewStaging[], ask: Ask, from: Progress, told: (now: Progress) => void): Promise<Progress> {
  let progress = from;
  while (progress.asked < items.length) {
    const turn = items.slice(progress.asked, progress.asked + AT_ONCE);
    const refused = await ask(turn);
    progress = { asked: progress.asked + turn.length, refused: [...progress.refused, ...refused] };
    told(progress);
  }
  return progress;
}

/** Of photos that were chosen, those that are not asked for yet. */
export function notAsked(photos: Photo[], items: NewStaging[], { asked }: Progress): Photo[] {
  const done = new Set(items.slice(0, asked).map((item) => item.photo_id));
  return photos.filter(({ id }) => !done.has(id));
}
