import { Button, Group, NumberInput, Progress, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { api, unwrap, type Usage } from "../../api/client";
import { useDraft } from "../../shared/draft";
import { useMay } from "../../shared/me";
import { useSend } from "../../shared/useSend";
import { forgetUsage, USAGE } from "./queries";

/** What may be spent in a month, and how much of it is. */
export function BudgetBlock({ usage }: { usage: Usage }) {
  const limit = usage.monthly_budget_usd === null ? null : Number(usage.monthly_budget_usd);
  const [{ wanted }, change] = useDraft<{ wanted: number | string }>({ wanted: limit ?? "" });
  const cache = useQueryClient();
  const may = useMay();
  const save = useSend({
    name: "budget",
    send: (amount: string | null) => unwrap(api.PUT("/api/v1/usage/budget", { body: { monthly_usd: amount } })),
    onSuccess: (now) => {
      cache.setQueryData(USAGE, now);
      forgetUsage(cache);
    },
  });
  const committed = Number(usage.spent_usd) + Number(usage.held_usd);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(wanted === "" ? null : Number(wanted).toFixed(2));
  };
  return (
    <section className="room figure" aria-label="Monthly budget">
      <Stack gap="sm">
        <Title order={2} size="h3">Monthly budget</Title>
        <Text size="sm" c="dimmed">
          {limit === null
            ? "No limit but your credit."
            : `$${committed.toFixed(2)} of $${limit.toFixed(2)} is spent or held. What would exceed it is refused; you are told at 80 %.`}
        </Text>
        {limit !== null && <Progress value={limit ? (100 * committed) / limit : 100} aria-label="Share of the budget" />}
        {may("settings") && (
          <form onSubmit={submit}>
            <Group align="end" gap="sm">
              <NumberInput
                label="Spend at most, a month"
                placeholder="No limit"
                min={0}
                decimalScale={2}
                fixedDecimalScale
                prefix="$"
                value={wanted}
                onChange={(amount) => change({ wanted: amount })}
                className="choice"
              />
              <Button type="submit" variant="default" loading={save.isPending}>
                Save
              </Button>
            </Group>
          </form>
        )}
      </Stack>
    </section>
  );
}
