import { Button, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { day } from "../../shared/labels";
import { useMay } from "../../shared/me";
import { useSend } from "../../shared/useSend";
import { useForgetOffice, type Account } from "./queries";

const KINDS: { value: Account["kind"]; label: string }[] = [
  { value: "person", label: "One person" },
  { value: "office", label: "An office" },
];

/** How the account is called, and whose it is. */
export function AccountBlock({ account }: { account: Account }) {
  const may = useMay();
  return (
    <Block title="Account">
      <Stack gap="md">
        {may("settings") ? <AccountForm account={account} /> : <Text fw={600}>{account.name}</Text>}
        <Text size="sm" c="dimmed">
          {account.seats_used} of {account.seats_limit} seats taken, by members and open invitations. Since {day(account.created_at)}.
        </Text>
      </Stack>
    </Block>
  );
}

function AccountForm({ account }: { account: Account }) {
  const [name, setName] = useState(account.name);
  const [kind, setKind] = useState(account.kind);
  const forget = useForgetOffice();
  const save = useSend({
    name: "account",
    send: () => unwrap(api.PATCH("/api/v1/account", { body: { name: name.trim(), kind } })),
    onSuccess: forget,
  });
  const same = name.trim() === account.name && kind === account.kind;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="end" gap="sm">
        <TextInput
          label="Name"
          className="field"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Whose account this is"
          data={KINDS}
          value={kind}
          onChange={(value) => setKind(value as Account["kind"])}
        />
        <Button type="submit" variant="default" disabled={!name.trim() || same} loading={save.isPending}>
          Save
        </Button>
      </Group>
    </form>
  );
}
