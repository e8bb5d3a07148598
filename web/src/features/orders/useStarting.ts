/** What an order begins with, for the person who is signed in. */
import { useCatalog } from "../../shared/catalog";
import { usePreferences } from "../../shared/preferences";
import type { Order } from "./order";
import { starting } from "./starting";

export function useStarting(): Order {
  return starting(usePreferences(), useCatalog());
}
