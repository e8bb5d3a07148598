import { Badge, Button, Group, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedValue, useDocumentTitle } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { Confirm } from "../../shared/Confirm";
import { counted, day, label } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { Found } from "./Found";

type Account = components["schemas"]["OperatedAccount"];

const ACCOUNTS = ["operate", "accounts"];
const PLANS = ["free", "pro", "business"];
/** Milliseconds of quiet before what is typed is looked for. */
const TYPED_MS = 300;

/** Accounts found by name or address, and what can be done for them. */
export function AccountsPage() {
  useDocumentTitle("Accounts · Operate · Real Staging");
  const [words, setWords] = useState("");
  const [search] = useDebouncedValue(words, TYPED_MS);
  const found = useQuery({
    queryKey: [...ACCOUNTS, search],
    queryFn: () => unwrap(api.GET("/api/v1/operator/accounts", { params: { query: { search } } })),
    // What was opened stays open while the next letters are looked for.
    placeholderData: keepPreviousData,
  });
  return (
    <Block title="Accounts">
      <TextInput
        label="Name, address or id"
        value={words}
        maxLength={120}
        onChange={(event) => setWords(event.currentTarget.value)}
        type="search"
      />
      <div className="entries">
        <Found found={found} items={(accounts) => accounts.items} nothing="Nothing is called so.">
          {(accounts) => accounts.items.map((account) => <Entry key={account.id} account={account} />)}
        </Found>
      </div>
    </Block>
  );
}

function Entry({ account }: { account: Account }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="entry" aria-label={account.name}>
      <div className="grow">
        <Text fw={600} className="name">
          {account.name} {account.suspended_at && <Badge color="red.8">Suspended</Badge>} {account.erased_at && <Badge color="gray.7">Erased</Badge>}{" "}
          {account.test && <Badge color="gray.7">Test</Badge>}
        </Text>
        <Text size="sm" c="dimmed">
          {label(account.plan)}, ${account.available_usd} credit, {counted(account.members, "member")}, since {day(account.created_at)}
        </Text>
        <Text size="xs" c="dimmed" className="name">
          {account.id}
        </Text>
      </div>
      <Button variant="default" onClick={() => setOpen(!open)} aria-expanded={open}>
        {open ? "Close" : "Open"}
      </Button>
      {open && <Acts account={account} />}
    </section>
  );
}

function Acts({ account }: { account: Account }) {
  const cache = useQueryClient();
  const [asked, setAsked] = useState(false);
  const again = () => void cache.invalidateQueries({ queryKey: ACCOUNTS });
  const path = { account_id: account.id };
  const suspended = account.suspended_at !== null;
  const state = useSend({
    name: `state of ${account.id}`,
    send: (wanted: boolean) => unwrap(api.PUT("/api/v1/operator/accounts/{account_id}/state", { params: { path }, body: { suspended: wanted } })),
    onSuccess: () => {
      setAsked(false);
      again();
    },
  });
  const plan = useSend({
    name: `plan of ${account.id}`,
    send: (wanted: string) => unwrap(api.PUT("/api/v1/operator/accounts/{account_id}/plan", { params: { path }, body: { plan: wanted } })),
    onSuccess: again,
  });
  return (
    <Group align="end" gap="sm" w="100%">
      <Select label="Plan" data={PLANS} value={account.plan} allowDeselect={false} disabled={plan.isPending} onChange={(to) => to && plan.mutate(to)} />
      <Grant account={account} onGiven={again} />
      <Button variant="default" component={Link} to="/operate/stagings" search={{ account: account.id } as never}>
        Its stagings
      </Button>
      <Button color={suspended ? "pine" : "red.8"} loading={state.isPending} onClick={() => (suspended ? state.mutate(false) : setAsked(true))}>
        {suspended ? "Let it go on" : "Suspend"}
      </Button>
      {asked && (
        <Confirm
          title={`Suspend ${account.name}?`}
          verb="Suspend"
          busy={state.isPending}
          onConfirm={() => state.mutate(true)}
          onClose={() => setAsked(false)}
        >
          Nobody gets in, what runs is stopped, and nothing is charged for it.
        </Confirm>
      )}
    </Group>
  );
}

function Grant({ account, onGiven }: { account: Account; onGiven: () => void }) {
  const [usd, setUsd] = useState("");
  const [reference, setReference] = useState("");
  const give = useSend({
    name: `grant to ${account.id}`,
    send: (given: { usd: string; reference: string }) =>
      unwrap(api.PUT("/api/v1/operator/accounts/{account_id}/grants", { params: { path: { account_id: account.id } }, body: given })),
    onSuccess: () => {
      setUsd("");
      setReference("");
      onGiven();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    give.mutate({ usd, reference });
  };
  return (
    <form onSubmit={submit}>
      <Group align="end" gap="sm">
        <TextInput label="Credit in US$" w={140} value={usd} inputMode="decimal" pattern="[0-9]{1,7}(\.[0-9]{1,6})?" required onChange={(event) => setUsd(event.currentTarget.value)} />
        <TextInput
          label="Reference, given once"
          w={190}
          value={reference}
          pattern="[A-Za-z0-9][A-Za-z0-9:._\-]{2,99}"
          required
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={give.isPending}>
          Give
        </Button>
      </Group>
    </form>
  );
}
