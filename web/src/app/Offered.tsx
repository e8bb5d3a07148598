import { Buy } from "../features/billing/Buy";
import { useBilling } from "../features/billing/queries";
import { PricingPage } from "../features/pricing/PricingPage";

/** What it costs, for who is signed in: to be bought here. */
export function Offered() {
  const fixed = useBilling().data?.currency ?? null;
  return <PricingPage fixed={fixed} act={(wanted, name) => <Buy wanted={wanted} name={name} />} />;
}
