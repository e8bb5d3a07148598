/** What a file's name says of the room in it, as the service reads it (src/realstaging/domains/photos/names.py). Pure. */
import type { RoomType } from "../api/client";

/** The room that a name speaks of, by `words` for each room; of several the first room wins. */
export function roomIn(name: string, words: Partial<Record<RoomType, string[]>>): RoomType | null {
  const stem = name.replace(/\.[^.]*$/, "");
  const plain = stem
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFKD")
    .replace(/[\u0080-\uffff]/g, "")
    .toLowerCase();
  const said = new Set(plain.match(/[a-z]+/g) ?? []);
  const found = Object.entries(words).find(([, of]) => of.some((word) => said.has(word)));
  return found ? (found[0] as RoomType) : null;
}
