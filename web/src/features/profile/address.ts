/** An address as it is being typed, and what the service is sent of it. Pure. */
import type { components } from "../../api/schema";

export type Address = components["schemas"]["Address"];
export type Line = keyof Address;

export const EMPTY: Address = { line1: null, line2: null, postal_code: null, city: null, region: null, country: null };
/** Of an address, wherever it is. */
const NEEDED: Line[] = ["line1", "city", "country"];

/** What is sent: null for an address with nothing in it, which takes the one there is away. */
export function addressOf(lines: Address): Address | null {
  const trimmed = Object.fromEntries(Object.entries(lines).map(([name, text]) => [name, text?.trim() || null])) as Address;
  return Object.values(trimmed).some(Boolean) ? trimmed : null;
}

/** What an address that is begun still needs. */
export function missing(lines: Address): Line[] {
  const address = addressOf(lines);
  return address ? NEEDED.filter((name) => !address[name]) : [];
}
