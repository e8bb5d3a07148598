import { Button, Checkbox, Modal, SegmentedControl, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import { useMay } from "../../shared/me";
import { useSend } from "../../shared/useSend";
import { useForgetKeys, type NewApiKey, type Scope } from "./queries";
import { FocusBack } from "../../shared/FocusBack";

const SCOPES: Record<Scope, string> = {
  read: "See projects, photos and pictures",
  upload: "Make projects, send photos",
  stage: "Stage photos",
  download: "Download pictures",
  edit: "Correct rooms, change and delete projects and photos",
  webhooks: "Manage webhooks",
  usage: "See what was spent",
};
const ALL = Object.keys(SCOPES) as Scope[];
const LIVES = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "never", label: "Never" },
];

/** A key as it is being described. `addresses`: as they were typed. */
export type Draft = { name: string; mode: "live" | "test"; scopes: Scope[]; life: string; addresses: string };
export const FIRST: Draft = { name: "", mode: "live", scopes: ["read", "upload", "stage", "download"], life: "90", addresses: "" };

function asked({ name, mode, scopes, life, addresses }: Draft): NewApiKey {
  return {
    name: name.trim(),
    mode,
    scopes,
    addresses: addresses.split(/[\s,;]+/).filter(Boolean),
    ...(life !== "never" && { days: Number(life) }),
  };
}

type Props = { draft: Draft; onChange: (draft: Draft) => void; onMade: (secret: string) => void; onClose: () => void };

export function KeyForm({ draft, onChange, onMade, onClose }: Props) {
  const may = useMay();
  const forget = useForgetKeys();
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const create = useSend({
    name: "new key",
    send: () => unwrap(api.POST("/api/v1/keys", { body: asked(draft) })),
    onSuccess: ({ secret }) => {
      onMade(secret);
      forget();
    },
  });
  const incomplete = !draft.name.trim() || draft.scopes.length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!incomplete) create.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="New key" centered size="lg">
      <FocusBack />
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Name"
            placeholder="Which program it is for"
            maxLength={120}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            data-autofocus
          />
          <SegmentedControl
            aria-label="What it is for"
            data={[
              { value: "live", label: "For real" },
              { value: "test", label: "For tests" },
            ]}
            value={draft.mode}
            onChange={(mode) => change({ mode: mode as Draft["mode"] })}
          />
          {draft.mode === "test" && (
            <Text size="sm" c="dimmed">
              Works in an account apart, with the free engine and a mark on every picture. Nothing is charged, and all of it is deleted
              after 30 days.
            </Text>
          )}
          <Checkbox.Group
            label="It may"
            value={draft.scopes}
            onChange={(scopes) => change({ scopes: ALL.filter((one) => scopes.includes(one)) })}
          >
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="xs">
              {ALL.filter(may).map((scope) => (
                <Checkbox key={scope} value={scope} label={SCOPES[scope]} description={scope} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
          <Select
            label="It ends"
            data={LIVES}
            value={draft.life}
            allowDeselect={false}
            onChange={(life) => life && change({ life })}
          />
          <Textarea
            label="Only from these addresses"
            placeholder="From everywhere"
            description="IP addresses or networks, as 203.0.113.7 or 2001:db8::/48"
            autosize
            minRows={1}
            maxRows={5}
            maxLength={1000}
            value={draft.addresses}
            onChange={(event) => change({ addresses: event.currentTarget.value })}
          />
          <Button type="submit" disabled={incomplete} loading={create.isPending}>
            {draft.scopes.length === 0 ? "Choose what it may" : "Make key"}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
