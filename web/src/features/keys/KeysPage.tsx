import { Anchor, Button, Skeleton, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState, type ReactNode } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { Confirm } from "../../shared/Confirm";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { useKept } from "../../shared/kept";
import { day, label } from "../../shared/labels";
import { Secret } from "../../shared/Secret";
import { useSend } from "../../shared/useSend";
import { FIRST, KeyForm, type Draft } from "./KeyForm";
import { isOver, useForgetKeys, useKeys, type ApiKey } from "./queries";

/** Hours for which both are taken after a rotation. */
const OVERLAP_HOURS = 24;
const SAYS = "Your program sends it as its bearer token.";

/** The keys by which programs work in the account: made, replaced, revoked. */
export function KeysPage() {
  useDocumentTitle("Keys · Real Staging");
  const found = useKeys();
  const [draft, setDraft] = useKept<Draft | null>("new key", null);
  const [rotated, setRotated] = useKept<string | null>("rotated key", null);
  const [secret, setSecret] = useState<string | null>(null);
  const keys = found.data?.items ?? [];
  const rotating = keys.find((key) => key.id === rotated);
  const show = (made: string) => {
    setSecret(made);
    setDraft(null);
    setRotated(null);
  };
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setDraft(FIRST)}>
      New key
    </Button>
  );
  return (
    <Block title="Keys" action={keys.length > 0 && add}>
      {found.isPending && <Skeleton h={120} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && keys.length === 0 && <NoKeys add={add} />}
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} onRotate={() => setRotated(key.id)} />
      ))}
      {draft && <KeyForm draft={draft} onChange={setDraft} onMade={show} onClose={() => setDraft(null)} />}
      {rotating && <Rotate apiKey={rotating} onMade={show} onClose={() => setRotated(null)} />}
      {secret && <Secret title="Your new key" secret={secret} says={SAYS} onClose={() => setSecret(null)} />}
    </Block>
  );
}

function NoKeys({ add }: { add: ReactNode }) {
  return (
    <Stack align="start" gap="sm">
      <Text c="dimmed">
        With a key, a program of yours uploads, stages and downloads as you do here. A test key costs nothing and marks every picture.{" "}
        <Anchor href="/help/tutorial/api-in-ten-minutes/" underline="always" inherit>
          The API in ten minutes
        </Anchor>
      </Text>
      {add}
    </Stack>
  );
}

function KeyRow({ apiKey, onRotate }: { apiKey: ApiKey; onRotate: () => void }) {
  const [asked, setAsked] = useState(false);
  const forget = useForgetKeys();
  const revoke = useSend({
    name: `revoke ${apiKey.id}`,
    send: () => unwrap(api.DELETE("/api/v1/keys/{key_id}", { params: { path: { key_id: apiKey.id } } })),
    onSuccess: () => {
      setAsked(false);
      forget();
    },
  });
  const over = isOver(apiKey, Date.now());
  return (
    <div className="entry" role="group" aria-label={apiKey.name}>
      <div className="grow name">
        <Text fw={500}>
          {apiKey.name} {apiKey.mode === "test" && <span className="chip" data-tone="test">Test</span>}{" "}
          {over && <span className="chip">Ended</span>}
        </Text>
        <Text size="sm" c="dimmed">
          … {apiKey.ends_with} · {apiKey.scopes.map(label).join(", ")}
        </Text>
        <Text size="sm" c="dimmed">
          {lifeOf(apiKey, over)}
        </Text>
      </div>
      {!over && !apiKey.replaced_by && (
        <Button variant="default" size="compact-md" onClick={onRotate} aria-label={`Replace ${apiKey.name}`}>
          Replace
        </Button>
      )}
      {!over && (
        <Button variant="default" size="compact-md" onClick={() => setAsked(true)} aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      )}
      {asked && (
        <Confirm
          title="Revoke this key?"
          verb="Revoke"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate()}
          onClose={() => setAsked(false)}
        >
          <b>{apiKey.name}</b> opens nothing any more, at once. Programs that use it stop working.
        </Confirm>
      )}
    </div>
  );
}

function lifeOf(key: ApiKey, over: boolean): string {
  const used = key.last_used_on ? `last used ${day(key.last_used_on)}` : "never used";
  const end = key.expires_at ? ` · ${over ? "ended" : "ends"} ${day(key.expires_at)}` : "";
  const places = key.addresses.length > 0 ? ` · from ${key.addresses.join(", ")}` : "";
  return `Made by ${key.created_by}, ${day(key.created_at)} · ${used}${end}${places}${key.replaced_by ? " · replaced by a new one" : ""}`;
}

function Rotate({ apiKey, onMade, onClose }: { apiKey: ApiKey; onMade: (secret: string) => void; onClose: () => void }) {
  const forget = useForgetKeys();
  const rotate = useSend({
    name: `rotate ${apiKey.id}`,
    send: () =>
      unwrap(
        api.POST("/api/v1/keys/{key_id}/rotate", {
          params: { path: { key_id: apiKey.id } },
          body: { overlap_hours: OVERLAP_HOURS },
        }),
      ),
    onSuccess: ({ secret }) => {
      onMade(secret);
      forget();
    },
  });
  return (
    <Confirm title="Replace this key?" verb="Replace" busy={rotate.isPending} onConfirm={() => rotate.mutate()} onClose={onClose}>
      A new key takes the place of <b>{apiKey.name}</b>. For {OVERLAP_HOURS} hours both work, so that your programs can be given the new
      one meanwhile.
    </Confirm>
  );
}
