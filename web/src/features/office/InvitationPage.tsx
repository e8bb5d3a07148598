import { Alert, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, chooseAccount, isGone, Problem, unwrap, type Me } from "../../api/client";
import type { components } from "../../api/schema";
import { Failed } from "../../shared/Failed";
import { day, label } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { ROLE_SAYS } from "./roles";

type Shown = components["schemas"]["Shown"];

/** `me`: null for who is not signed in. */
type Props = { token: string; me: Me | null; onSignIn: () => void };

/** Where the link in a letter leads that asks somebody into an account. */
export function InvitationPage({ token, me, onSignIn }: Props) {
  useDocumentTitle("Invitation · Real Staging");
  const found = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => unwrap(api.POST("/api/v1/invitations/look", { body: { token } })),
  });
  if (found.isPending) return <Skeleton h={240} radius="lg" />;
  if (isGone(found.error)) return <Over reason={found.error.message} />;
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  return <Invitation shown={found.data} {...{ token, me, onSignIn }} />;
}

function Over({ reason }: { reason: string }) {
  return (
    <Stack gap="sm" py={48} role="alert">
      <Title order={1} size="h2">
        This invitation cannot be accepted
      </Title>
      <Text>{reason}</Text>
      <Text c="dimmed">
        An invitation is good for two weeks, for one person, and until a newer letter is sent. If you accepted it already, you find the
        account in the menu at the top.
      </Text>
    </Stack>
  );
}

function Invitation({ shown, token, me, onSignIn }: Props & { shown: Shown }) {
  return (
    <Stack gap="lg" py={32} className="field">
      <Stack gap={6}>
        <Title order={1}>Join {shown.account_name}</Title>
        <Text size="lg">
          {shown.invited_by} invites {shown.email} to work there as {shown.role}.
        </Text>
        <Text c="dimmed">
          {label(shown.role)}: {ROLE_SAYS[shown.role].toLowerCase()}. The invitation is good until {day(shown.expires_at)}.
        </Text>
      </Stack>
      {me ? <Accept {...{ shown, token, me, onSignIn }} /> : <SignInFirst email={shown.email} onSignIn={onSignIn} />}
    </Stack>
  );
}

function SignInFirst({ email, onSignIn }: { email: string; onSignIn: () => void }) {
  return (
    <Stack gap="sm" align="start">
      <Button size="md" onClick={onSignIn}>
        Sign in to accept
      </Button>
      <Text c="dimmed" size="sm">
        Best with {email}. Whoever has not been here before is made known by it; you come back to this page.
      </Text>
    </Stack>
  );
}

/** With another address than the letter went to, they say that it was meant for them. */
function Accept({ shown, token, me, onSignIn }: Omit<Props, "me"> & { shown: Shown; me: Me }) {
  const [told, setTold] = useState(false);
  const other = told || me.email.toLowerCase() !== shown.email.toLowerCase();
  const accept = useSend({
    name: "accept invitation",
    send: () => accepted(token, other),
    onSuccess: (account) => {
      if (account === null) return setTold(true);
      chooseAccount(account);
      location.assign("/");
    },
  });
  return (
    <Stack gap="md">
      {other && (
        <Alert color="yellow" className="aside" role="status">
          You are signed in as {me.email || me.name}, and the invitation went to {shown.email}. Accept it if it was meant for you all the
          same.
        </Alert>
      )}
      <Group gap="xs">
        <Button size="md" loading={accept.isPending} onClick={() => accept.mutate()}>
          {other ? `Accept as ${me.email || me.name}` : "Accept"}
        </Button>
        <Button size="md" variant="default" onClick={onSignIn}>
          Sign in as somebody else
        </Button>
      </Group>
    </Stack>
  );
}

/** The account they are in now; null where they are first to say that it was meant for them. */
async function accepted(token: string, other: boolean): Promise<string | null> {
  try {
    const body = { token, confirm_other_address: other };
    return (await unwrap(api.POST("/api/v1/invitations/accept", { body }))).account.id;
  } catch (error) {
    if (error instanceof Problem && error.code === "other_address") return null;
    throw error;
  }
}
