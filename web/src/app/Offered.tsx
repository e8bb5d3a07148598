import { PricingPage } from "../features/pricing/PricingPage";

/** What it costs, for who is signed in. */
export function Offered() {
  return <PricingPage act={() => null} />;
}
