import { Alert, Group, Loader, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, isGone, unwrap } from "../../api/client";
import { Failed } from "../../shared/Failed";
import { useOffers } from "../pricing/offers";
import { forgetBilling, type CheckoutState } from "./queries";
import { nextLook, type Returned } from "./returned";

/** For who comes back from a payment page: what became of it. */
export function ReturnedNote({ paid, left }: Returned) {
  if (paid) return <Paid key={paid} id={paid} />;
  if (!left) return null;
  return (
    <Alert color="yellow" className="aside" role="status">
      You left the payment page. Nothing was bought, and nothing was charged.
    </Alert>
  );
}

function Paid({ id }: { id: string }) {
  const cache = useQueryClient();
  const found = useQuery({
    queryKey: ["checkout", id],
    queryFn: () => unwrap(api.GET("/api/v1/billing/checkout/{checkout_id}", { params: { path: { checkout_id: id } } })),
    staleTime: 0,
    refetchInterval: ({ state }) => (isGone(state.error) ? false : nextLook(state.data?.state, state.dataUpdateCount + state.errorUpdateCount)),
  });
  const state = found.data?.state;
  useEffect(() => {
    if (state === "paid") forgetBilling(cache);
  }, [cache, state]);
  if (isGone(found.error)) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data?.state === "paid") return <Had bought={found.data} />;
  if (state === "over")
    return (
      <Alert color="yellow" className="aside" role="status">
        This payment page has closed before it was paid. Nothing was bought, and nothing was charged.
      </Alert>
    );
  return (
    <Alert color="pine" role="status">
      <Group gap="sm" wrap="nowrap">
        <Loader size="xs" aria-hidden />
        <Text size="sm">
          {state === "waiting"
            ? "Your bank is still asked, which can take some days. What you bought is added as soon as it says yes."
            : "Your payment is being confirmed, and this page waits for it. You need not: what you paid for is added in any case."}
        </Text>
      </Group>
    </Alert>
  );
}

function Had({ bought: { plan, pack } }: { bought: CheckoutState }) {
  const offers = useOffers().data;
  const planned = offers?.plans.find(({ id }) => id === plan);
  const packed = offers?.packs.find(({ id }) => id === pack);
  return (
    <Alert color="pine" role="status" title="Paid, thank you">
      {planned && `${planned.name} is yours from now on.`}
      {packed && `${packed.stagings} stagings were added to your credit. They never lapse.`} If you came from an order in another tab, go on
      there: it is as you left it.
    </Alert>
  );
}
