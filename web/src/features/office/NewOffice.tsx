import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { api, chooseAccount, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { useSend } from "../../shared/useSend";

/** A further account, whose owner one is. */
export function NewOffice() {
  const [name, setName] = useState("");
  const create = useSend({
    name: "new office",
    send: () => unwrap(api.POST("/api/v1/me/accounts", { body: { name: name.trim() } })),
    onSuccess: ({ account }) => {
      chooseAccount(account.id);
      location.assign("/settings/office");
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) create.mutate();
  };
  return (
    <Block title="Another office">
      <Text size="sm" c="dimmed" mb="sm">
        With projects, members and credit of its own. You change between your accounts in the menu at the top.
      </Text>
      <form onSubmit={submit}>
        <Group align="end" gap="sm">
          <TextInput
            label="Name of the office"
            className="field"
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={!name.trim()} loading={create.isPending}>
            Open
          </Button>
        </Group>
      </form>
    </Block>
  );
}
