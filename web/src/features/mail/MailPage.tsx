import { Alert, Skeleton, Stack, Switch, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { useSend } from "../../shared/useSend";

type Choices = components["schemas"]["MailChoices"];
type Kind = keyof components["schemas"]["ChangedChoices"];

const MAIL = ["mail"];
const UNDELIVERABLE: Record<string, string> = {
  bounce: "Letters to this address came back: nobody is there. Nothing is sent to it any more. Give another one where you sign in.",
  complaint: "A letter to this address was called spam. Nothing is sent to it any more.",
};

/** What one is written to about. */
export function MailPage() {
  useDocumentTitle("Mail · Real Staging");
  const found = useQuery({ queryKey: MAIL, queryFn: () => unwrap(api.GET("/api/v1/me/mail")) });
  return (
    <Block title="Mail">
      {found.isPending && <Skeleton h={160} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <MailForm choices={found.data} />}
    </Block>
  );
}

function MailForm({ choices }: { choices: Choices }) {
  const cache = useQueryClient();
  const change = useSend({
    name: "mail",
    send: ({ kind, wanted }: { kind: string; wanted: boolean }) =>
      unwrap(api.PATCH("/api/v1/me/mail", { body: { [kind as Kind]: wanted } })),
    onSuccess: (now) => cache.setQueryData(MAIL, now),
  });
  return (
    <Stack gap="md">
      <Text c="dimmed" size="sm" className="name">
        Letters go to {choices.address || "nowhere: the service that signs you in gave no address"}.
      </Text>
      {choices.undeliverable && (
        <Alert color="yellow" className="aside" role="alert">
          {UNDELIVERABLE[choices.undeliverable] ?? "Nothing is sent to this address."}
        </Alert>
      )}
      {choices.kinds.map(({ kind, title, wanted }) => (
        <Switch
          key={kind}
          label={title}
          checked={wanted}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ kind, wanted: event.currentTarget.checked })}
        />
      ))}
      <Text c="dimmed" size="sm">
        You are always told of invitations, of sign-ins from new devices, of exports, and of webhooks that are switched off.
      </Text>
    </Stack>
  );
}
