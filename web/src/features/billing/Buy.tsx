import { Button, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMay, useMe } from "../../shared/me";
import { useAccounts } from "../accounts/queries";
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
    <Stack gap={4}>
      <Button fullWidth disabled={isPending} onClick={() => buy(wanted)} aria-label={`Buy ${name}`}>
        Buy
      </Button>
      <ForWhom />
    </Stack>
  );
}

/** The account that pays and has it, for who is in several: a tab opened by hand may work in another than the one before. */
function ForWhom() {
  const me = useMe();
  const accounts = useAccounts().data?.items ?? [];
  if (!me || accounts.length < 2) return null;
  return (
    <Text size="xs" c="dimmed" ta="center">
      For {me.account.name}
    </Text>
  );
}
