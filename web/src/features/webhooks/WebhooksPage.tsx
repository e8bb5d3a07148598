import { Anchor, Button, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { counted } from "../../shared/labels";
import { Secret } from "../../shared/Secret";
import { useSend } from "../../shared/useSend";
import { EndpointForm, EVERYTHING, type Wanted } from "./EndpointForm";
import { EndpointState } from "./EndpointState";
import { useEndpoints, useForgetWebhooks, type Endpoint } from "./queries";
import { FocusBack } from "../../shared/FocusBack";

/** The addresses that are told what happens in the account. */
export function WebhooksPage() {
  useDocumentTitle("Webhooks · Real Staging");
  const found = useEndpoints();
  const [adding, setAdding] = useState(false);
  const endpoints = found.data?.items ?? [];
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
      New endpoint
    </Button>
  );
  return (
    <Block title="Webhooks" action={endpoints.length > 0 && add}>
      {found.isPending && <Skeleton h={120} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && endpoints.length === 0 && <Nobody add={add} />}
      {endpoints.map((endpoint) => (
        <Row key={endpoint.id} endpoint={endpoint} />
      ))}
      {adding && <NewEndpoint onClose={() => setAdding(false)} />}
    </Block>
  );
}

function Nobody({ add }: { add: ReactNode }) {
  return (
    <Stack align="start" gap="sm">
      <Text c="dimmed">
        A server of yours can be told when a picture is ready, when a photo has come, and more, instead of asking again and again.{" "}
        <Anchor href="/help/how-to/webhooks/" underline="always" inherit>
          How to take webhooks
        </Anchor>
      </Text>
      {add}
    </Stack>
  );
}

function Row({ endpoint }: { endpoint: Endpoint }) {
  return (
    <div className="entry">
      <div className="grow name">
        <Anchor component={Link} to={`/settings/webhooks/${endpoint.id}`} fw={500}>
          {endpoint.url}
        </Anchor>
        <Text size="sm" c="dimmed">
          {endpoint.description && `${endpoint.description} · `}
          {counted(endpoint.events.length, "event")}
        </Text>
      </div>
      <EndpointState endpoint={endpoint} />
    </div>
  );
}

function NewEndpoint({ onClose }: { onClose: () => void }) {
  const forget = useForgetWebhooks();
  const [secret, setSecret] = useState<string | null>(null);
  const create = useSend({
    name: "new endpoint",
    send: (wanted: Wanted) => unwrap(api.POST("/api/v1/webhook-endpoints", { body: wanted })),
    onSuccess: (made) => {
      setSecret(made.secret);
      forget();
    },
  });
  if (secret)
    return <Secret title="Secret of the endpoint" secret={secret} says="Your server verifies with it that messages are ours." onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title="New endpoint" centered size="lg">
      <FocusBack />
      <EndpointForm first={EVERYTHING} verb="Add endpoint" busy={create.isPending} onSubmit={create.mutate} />
    </Modal>
  );
}
