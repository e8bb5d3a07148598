/** What the variants of a photo are called. Pure. */
import type { Staging } from "../../api/client";
import { label } from "../../shared/labels";

/** Names by id: the style (or what was done), numbered from the second of the same name on. */
export function variantNames(stagings: Staging[]): Map<string, string> {
  const seen = new Map<string, number>();
  return new Map(
    stagings.map(({ id, style, operation }) => {
      const name = label(style ?? operation);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [id, count === 1 ? name : `${name} ${count}`];
    }),
  );
}
