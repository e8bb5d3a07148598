import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { counted } from "../../shared/labels";
import { useMay, useMe } from "../../shared/me";
import { credit, paid } from "../../shared/money";
import { firstPlan, packFor, seatPrice, useOffers, type Wanted } from "../pricing/offers";
import { useBilling } from "./queries";
import { useCheckout } from "./useCheckout";

/** What keeps an order from being paid: how much there is `left` of it, or why in the service's words. */
export type Way = { what: "credit" | "budget" | "own"; left: number } | { what: "stopped" | "else"; told: string };

type Props = {
  way: Way;
  /** Of one picture, and of all of them, in dollars. */
  price: number;
  sum: number;
  pictures: number;
  /** An engine that would do it for free. */
  free: { label: string; onChoose: () => void } | null;
};

/** Where an order can't be paid: by how much, and the ways out, for who may take them; for others, whom to ask. */
export function Paywall(props: Props) {
  const { way, free } = props;
  return (
    <Alert color="yellow" className="aside" role="status" mt="xs">
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {headline(props)}
        </Text>
        {"left" in way && way.what === "credit" && <ForCredit missing={props.sum - way.left} />}
        {way.what === "budget" && <ForBudget />}
        {way.what === "own" && <Ask whom="owner or admin" for="raise your limit" />}
        {way.what === "stopped" && <ForStopped />}
        {free && (
          <Group>
            <Button size="compact-md" variant="default" onClick={free.onChoose}>
              Use {free.label} instead, for free
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

function headline({ way, price, sum, pictures }: Props): string {
  if ("told" in way) return way.told;
  const covers = Math.max(0, Math.floor(way.left / price + 1e-6));
  const these = counted(pictures, "picture");
  const left = { credit: "you have", budget: "this month's budget leaves", own: "your own limit leaves you" }[way.what];
  const enough = covers > 0 ? `, enough for ${covers}` : "";
  return `${these} ${pictures === 1 ? "costs" : "cost"} ${credit(sum)}; ${left} ${credit(way.left)}${enough}.`;
}

/** Ways to more credit. They lead to a tab of their own: what was chosen here stays.
 *
 * `rel="opener"` has that tab work in the account of this one: without it, browsers copy no session storage into a tab that a link opens. */
function ForCredit({ missing }: { missing: number }) {
  const may = useMay();
  if (!may("billing")) return <Ask whom="owner" for="add credit" />;
  return <Buying missing={missing} />;
}

function Buying({ missing }: { missing: number }) {
  const billing = useBilling().data;
  const offers = useOffers().data;
  const { buy, isPending } = useCheckout({ beside: true });
  if (!billing || !offers) return null;
  if (!billing.payable) return <Text size="sm">Nothing can be bought here: this service has no way to be paid.</Text>;
  const currency = billing.currency ?? "usd";
  const pack = packFor(offers, missing);
  const plan = billing.subscription ? null : firstPlan(offers);
  const price = plan && seatPrice(plan, "month", currency);
  const offer = (wanted: Wanted, words: string) => (
    <Button key={words} size="compact-md" disabled={isPending} onClick={() => buy(wanted)}>
      {words}
    </Button>
  );
  return (
    <>
      <Group gap="xs">
        {pack && offer({ pack: pack.id, currency }, `Buy ${pack.name} for ${paid(pack.amounts_minor[currency] ?? 0, currency)}`)}
        {plan &&
          price !== null &&
          offer(
            { plan: plan.id, term: "month", seats: plan.least_seats, currency },
            `${plan.name}: ${plan.monthly_stagings * plan.least_seats} a month for ${paid(price * plan.least_seats, currency)}`,
          )}
        <Anchor size="sm" href="/pricing" target="_blank" rel="opener">
          All prices
        </Anchor>
      </Group>
      <Text size="xs">
        Paid in a new tab, at Stripe{offers.tax[currency] === "exclusive" && "; tax is added where it is due"}. What you chose here stays.
      </Text>
    </>
  );
}

function ForBudget() {
  const may = useMay();
  if (!may("settings")) return <Ask whom="owner or admin" for="raise the budget" />;
  return (
    <Anchor size="sm" href="/usage" target="_blank" rel="opener">
      Change the budget
    </Anchor>
  );
}

function ForStopped() {
  const may = useMay();
  if (!may("billing")) return <Ask whom="owner" for="look at billing" />;
  return (
    <Anchor size="sm" href="/settings/billing" target="_blank" rel="opener">
      Look at billing
    </Anchor>
  );
}

/** Who may not do it is told who may. */
function Ask({ whom, for: what }: { whom: string; for: string }) {
  const me = useMe();
  return (
    <Text size="sm">
      Ask an {whom} of {me?.account.name ?? "your account"} to {what}.
    </Text>
  );
}
