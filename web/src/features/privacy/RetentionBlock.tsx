import { Button, Group, NumberInput, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { Confirm } from "../../shared/Confirm";
import { Failed } from "../../shared/Failed";
import { counted, minute } from "../../shared/labels";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { changeOf, draftOf, KINDS, wrongIn, type Draft, type Kind, type Retention } from "./retention";

const RETENTION = { queryKey: ["retention"], queryFn: () => unwrap(api.GET("/api/v1/account/retention")) };
const WORDS: Record<Kind, { label: string; says: string }> = {
  photos: { label: "Photos", says: "With everything that was made of them." },
  results: { label: "Pictures", says: "Stagings that are ready, failed or canceled. Photos stay, and drafts are gone once a staging is over." },
  uploads: { label: "Unfinished uploads", says: "Files that were announced and never sent whole." },
};

/** After how many days things go by themselves: read by everybody in the account, chosen by who may change its settings. */
export function RetentionBlock({ mayChange }: { mayChange: boolean }) {
  const found = useQuery(RETENTION);
  return (
    <Block title="How long things are kept">
      {found.isPending && <Skeleton h={160} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (mayChange ? <Form key={JSON.stringify(found.data)} kept={found.data} /> : <Told kept={found.data} />)}
    </Block>
  );
}

function Told({ kept }: { kept: Retention }) {
  return KINDS.map((kind) => (
    <Text key={kind} size="sm">
      {WORDS[kind].label}: {kept[kind].days ? counted(kept[kind].days, "day") : "until somebody deletes them"}
    </Text>
  ));
}

function Form({ kept }: { kept: Retention }) {
  const [draft, setDraft] = useState<Draft>(draftOf(kept));
  const [asked, setAsked] = useState(false);
  const cache = useQueryClient();
  const change = useSend({
    name: "retention",
    send: () => unwrap(api.PATCH("/api/v1/account/retention", { body: changeOf(draft) })),
    onSuccess: (now) => {
      setAsked(false);
      cache.setQueryData(RETENTION.queryKey, now);
      showNotice("Saved.");
    },
  });
  const wrong = wrongIn(draft, kept);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong.length === 0) setAsked(true);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" align="start">
        {KINDS.map((kind) => (
          <NumberInput
            key={kind}
            label={WORDS[kind].label}
            description={WORDS[kind].says}
            placeholder={kept[kind].most === kept[kind].least ? counted(kept[kind].most, "day") : "As the service does"}
            suffix=" days"
            disabled={kept[kind].most === kept[kind].least}
            allowDecimal={false}
            allowNegative={false}
            value={draft[kind]}
            error={wrong.includes(kind) && `From ${kept[kind].least} to ${kept[kind].most} days, or nothing.`}
            onChange={(days) => setDraft((now) => ({ ...now, [kind]: days }))}
            w="min(100%, 420px)"
          />
        ))}
        {kept.in_force_from && (
          <Text size="sm" role="status">
            In force from {minute(kept.in_force_from)}. Until then nothing goes, and you may change it back.
          </Text>
        )}
        <Group>
          <Button type="submit" disabled={wrong.length > 0}>
            Save
          </Button>
        </Group>
      </Stack>
      {asked && (
        <Confirm
          title="Delete by itself what is older?"
          verb="Save"
          busy={change.isPending}
          onConfirm={() => change.mutate()}
          onClose={() => setAsked(false)}
        >
          Whatever is older than you say here is deleted for good, also what is there already. What is to go earlier than before goes
          tomorrow at the earliest; until then you may change it back.
        </Confirm>
      )}
    </form>
  );
}
