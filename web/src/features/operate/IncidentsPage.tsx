import { Anchor, Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { minute } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { Found } from "./Found";

type Incident = components["schemas"]["IncidentTold"];

const INCIDENTS = ["operate", "incidents"];

/** What people are told at the status page of what is wrong. */
export function IncidentsPage() {
  useDocumentTitle("Incidents · Operate · Real Staging");
  const found = useQuery({ queryKey: INCIDENTS, queryFn: () => unwrap(api.GET("/api/v1/operator/incidents")) });
  return (
    <>
      <Block
        title="New incident"
        action={
          <Anchor href="/status" underline="always">
            The status page
          </Anchor>
        }
      >
        <Begin />
      </Block>
      <Block title="Incidents">
        <Found found={found} items={(told) => told.items} nothing="No incidents in the last year. Those of the file STATUS_INCIDENTS are not listed here.">
          {(told) => told.items.map((one) => <Entry key={one.id} incident={one} />)}
        </Found>
      </Block>
    </>
  );
}

function useAgain() {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: INCIDENTS });
}

function Begin() {
  const again = useAgain();
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const begin = useSend({
    name: "incident",
    send: (body: { title: string; text: string }) => unwrap(api.POST("/api/v1/operator/incidents", { body })),
    onSuccess: () => {
      setTitle("");
      setText("");
      again();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate({ title: title.trim(), text });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label="In a few words" placeholder="Uploads are slow" value={title} maxLength={120} required onChange={(event) => setTitle(event.currentTarget.value)} />
        <Textarea
          label="What people see of it, and what you do"
          description="Everybody reads it at the status page within seconds. What was told stays told; more can be told later."
          value={text}
          minLength={3}
          maxLength={4000}
          required
          autosize
          minRows={3}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="end">
          <Button type="submit" loading={begin.isPending}>
            Tell everybody
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Entry({ incident }: { incident: Incident }) {
  const goesOn = incident.ended_at === null;
  return (
    <section className="entry" aria-label={incident.title}>
      <div className="grow">
        <Group gap="xs">
          <Text fw={600} className="name">
            {incident.title}
          </Text>
          <span className="chip" data-tone={goesOn ? "bad" : "good"}>
            {goesOn ? "Goes on" : "Over"}
          </span>
        </Group>
        <Text size="sm" c="dimmed">
          Since {minute(incident.began_at)}
          {incident.ended_at && `, until ${minute(incident.ended_at)}`}
        </Text>
        {incident.reports.map((report) => (
          <div key={report.id}>
            <Text size="sm" c="dimmed" mt="xs" className="name">
              {minute(report.written_at)}, {report.author}
            </Text>
            <Text size="sm" className="name" style={{ whiteSpace: "pre-line" }}>
              {report.text}
            </Text>
          </div>
        ))}
        {goesOn && <More incident={incident} />}
      </div>
    </section>
  );
}

function More({ incident }: { incident: Incident }) {
  const again = useAgain();
  const [text, setText] = useState("");
  const tell = useSend({
    name: `report of ${incident.id}`,
    send: (body: { text: string; ends: boolean }) =>
      unwrap(api.POST("/api/v1/operator/incidents/{incident_id}/reports", { params: { path: { incident_id: incident.id } }, body })),
    onSuccess: () => {
      setText("");
      again();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const by = (event.nativeEvent as SubmitEvent).submitter;
    tell.mutate({ text, ends: by?.getAttribute("value") === "ends" });
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        mt="sm"
        label="More of it"
        value={text}
        minLength={3}
        maxLength={4000}
        required
        autosize
        minRows={2}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="end" mt="xs" gap="xs">
        <Button type="submit" variant="default" loading={tell.isPending}>
          Tell
        </Button>
        <Button type="submit" value="ends" loading={tell.isPending}>
          Tell, and it is over
        </Button>
      </Group>
    </form>
  );
}
