import { Button, Modal, SegmentedControl, Skeleton, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { counted, label, minute } from "../../shared/labels";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { useDeliveries, useDelivery, useForgetWebhooks, type Delivery, type DeliveryState, type Endpoint } from "./queries";

const TONES: Record<DeliveryState, string> = { waiting: "test", delivered: "good", failed: "bad" };
/** Deliveries are kept for so long; whoever replays all that failed means these. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

/** What an endpoint was told, whether it took it, and the way to send it again. */
export function DeliveriesBlock({ endpoint }: { endpoint: Endpoint }) {
  const [only, setOnly] = useState<DeliveryState | "all">("all");
  const [opened, setOpened] = useState<string | null>(null);
  const found = useDeliveries(endpoint.id, only === "all" ? null : only);
  const deliveries = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Block title="Deliveries" action={<ReplayFailed endpoint={endpoint} />}>
      <SegmentedControl
        aria-label="Which deliveries"
        fullWidth
        mb="sm"
        data={[
          { value: "all", label: "All" },
          { value: "waiting", label: "Waiting" },
          { value: "delivered", label: "Taken" },
          { value: "failed", label: "Failed" },
        ]}
        value={only}
        onChange={(value) => setOnly(value as DeliveryState | "all")}
      />
      {found.isPending && <Skeleton h={120} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && deliveries.length === 0 && (
        <Text c="dimmed" role="status">
          {only === "all" ? "It was told nothing yet. Send a test event to see that it answers." : "There are none."}
        </Text>
      )}
      {deliveries.map((delivery) => (
        <UnstyledButton key={delivery.id} className="entry opener" onClick={() => setOpened(delivery.id)}>
          <div className="grow name">
            <Text fw={500}>{delivery.type}</Text>
            <Text size="sm" c="dimmed">
              {minute(delivery.created_at)} · {told(delivery)}
            </Text>
          </div>
          <DeliveryTag state={delivery.state} />
        </UnstyledButton>
      ))}
      {found.hasNextPage && (
        <Button mt="sm" variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show more
        </Button>
      )}
      {opened && <OneDelivery id={opened} onClose={() => setOpened(null)} />}
    </Block>
  );
}

function told({ tries, status, state, next_at }: Delivery): string {
  const answer = status === null ? "no answer yet" : `answered ${status}`;
  const next = state === "waiting" && tries > 0 && next_at ? `, again at ${minute(next_at)}` : "";
  return tries === 0 ? "on its way" : `${tries === 1 ? "1 try" : `${tries} tries`}, ${answer}${next}`;
}

function DeliveryTag({ state }: { state: DeliveryState }) {
  return (
    <span className="chip" data-tone={TONES[state]}>
      {state === "delivered" ? "Taken" : label(state)}
    </span>
  );
}

function ReplayFailed({ endpoint }: { endpoint: Endpoint }) {
  const forget = useForgetWebhooks();
  const replay = useSend({
    name: `replay ${endpoint.id}`,
    send: () =>
      unwrap(
        api.POST("/api/v1/webhook-endpoints/{endpoint_id}/replay", {
          params: { path: { endpoint_id: endpoint.id } },
          body: { since: new Date(Date.now() - KEPT_MS).toISOString() },
        }),
      ),
    onSuccess: ({ count, next_since }) => {
      forget();
      showNotice(`${counted(count, "message")} ${count === 1 ? "is" : "are"} sent again${next_since ? "; there are more: press once more" : ""}.`);
    },
  });
  return (
    <Button variant="default" disabled={!endpoint.enabled} loading={replay.isPending} onClick={() => replay.mutate()}>
      Send all failed again
    </Button>
  );
}

/** What was sent, and what came back at each try. */
function OneDelivery({ id, onClose }: { id: string; onClose: () => void }) {
  const found = useDelivery(id);
  const forget = useForgetWebhooks();
  const replay = useSend({
    name: `replay ${id}`,
    send: () => unwrap(api.POST("/api/v1/webhook-deliveries/{delivery_id}/replay", { params: { path: { delivery_id: id } } })),
    onSuccess: forget,
  });
  return (
    <Modal opened onClose={onClose} title={found.data?.type ?? "Delivery"} centered size="lg">
      {found.isPending && <Skeleton h={200} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <Stack gap="md">
          <div>
            <DeliveryTag state={found.data.state} />
          </div>
          <Text size="sm" c="dimmed" className="name">
            webhook-id {found.data.webhook_id}
          </Text>
          <pre className="code">{found.data.body}</pre>
          {found.data.attempts.map((attempt) => (
            <div key={attempt.at}>
              <Text size="sm">
                {minute(attempt.at)} · {attempt.error ?? `answered ${attempt.status}`} · {attempt.milliseconds} ms
              </Text>
              {attempt.answer && <pre className="code">{attempt.answer}</pre>}
            </div>
          ))}
          <Button loading={replay.isPending} onClick={() => replay.mutate()} data-autofocus>
            Send again
          </Button>
        </Stack>
      )}
    </Modal>
  );
}
