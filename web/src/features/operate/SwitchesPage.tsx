import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { FocusBack } from "../../shared/FocusBack";
import { label, minute } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { Found } from "./Found";

type Shown = components["schemas"]["SwitchNow"];
type Wanted = { on: boolean; words: string };

const SWITCHES = ["operate", "switches"];

/** Parts of the service that can be closed for everybody, at once. */
export function SwitchesPage() {
  useDocumentTitle("Switches · Operate · Real Staging");
  const found = useQuery({ queryKey: SWITCHES, queryFn: () => unwrap(api.GET("/api/v1/operator/switches")) });
  return (
    <Block title="Switches">
      <Text size="sm" c="dimmed">
        What is switched off is refused to everybody within a moment, with the words that you write. What was begun is ended.
      </Text>
      <div className="entries">
        <Found found={found} items={(now) => now.items} nothing="">
          {(now) => now.items.map((one) => <Entry key={one.name} one={one} />)}
        </Found>
      </div>
    </Block>
  );
}

function named(name: Shown["name"]): string {
  return name === "sign_ups" ? "Sign-ups" : label(name);
}

function Entry({ one }: { one: Shown }) {
  const cache = useQueryClient();
  const [asked, setAsked] = useState(false);
  const set = useSend({
    name: `switch ${one.name}`,
    send: (body: Wanted) => unwrap(api.PUT("/api/v1/operator/switches/{switch}", { params: { path: { switch: one.name } }, body })),
    onSuccess: () => {
      setAsked(false);
      void cache.invalidateQueries({ queryKey: SWITCHES });
    },
  });
  return (
    <section className="entry" aria-label={named(one.name)}>
      <div className="grow">
        <Group gap="xs">
          <Text fw={600}>{named(one.name)}</Text>
          <span className="chip" data-tone={one.on ? "good" : "bad"}>
            {one.on ? "On" : "Off"}
          </span>
        </Group>
        <Text size="sm">{one.about}</Text>
        {!one.on && <Text size="sm">People are told: {one.words || one.says}</Text>}
        {one.author && one.set_at && (
          <Text size="sm" c="dimmed" className="name">
            {one.author}, {minute(one.set_at)}
          </Text>
        )}
      </div>
      {one.on ? (
        <Button variant="default" onClick={() => setAsked(true)}>
          Switch off
        </Button>
      ) : (
        <Button loading={set.isPending} onClick={() => set.mutate({ on: true, words: "" })}>
          Switch on
        </Button>
      )}
      {asked && <Off one={one} busy={set.isPending} onOff={(words) => set.mutate({ on: false, words })} onClose={() => setAsked(false)} />}
    </section>
  );
}

function Off({ one, busy, onOff, onClose }: { one: Shown; busy: boolean; onOff: (words: string) => void; onClose: () => void }) {
  const [words, setWords] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onOff(words);
  };
  return (
    <Modal opened onClose={onClose} title={`Switch off: ${named(one.name)}`} centered>
      <FocusBack />
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{one.about}</Text>
          <Textarea
            label="What people are told"
            description={`Left empty: ${one.says}`}
            value={words}
            maxLength={200}
            autosize
            minRows={2}
            data-autofocus
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              Leave it on
            </Button>
            <Button type="submit" color="red.8" loading={busy}>
              Switch off
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
