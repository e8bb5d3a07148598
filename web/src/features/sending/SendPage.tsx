import { Alert, Button, Group, Progress, Stack, Text, TextInput, Title } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useEffect, useState } from "react";
import { api, Problem, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Icon } from "../../shared/Icon";
import { counted } from "../../shared/labels";
import { showError } from "../../shared/notify";
import { takeIn } from "../photos/intake";
import { useQueue } from "../photos/queue";
import { rowsOf, sendRows, tally, type Sending } from "./send";

type Invitation = components["schemas"]["Invitation"];

/** Whoever has an upload link sends photos here: no account, no sign-in. */
export default function SendPage({ token }: { token: string }) {
  const [asked, setAsked] = useState<Invitation | null>(null);
  const [failure, setFailure] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    unwrap(api.GET("/api/v1/upload-links/{token}", { params: { path: { token } } })).then(
      (found) => (setAsked(found), setFailure(null)),
      setFailure,
    );
  }, [token, turn]);
  if (asked) return <SendForm token={token} asked={asked} />;
  if (!failure) return <Text c="dimmed">One moment …</Text>;
  const gone = failure.status >= 400 && failure.status < 500 && failure.code !== "switched_off";
  return (
    <Stack gap="md" role="alert" align="start">
      <Title order={1} fz={{ base: 26, sm: 34 }}>
        {gone ? "This link takes no photos" : "Something is in the way"}
      </Title>
      <Text>{failure.message}</Text>
      {!gone && (
        <Button variant="default" onClick={() => setTurn(turn + 1)}>
          Try again
        </Button>
      )}
    </Stack>
  );
}

function SendForm({ token, asked }: { token: string; asked: Invitation }) {
  const [sender, setSender] = useState("");
  const [queue, rows] = useQueue<Sending>();
  const [told, setTold] = useState<string[]>([]);
  const [runs, setRuns] = useState(0);
  const busy = runs > 0;
  const { waiting, moving, arrived } = tally(rows);
  const left = Math.max(0, asked.files_left - arrived);
  const add = async (files: File[]) => {
    const places = Math.max(0, Math.min(asked.limits.max_files, left) - waiting - moving);
    const taken = await takeIn(files, places, asked.limits);
    queue.add(rowsOf(taken));
    setTold(taken.told);
  };
  const send = async (keys: string[]) => {
    setRuns((now) => now + 1);
    await sendRows({ token, sender }, queue, keys).catch(showError);
    setRuns((now) => now - 1);
  };
  const sendAgain = (key: string) => {
    queue.change(key, { state: "chosen" });
    return send([key]);
  };
  useStayWhile(busy || waiting > 0);
  return (
    <Stack gap="md">
      <Title order={1} fz={{ base: 26, sm: 34 }}>
        Send photos to {asked.account_name}
      </Title>
      <Text>
        They are for <b>{asked.project_name}</b>
        {asked.name && <> ({asked.name})</>}. {left > 0 ? `This link takes ${counted(left, "more file")}` : "This link takes no more files"},
        until {new Date(asked.expires_at).toLocaleDateString()}.
      </Text>
      <TextInput
        label="Your name"
        description="So that they know whose photos these are. You may leave it empty."
        maxLength={120}
        value={sender}
        disabled={busy}
        onChange={(event) => setSender(event.currentTarget.value)}
      />
      {left > 0 && (
        <Dropzone
          onDrop={() => undefined}
          onDropAny={(files) => void add(files).catch(showError)}
          useFsAccessApi={false}
          disabled={busy}
          radius="lg"
          p="lg"
          aria-label="Photos to send"
        >
          <Stack align="center" gap={6} style={{ pointerEvents: "none" }}>
            <Icon name="upload" size={40} />
            <Text ta="center" fw={500}>
              Choose photos, or drop them here
            </Text>
            <Text c="dimmed" size="sm" ta="center">
              JPEG, PNG, WebP or HEIC, {asked.limits.max_bytes / 2 ** 20} MB each
            </Text>
          </Stack>
        </Dropzone>
      )}
      {told.map((sentence) => (
        <Text size="sm" c="dimmed" role="status" key={sentence}>
          {sentence}
        </Text>
      ))}
      {rows.map((row) => (
        <Row
          key={row.key}
          row={row}
          onRetry={() => void sendAgain(row.key)}
          onRemove={() => queue.remove([row.key])}
        />
      ))}
      {(waiting > 0 || busy) && (
        <Button size="md" loading={busy} onClick={() => void send(queue.waiting())}>
          Send {counted(waiting, "photo")}
        </Button>
      )}
      {arrived > 0 && waiting + moving === 0 && (
        <Alert color="pine" role="status">
          {counted(arrived, "photo")} {arrived === 1 ? "has" : "have"} arrived. Thank you. You may close this page, or send more.
        </Alert>
      )}
    </Stack>
  );
}

const STATES: Record<Sending["state"], string> = {
  chosen: "Ready to be sent",
  sending: "Sending",
  checking: "Checking …",
  arrived: "Arrived",
  refused: "",
};

type RowProps = { row: Sending; onRetry: () => void; onRemove: () => void };

function Row({ row, onRetry, onRemove }: RowProps) {
  const moving = row.state === "sending" || row.state === "checking";
  const verb = row.state === "sending" ? "Cancel" : "Remove";
  const share = row.state === "sending" ? ` ${Math.round(row.sent * 100)} %` : "";
  return (
    <Group wrap="nowrap" gap="sm" className="room queued">
      <div className="grow">
        <Text truncate fw={500}>
          {row.file.name}
        </Text>
        {row.reason ? (
          <Text size="sm" className="refusal" role="alert">
            {row.reason}
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            {STATES[row.state]}
            {share}
          </Text>
        )}
        {moving && <Progress mt={6} value={row.sent * 100} aria-label={`${row.file.name} sent`} />}
      </div>
      {row.state === "refused" && row.retry && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
      {row.state !== "checking" && row.state !== "arrived" && (
        <Button size="compact-sm" variant="subtle" onClick={onRemove} aria-label={`${verb} ${row.file.name}`}>
          {verb}
        </Button>
      )}
    </Group>
  );
}

/** Ask before the page is closed while photos wait or are on their way. */
function useStayWhile(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [busy]);
}
