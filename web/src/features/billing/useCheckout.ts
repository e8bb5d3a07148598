/** Leaving for a page at Stripe: in this tab, or in another where what is on this one would be lost. */
import { useSend } from "../../shared/useSend";
import type { Wanted } from "../pricing/offers";
import { checkout } from "./queries";

/** `beside`: in a tab of its own. It is opened before anything is asked, while browsers still know that somebody clicked. */
export function useCheckout({ beside }: { beside: boolean }) {
  const { mutate, isPending } = useSend({
    name: "checkout",
    send: async (wanted: Wanted) => {
      const tab = beside ? window.open("", "_blank") : null;
      try {
        leadTo(await checkout(wanted), tab);
      } catch (error) {
        tab?.close();
        throw error;
      }
    },
  });
  return { isPending, buy: (wanted: Wanted) => mutate(wanted) };
}

/** Where no tab was opened, or it was closed meanwhile, this one goes. */
function leadTo(address: string, tab: Window | null): void {
  if (tab && !tab.closed) tab.location.replace(address);
  else location.assign(address);
}
