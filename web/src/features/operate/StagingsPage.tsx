import { Button, Group, Image, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { Icon } from "../../shared/Icon";
import { label, minute } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { Found } from "./Found";
import { soughtIn } from "./sought";

type Shown = components["schemas"]["OperatedStaging"];
type State = "" | "queued" | "running" | "ready" | "failed" | "canceled" | "withdrawn";

const OPERATE = ["operate"];
const STATES: State[] = ["", "queued", "running", "ready", "failed", "canceled", "withdrawn"];

/** Stagings without their pictures, and jobs that were given up: why, and what can be done. */
export function StagingsPage() {
  useDocumentTitle("Stagings · Operate · Real Staging");
  const [state, setState] = useState<State>("");
  const sought = soughtIn(useSearch({ strict: false }));
  const found = useQuery({
    queryKey: [...OPERATE, "stagings", state, sought],
    queryFn: () => unwrap(api.GET("/api/v1/operator/stagings", { params: { query: { in_state: state, ...sought } } })),
  });
  const narrowed = sought.staging ? "Only one staging" : sought.account && "Only one account";
  return (
    <>
      {!narrowed && <DeadJobs />}
      <Block title="Stagings">
        {narrowed && (
          <Button variant="default" mb="sm" component={Link} to="/operate/stagings" rightSection={<Icon name="close" size={14} />}>
            {narrowed}
          </Button>
        )}
        <Select
          label="State"
          data={STATES.map((one) => ({ value: one, label: one ? label(one) : "Any" }))}
          value={state}
          allowDeselect={false}
          onChange={(to) => setState((to ?? "") as State)}
        />
        <div className="entries">
          <Found found={found} items={(stagings) => stagings.items} nothing="There is none.">
            {(stagings) => stagings.items.map((one) => <Entry key={one.id} staging={one} />)}
          </Found>
        </div>
      </Block>
    </>
  );
}

function DeadJobs() {
  const cache = useQueryClient();
  const found = useQuery({ queryKey: [...OPERATE, "jobs"], queryFn: () => unwrap(api.GET("/api/v1/operator/jobs")) });
  const replay = useSend({
    name: "replay",
    send: (job_id: string) => unwrap(api.POST("/api/v1/operator/jobs/{job_id}/replay", { params: { path: { job_id } } })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: OPERATE }),
  });
  return (
    <Block title="Jobs that were given up">
      <Found found={found} items={(jobs) => jobs.items} nothing="None.">
        {(jobs) =>
          jobs.items.map((job) => (
            <section key={job.id} className="entry" aria-label={`${job.kind} ${job.id}`}>
              <div className="grow">
                <Text fw={600}>
                  {job.kind}, run {job.run}
                </Text>
                <Text size="sm" className="name">
                  {job.error ?? "It does not say why."}
                </Text>
                <Text size="sm" c="dimmed">
                  {minute(job.finished_at)}
                </Text>
              </div>
              <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate(job.id)}>
                Run again
              </Button>
            </section>
          ))
        }
      </Found>
    </Block>
  );
}

function Entry({ staging }: { staging: Shown }) {
  const cache = useQueryClient();
  const [looking, setLooking] = useState(false);
  const path = { staging_id: staging.id };
  const cancel = useSend({
    name: `cancel ${staging.id}`,
    send: () => unwrap(api.POST("/api/v1/operator/stagings/{staging_id}/cancel", { params: { path } })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: OPERATE }),
  });
  const why = staging.job_error ?? staging.error_message;
  return (
    <section className="entry" aria-label={`${staging.account} ${staging.id}`}>
      <div className="grow">
        <Text fw={600} className="name">
          {label(staging.state)}, {staging.account}
        </Text>
        <Text size="sm" c="dimmed" className="name">
          {label(staging.operation)} by {label(staging.engine)}, {minute(staging.created_at)}
          {staging.step && `, ${label(staging.step)}`}
        </Text>
        {why && (
          <Text size="sm" className="name">
            {why}
          </Text>
        )}
      </div>
      {["queued", "running"].includes(staging.state) && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      )}
      <Button variant="default" onClick={() => setLooking(true)}>
        Look
      </Button>
      {looking && <Look staging={staging} onClose={() => setLooking(false)} />}
    </section>
  );
}

/** Nobody's pictures are seen without a reason, which their account reads. */
function Look({ staging, onClose }: { staging: Shown; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [seen, setSeen] = useState<components["schemas"]["Looked"] | null>(null);
  const look = useSend({
    name: `look ${staging.id}`,
    send: (said: string) =>
      unwrap(api.POST("/api/v1/operator/stagings/{staging_id}/look", { params: { path: { staging_id: staging.id } }, body: { reason: said } })),
    onSuccess: setSeen,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look.mutate(reason);
  };
  return (
    <Modal opened onClose={onClose} title={`A staging of ${staging.account}`} size="lg" centered>
      {seen ? (
        <Stack>
          <Image src={seen.before} alt="The photo as it was sent" radius="md" />
          {seen.after ? <Image src={seen.after} alt="What was made of it" radius="md" /> : <Text c="dimmed">{staging.state === "withdrawn" ? "The result was given back: its files are gone." : "There is no result."}</Text>}
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Textarea
              label="Why these pictures have to be seen"
              description="The account's admins read it in their audit trail, with your name."
              value={reason}
              minLength={10}
              maxLength={200}
              required
              data-autofocus
              autosize
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Group justify="end">
              <Button type="submit" loading={look.isPending}>
                Look
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
