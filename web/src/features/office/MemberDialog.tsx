import { Button, Modal, NumberInput, Stack, Text } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { api, unwrap } from "../../api/client";
import { Confirm } from "../../shared/Confirm";
import { useKept } from "../../shared/kept";
import { useSend } from "../../shared/useSend";
import { useForgetOffice, type Colleague, type MemberChange } from "./queries";

/** What is asked about before it is done to a member. */
export type Asked = { what: "limit" | "suspend" | "transfer" | "remove"; id: string };
type Props = { what: Asked["what"]; member: Colleague; onClose: () => void };
type Meant = { title: string; verb: string; send: () => Promise<unknown>; says: ReactNode };

export function MemberDialog({ what, member, onClose }: Props) {
  if (what === "limit") return <LimitForm member={member} onClose={onClose} />;
  return <Sure what={what} member={member} onClose={onClose} />;
}

function change(member: Colleague, body: MemberChange) {
  return unwrap(api.PATCH("/api/v1/members/{member_id}", { params: { path: { member_id: member.id } }, body }));
}

function meant(what: Exclude<Asked["what"], "limit">, member: Colleague): Meant {
  const name = <b>{member.name}</b>;
  switch (what) {
    case "suspend":
      return {
        title: "Suspend this member?",
        verb: "Suspend",
        send: () => change(member, { suspended: true }),
        says: <>{name} can do nothing here until you let them in again. Pictures being made for them are stopped, and nothing is charged for those.</>,
      };
    case "transfer":
      return {
        title: "Hand over the account?",
        verb: "Hand over",
        send: () => unwrap(api.POST("/api/v1/account/transfer", { body: { member_id: member.id } })),
        says: <>{name} becomes the owner in your place, and you an admin. Only they can give it back.</>,
      };
    case "remove":
      return {
        title: "Remove this member?",
        verb: "Remove",
        send: () => unwrap(api.DELETE("/api/v1/members/{member_id}", { params: { path: { member_id: member.id } } })),
        says: <>{name} can do nothing here any more, at once. Their projects and pictures stay.</>,
      };
  }
}

function Sure({ what, member, onClose }: Props & { what: Exclude<Asked["what"], "limit"> }) {
  const { title, verb, send, says } = meant(what, member);
  const forget = useForgetOffice();
  const confirm = useSend({
    name: `${what} ${member.id}`,
    send,
    onSuccess: () => {
      forget();
      onClose();
    },
  });
  return (
    <Confirm title={title} verb={verb} busy={confirm.isPending} onConfirm={() => confirm.mutate()} onClose={onClose}>
      {says}
    </Confirm>
  );
}

function LimitForm({ member, onClose }: { member: Colleague; onClose: () => void }) {
  const now = member.monthly_limit_usd === null ? "" : Number(member.monthly_limit_usd);
  const [limit, setLimit] = useKept<number | string>(`limit ${member.id}`, now);
  const forget = useForgetOffice();
  const save = useSend({
    name: `limit ${member.id}`,
    send: () => change(member, { monthly_limit_usd: limit === "" ? null : Number(limit).toFixed(2) }),
    onSuccess: () => {
      forget();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={`Monthly limit of ${member.name}`} centered>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">What their pictures may cost in a month, within the budget of the account. Empty: no limit of their own.</Text>
          <NumberInput
            label="At most, a month"
            placeholder="No limit"
            min={0}
            decimalScale={2}
            fixedDecimalScale
            prefix="$"
            value={limit}
            onChange={setLimit}
            data-autofocus
          />
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
