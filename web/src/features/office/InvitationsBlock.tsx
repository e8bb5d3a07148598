import { Button, Group, Select, Skeleton, Text, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { api, unwrap, type Me, type Role } from "../../api/client";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { day, label } from "../../shared/labels";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { useForgetOffice, useInvitations, type Invitation } from "./queries";
import { ROLE_SAYS, rolesBelow } from "./roles";

/** Who is asked into the account, and has not come yet. */
export function InvitationsBlock({ me }: { me: Me }) {
  const found = useInvitations();
  const invitations = found.data?.items ?? [];
  return (
    <Block title="Invitations">
      <InvitationForm me={me} />
      {found.isPending && <Skeleton h={60} mt="md" />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {invitations.length > 0 && (
        <div className="entries">
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </div>
      )}
    </Block>
  );
}

function InvitationForm({ me }: { me: Me }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const forget = useForgetOffice();
  const invite = useSend({
    name: "invite",
    send: () => unwrap(api.POST("/api/v1/invitations", { body: { email: email.trim(), role } })),
    onSuccess: (made) => {
      setEmail("");
      forget();
      showNotice(`${made.email} is sent a letter with a link, good until ${day(made.expires_at)}.`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim()) invite.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="end" gap="sm">
        <TextInput
          label="E-mail address"
          type="email"
          placeholder="colleague@example.com"
          className="field"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label="As"
          w={130}
          data={rolesBelow(me.role).map((one) => ({ value: one, label: label(one) }))}
          value={role}
          allowDeselect={false}
          onChange={(one) => one && setRole(one as Role)}
        />
        <Button type="submit" disabled={!email.trim()} loading={invite.isPending}>
          Invite
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {label(role)}: {ROLE_SAYS[role].toLowerCase()}.
      </Text>
    </form>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { id, email, role, state } = invitation;
  const forget = useForgetOffice();
  const path = { params: { path: { invitation_id: id } } };
  const resend = useSend({
    name: `resend ${id}`,
    send: () => unwrap(api.POST("/api/v1/invitations/{invitation_id}/resend", path)),
    onSuccess: () => {
      forget();
      showNotice(`${email} is sent another letter. The link before does not work any more.`);
    },
  });
  const revoke = useSend({
    name: `revoke ${id}`,
    send: () => unwrap(api.DELETE("/api/v1/invitations/{invitation_id}", path)),
    onSuccess: forget,
  });
  const over = state !== "open";
  return (
    <div className="entry" role="group" aria-label={email}>
      <div className="grow name">
        <Text fw={500}>
          {email} {over && <span className="chip">{label(state)}</span>}
        </Text>
        <Text size="sm" c="dimmed">
          {label(role)} · invited by {invitation.invited_by} · {over ? "ran out" : "good until"} {day(invitation.expires_at)}
        </Text>
      </div>
      <Button variant="default" size="compact-md" loading={resend.isPending} onClick={() => resend.mutate()}>
        Send again
      </Button>
      <Button variant="default" size="compact-md" loading={revoke.isPending} onClick={() => revoke.mutate()}>
        Take back
      </Button>
    </div>
  );
}
