/** The account's events, from one stream for all tabs: they keep true what every page has read. */
import type { QueryClient } from "@tanstack/react-query";
import type { ServerEvent } from "../api/events";
import { followTogether } from "../api/sharedEvents";
import { hearArchiveEvent } from "../features/archives/queries";
import { hearPredictionEvent } from "../features/orders/prediction";
import { hearGalleryEvent } from "../features/stagings/queries";
import { hearProjectEvent } from "../features/projects/queries";
import { budgetWarning, hearUsageEvent } from "../features/usage/queries";
import { showNotice } from "../shared/notify";

/** Follow a person's events until told to stop. */
export function keepLive(cache: QueryClient, person: string): () => void {
  return followTogether(`realstaging.events.${person}`, (event: ServerEvent) => {
    hearGalleryEvent(cache, event);
    hearProjectEvent(cache, event);
    hearUsageEvent(cache, event);
    hearArchiveEvent(cache, event);
    hearPredictionEvent(event);
    const warning = budgetWarning(event);
    if (warning) showNotice(warning);
  });
}
