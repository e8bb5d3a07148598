/** What the service has to say of a photo, and what follows from it. Pure. */
import type { Note } from "../../api/client";

/** The notes without which the photo would be staged at once. */
export function inTheWay(notes: Note[]): Note[] {
  return notes.filter((note) => note.staging !== "possible");
}

/** Whether a photo with these notes is staged for somebody who insists. */
export function givesWay(notes: Note[]): boolean {
  return notes.every((note) => note.staging !== "impossible");
}
