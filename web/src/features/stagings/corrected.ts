/** What is known about a photo's room. Pure. */
import type { NewStaging, Staging } from "../../api/client";

/** What was last said about the room, for an engine that takes it: it holds for every further picture of the photo. */
export function roomOf(stagings: Staging[], plans: boolean): Pick<NewStaging, "corrections"> {
  const corrections = plans ? stagings.findLast((staging) => staging.corrections)?.corrections : null;
  return corrections ? { corrections } : {};
}
