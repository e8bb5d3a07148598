import { Button, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMay, useMe } from "../../shared/me";
import type { Wanted } from "../pricing/offers";
import { useBilling } from "./queries";
import { useCheckout } from "./useCheckout";

/** Have a plan or a pack, for who may pay; others are told whom to ask. */
export function Buy({ wanted, name }: { wanted: Wanted; name: string }) {
  const may = useMay();
  const me = useMe();
  const billing = useBilling().data;
  const { buy, isPending } = useCheckout({ beside: false });
  if (me && !may("billing")) return <Text size="sm">Ask an owner of {me.account.name}.</Text>;
  if (!billing) return null;
  if (!billing.payable)
    return (
      <Text size="sm" c="dimmed">
        Cannot be bought here.
      </Text>
    );
  if ("plan" in wanted && billing.subscription)
    return (
      <Button fullWidth variant="default" component={Link} to="/settings/billing">
        {billing.subscription.plan === wanted.plan ? "Your plan" : "Change your plan"}
      </Button>
    );
  return (
    <Button fullWidth disabled={isPending} onClick={() => buy(wanted)} aria-label={`Buy ${name}`}>
      Buy
    </Button>
  );
}
