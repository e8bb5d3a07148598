/** How everything that a page reads and sends is asked for. */
import { onlineManager, QueryClient } from "@tanstack/react-query";
import { Problem } from "../api/client";

/** How often a reading is tried again that did not reach the service, or that it could not answer. */
const TRIES = 3;

export function createReadings(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Without a network as with one: what cannot be reached is told, instead of waited for without a word.
        networkMode: "always",
        refetchOnReconnect: true,
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < TRIES && isPassing(error),
      },
      // What somebody asked for is done now or not at all, never hours later.
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** Whether a failure may be gone in a moment. Where there is no network, that is told at once: its return begins a reading anew. */
function isPassing(error: Error): boolean {
  if (!onlineManager.isOnline()) return false;
  return !(error instanceof Problem) || error.status === 0 || error.status >= 500;
}
