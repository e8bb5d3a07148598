import { Menu, Text } from "@mantine/core";
import { chooseAccount } from "../../api/client";
import { label } from "../../shared/labels";
import { useMe } from "../../shared/me";
import { useAccounts } from "./queries";

/** In the menu of who is in several accounts: the way from one to another. The page begins anew there, in this tab alone. */
export function Accounts({ opened }: { opened: boolean }) {
  const me = useMe();
  const found = useAccounts(opened);
  const items = found.data?.items ?? [];
  if (items.length < 2) return null;
  const change = (id: string) => {
    if (id === me?.account.id) return;
    chooseAccount(id);
    location.assign("/");
  };
  return (
    <>
      <Menu.Label>Work in</Menu.Label>
      <Menu.RadioGroup value={me?.account.id ?? ""} onChange={change}>
        {items.map(({ account, role, suspended }) => (
          <Menu.RadioItem key={account.id} value={account.id}>
            <Text size="sm" truncate maw={220}>
              {account.name}
            </Text>
            <Text size="xs" c="dimmed">
              {suspended ? "Suspended" : label(role)}
            </Text>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  );
}
