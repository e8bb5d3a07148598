/** Photos of a gallery that are chosen, by their ids; null while nothing is being chosen. Pure. */
import type { Photo } from "../../api/client";

export type Chosen = ReadonlySet<string> | null;

export function toggled(chosen: Chosen, id: string): Chosen {
  if (!chosen) return chosen;
  return new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]);
}

/** Once something was done with some photos: those that were chosen besides stay so; where there are none, choosing is over. */
export function besides(chosen: Chosen, done: Pick<Photo, "id">[]): Chosen {
  const over = new Set(done.map(({ id }) => id));
  const left = [...(chosen ?? [])].filter((id) => !over.has(id));
  return left.length > 0 ? new Set(left) : null;
}
