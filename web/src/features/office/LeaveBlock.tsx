import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { api, chooseAccount, unwrap, type Me } from "../../api/client";
import { Block } from "../../shared/Block";
import { Confirm } from "../../shared/Confirm";
import { useSend } from "../../shared/useSend";

/** The way out of an account that is of others too. */
export function LeaveBlock({ me }: { me: Me }) {
  const [asked, setAsked] = useState(false);
  const leave = useSend({
    name: "leave",
    send: () => unwrap(api.DELETE("/api/v1/me/accounts/{account_id}", { params: { path: { account_id: me.account.id } } })),
    onSuccess: () => {
      chooseAccount(null);
      location.assign("/");
    },
  });
  if (me.role === "owner" && me.account.kind === "person") return null;
  return (
    <Block title="Leave">
      <Text size="sm" c="dimmed" mb="sm">
        Your projects and pictures stay with {me.account.name}. Its only owner can't leave: hand it over first.
      </Text>
      <Button variant="default" onClick={() => setAsked(true)}>
        Leave {me.account.name}
      </Button>
      {asked && (
        <Confirm
          title={`Leave ${me.account.name}?`}
          verb="Leave"
          busy={leave.isPending}
          onConfirm={() => leave.mutate()}
          onClose={() => setAsked(false)}
        >
          You can do nothing in it any more, until somebody invites you again. What you made stays there.
        </Confirm>
      )}
    </Block>
  );
}
