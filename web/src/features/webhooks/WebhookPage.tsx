import { Anchor, Button, Group, Modal, Skeleton, Stack, Switch, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { Confirm } from "../../shared/Confirm";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { minute } from "../../shared/labels";
import { Nothing } from "../../shared/Nothing";
import { Secret } from "../../shared/Secret";
import { useSend } from "../../shared/useSend";
import { DeliveriesBlock } from "./DeliveriesBlock";
import { EndpointForm, type Wanted } from "./EndpointForm";
import { EndpointState } from "./EndpointState";
import { EVENTS, useEndpoints, useForgetWebhooks, type Endpoint, type WebhookEvent } from "./queries";

/** One endpoint: what it is told, its secret, and everything it was told. */
export function WebhookPage() {
  useDocumentTitle("Webhook · Real Staging");
  const { endpointId } = useParams({ strict: false }) as { endpointId: string };
  const found = useEndpoints();
  if (found.isPending) return <Skeleton h={240} radius="lg" />;
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const endpoint = found.data.items.find((one) => one.id === endpointId);
  if (!endpoint) return <Nothing reason="This endpoint was deleted, or is of another account." />;
  return (
    <>
      <Anchor component={Link} to="/settings/webhooks" size="sm" className="way-back">
        <Icon name="back" size={14} /> Webhooks
      </Anchor>
      <EndpointBlock endpoint={endpoint} />
      <DeliveriesBlock endpoint={endpoint} />
    </>
  );
}

type Dialog = "change" | "rotate" | "delete" | null;

function EndpointBlock({ endpoint }: { endpoint: Endpoint }) {
  const [dialog, setDialog] = useState<Dialog>(null);
  const { change, test } = useEndpoint(endpoint.id);
  const close = () => setDialog(null);
  return (
    <Block title="Endpoint" action={<EndpointState endpoint={endpoint} />}>
      <Stack gap="md">
        <div className="name">
          <Text fw={500}>{endpoint.url}</Text>
          <Text size="sm" c="dimmed">
            {endpoint.description && `${endpoint.description} · `}
            {endpoint.events.map((event) => EVENTS[event as WebhookEvent] ?? event).join(", ")}
          </Text>
          {endpoint.previous_secret_until && (
            <Text size="sm" className="note">
              Until {minute(endpoint.previous_secret_until)}, messages are signed with the secret before as well.
            </Text>
          )}
        </div>
        <Switch
          label="Tell it what happens"
          checked={endpoint.enabled}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ enabled: event.currentTarget.checked })}
        />
        <Group gap="xs">
          <Button loading={test.isPending} disabled={!endpoint.enabled} onClick={() => test.mutate()}>
            Send test event
          </Button>
          <Button variant="default" onClick={() => setDialog("change")}>
            Change
          </Button>
          <Button variant="default" onClick={() => setDialog("rotate")}>
            New secret
          </Button>
          <Button variant="default" onClick={() => setDialog("delete")}>
            Delete
          </Button>
        </Group>
      </Stack>
      {dialog === "change" && <Change endpoint={endpoint} onClose={close} />}
      {dialog === "rotate" && <Rotate endpoint={endpoint} onClose={close} />}
      {dialog === "delete" && <Delete endpoint={endpoint} onClose={close} />}
    </Block>
  );
}

function useEndpoint(id: string) {
  const forget = useForgetWebhooks();
  const path = { params: { path: { endpoint_id: id } } };
  return {
    change: useSend({
      name: `endpoint ${id}`,
      send: (body: Partial<Wanted> & { enabled?: boolean }) =>
        unwrap(api.PATCH("/api/v1/webhook-endpoints/{endpoint_id}", { ...path, body })),
      onSuccess: forget,
    }),
    test: useSend({
      name: `test ${id}`,
      send: () => unwrap(api.POST("/api/v1/webhook-endpoints/{endpoint_id}/test", { ...path, body: {} })),
      onSuccess: forget,
    }),
    remove: useSend({
      name: `delete ${id}`,
      send: () => unwrap(api.DELETE("/api/v1/webhook-endpoints/{endpoint_id}", path)),
    }),
  };
}

type DialogProps = { endpoint: Endpoint; onClose: () => void };

function Change({ endpoint, onClose }: DialogProps) {
  const { change } = useEndpoint(endpoint.id);
  const { url, description, events } = endpoint;
  return (
    <Modal opened onClose={onClose} title="Change endpoint" centered size="lg">
      <EndpointForm
        first={{ url, description, events: events as WebhookEvent[] }}
        verb="Save"
        busy={change.isPending}
        onSubmit={(wanted) => change.mutate(wanted, { onSuccess: onClose })}
      />
    </Modal>
  );
}

function Rotate({ endpoint, onClose }: DialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const forget = useForgetWebhooks();
  const rotate = useSend({
    name: `rotate ${endpoint.id}`,
    send: () =>
      unwrap(api.POST("/api/v1/webhook-endpoints/{endpoint_id}/rotate", { params: { path: { endpoint_id: endpoint.id } } })),
    onSuccess: (made) => {
      setSecret(made.secret);
      forget();
    },
  });
  if (secret)
    return <Secret title="New secret" secret={secret} says="For 24 hours messages are signed with the one before as well." onClose={onClose} />;
  return (
    <Confirm title="Make a new secret?" verb="Make it" busy={rotate.isPending} onConfirm={() => rotate.mutate()} onClose={onClose}>
      For 24 hours messages are signed with both, so that your server can be given the new one meanwhile.
    </Confirm>
  );
}

function Delete({ endpoint, onClose }: DialogProps) {
  const forget = useForgetWebhooks();
  const navigate = useNavigate();
  const { remove } = useEndpoint(endpoint.id);
  const gone = () => {
    forget();
    void navigate({ to: "/settings/webhooks" });
  };
  return (
    <Confirm
      title="Delete this endpoint?"
      verb="Delete"
      busy={remove.isPending}
      onConfirm={() => remove.mutate(undefined, { onSuccess: gone })}
      onClose={onClose}
    >
      <b>{endpoint.url}</b> is told nothing any more. What it was told is deleted too.
    </Confirm>
  );
}
