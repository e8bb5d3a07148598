/** The account's events, from one stream for all tabs: they keep true what every page has read. */
import type { QueryClient } from "@tanstack/react-query";
import type { ServerEvent } from "../api/events";
import { chosenAccount } from "../api/client";
import { followTogether } from "../api/sharedEvents";
import { hearArchiveEvent } from "../features/archives/queries";
import { hearBillingEvent } from "../features/billing/queries";
import { hearPredictionEvent } from "../features/orders/prediction";
import { hearGalleryEvent } from "../features/stagings/queries";
import { hearProjectEvent } from "../features/projects/queries";
import { budgetWarning, hearUsageEvent } from "../features/usage/queries";
import { hearAccessEvent } from "../shared/me";
import { showNotice } from "../shared/notify";

/** Follow a person's events in the account of this tab until told to stop. */
export function keepLive(cache: QueryClient, person: string): () => void {
  const account = chosenAccount();
  return followTogether(`realstaging.events.${person}${account ? `.${account}` : ""}`, (event: ServerEvent) => {
    hearGalleryEvent(cache, event);
    hearProjectEvent(cache, event);
    hearUsageEvent(cache, event);
    hearArchiveEvent(cache, event);
    hearBillingEvent(cache, event);
    hearPredictionEvent(event);
    hearAccessEvent(cache, event);
    const warning = budgetWarning(event);
    if (warning) showNotice(warning);
  });
}
