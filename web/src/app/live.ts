/** The tab's one stream of events: it keeps true what every page has read. */
import type { QueryClient } from "@tanstack/react-query";
import { follow, type ServerEvent } from "../api/events";
import { hearArchiveEvent } from "../features/archives/queries";
import { hearGalleryEvent } from "../features/stagings/queries";
import { hearProjectEvent } from "../features/projects/queries";
import { budgetWarning, hearUsageEvent } from "../features/usage/queries";
import { showNotice } from "../shared/notify";

/** Follow the account's events until told to stop. */
export function keepLive(cache: QueryClient): () => void {
  return follow((event: ServerEvent) => {
    hearGalleryEvent(cache, event);
    hearProjectEvent(cache, event);
    hearUsageEvent(cache, event);
    hearArchiveEvent(cache, event);
    const warning = budgetWarning(event);
    if (warning) showNotice(warning);
  });
}
