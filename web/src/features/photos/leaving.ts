/** What somebody who leaves the page would leave behind. Pure. */
import { counted } from "../../shared/labels";
import type { Item } from "./upload";

/** Whether something of it is still to be done, or being done. */
export function isOpen({ state }: Item): boolean {
  return state !== "noted" && state !== "refused";
}

/** What would not be sent or not be staged, in words; null where nothing would be missed. What is asked for already goes its way. */
export function leftBehind(items: Item[]): string | null {
  const open = items.filter((item) => isOpen(item) && item.state !== "asked");
  const unsent = open.filter((item) => !item.photoId);
  const are = (some: Item[]) => `${counted(some.length, "photo")} ${some.length === 1 ? "is" : "are"}`;
  if (unsent.length > 0) return `${are(unsent)} not sent yet. If you leave now, nothing more is sent, and nothing more is staged.`;
  if (open.length > 0) return `${are(open)} sent, but not staged yet. If you leave now, nothing more is staged; what was sent stays in the project.`;
  return null;
}
