import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, Problem, unwrap } from "../../api/client";
import { day } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { BILLING, forgetBilling, type Billing, type PaidPlan } from "./queries";

/** The plan ends with what is paid for. Who would lose access by it is said first, and then asked for. */
export function EndPlan({ subscription, onClose }: { subscription: PaidPlan; onClose: () => void }) {
  const cache = useQueryClient();
  const [losing, setLosing] = useState<string | null>(null);
  const [agreed, setAgreed] = useState(false);
  const end = useSend({
    name: "cancel plan",
    send: (wanted: { losing_access: boolean }): Promise<Billing | null> =>
      unwrap(api.POST("/api/v1/billing/subscription/cancel", { body: wanted })).catch((error: unknown) => {
        if (!(error instanceof Problem) || error.code !== "loses_access") throw error;
        setLosing(error.message.replace(/ Send losing_access.*$/, ""));
        return null;
      }),
    onSuccess: (now) => {
      if (!now) return;
      cache.setQueryData(BILLING, now);
      forgetBilling(cache);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="Cancel the plan?" centered>
      <Stack>
        <Text>
          It stays until {day(subscription.period_end)}, and nothing is charged after that. Then the account is on the free plan; credit from
          packs stays yours, and so do all pictures. Until then you can take it back.
        </Text>
        {losing && (
          <Alert color="yellow" className="aside" role="alert">
            <Stack gap="xs">
              <Text size="sm">{losing}</Text>
              <Checkbox label="Cancel all the same" checked={agreed} onChange={(event) => setAgreed(event.currentTarget.checked)} />
            </Stack>
          </Alert>
        )}
        <Group justify="end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep
          </Button>
          <Button
            color="red.8"
            disabled={losing !== null && !agreed}
            loading={end.isPending}
            onClick={() => end.mutate({ losing_access: agreed })}
          >
            Cancel plan
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
