import { Button, Checkbox, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { EVENTS, type WebhookEvent } from "./queries";

export type Wanted = { url: string; description: string; events: WebhookEvent[] };
type Props = { first: Wanted; verb: string; busy: boolean; onSubmit: (wanted: Wanted) => void };

const ALL = Object.keys(EVENTS) as WebhookEvent[];
export const EVERYTHING: Wanted = { url: "", description: "", events: ALL };

/** Which address is told, and what. */
export function EndpointForm({ first, verb, busy, onSubmit }: Props) {
  const [wanted, setWanted] = useState(first);
  const change = (part: Partial<Wanted>) => setWanted((now) => ({ ...now, ...part }));
  const incomplete = !wanted.url.trim() || wanted.events.length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!incomplete) onSubmit({ ...wanted, url: wanted.url.trim(), description: wanted.description.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Address"
          placeholder="https://example.com/webhooks"
          inputMode="url"
          maxLength={2000}
          value={wanted.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
          data-autofocus
        />
        <TextInput
          label="What it is for"
          placeholder="You may leave it empty"
          maxLength={200}
          value={wanted.description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
        <Checkbox.Group
          label="Told when"
          value={wanted.events}
          onChange={(events) => change({ events: ALL.filter((one) => events.includes(one)) })}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="xs">
            {ALL.map((event) => (
              <Checkbox key={event} value={event} label={EVENTS[event]} description={event} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Button type="submit" disabled={incomplete} loading={busy}>
          {wanted.events.length === 0 ? "Choose an event" : verb}
        </Button>
      </Stack>
    </form>
  );
}
