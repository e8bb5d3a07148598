/** Files on their way by an upload link: announced, sent, made photos of a project that the sender does not see. */
import { api, Problem, unwrap } from "../../api/client";
import type { Intake, Taken } from "../photos/intake";
import type { Queue } from "../photos/queue";
import { Changed, digest, put, unchanged } from "../photos/transfer";

export type Sending = {
  key: string;
  file: File;
  type: Taken["type"] | "";
  state: "chosen" | "sending" | "checking" | "arrived" | "refused";
  sent: number;
  reason: string | null;
  /** Whether trying once more may help. */
  retry: boolean;
};

/** Rows for what was taken in, those that can't be sent with their reason. */
export function rowsOf({ photos, refused }: Intake): Sending[] {
  const row = { sent: 0, retry: false };
  return [
    ...photos.map(({ file, type }) => ({ ...row, file, type, key: crypto.randomUUID(), state: "chosen" as const, reason: null })),
    ...refused.map(({ file, reason }) => ({ ...row, file, type: "" as const, key: crypto.randomUUID(), state: "refused" as const, reason })),
  ];
}

/** Of what was chosen: how many wait, are there, were refused. */
export function tally(rows: Sending[]) {
  const count = (...states: Sending["state"][]) => rows.filter((row) => states.includes(row.state)).length;
  return { waiting: count("chosen"), moving: count("sending", "checking"), arrived: count("arrived"), refused: count("refused") };
}

export type Way = { token: string; sender: string };

/** Send some rows that wait, a few at a time. */
export async function sendRows(way: Way, queue: Queue<Sending>, keys: string[]): Promise<void> {
  await queue.send(keys, async (row, signal) => {
    try {
      await sendOne(way, row, queue, signal);
      queue.change(row.key, { state: "arrived", sent: 1 });
    } catch (error) {
      const reason = error instanceof Error ? error.message : "It was not sent.";
      queue.change(row.key, { state: "refused", reason, retry: !(error instanceof Changed) });
    }
  });
}

async function sendOne(way: Way, row: Sending, queue: Queue<Sending>, signal: AbortSignal): Promise<void> {
  queue.change(row.key, { state: "sending", sent: 0, reason: null });
  const { file } = row;
  const sha256 = await digest(file);
  await unchanged(file, sha256, async () => {
    signal.throwIfAborted();
    const path = { params: { path: { token: way.token } } };
    const announced = { name: file.name, type: row.type, size: file.size, sha256 };
    const body = { files: [announced], sender: way.sender.trim() || null };
    const upload = (await unwrap(api.POST("/api/v1/upload-links/{token}/uploads", { ...path, body, signal }))).items[0];
    if (!upload?.url || !upload.upload_id) throw refusal(upload?.error?.message);
    await put({ url: upload.url, headers: upload.headers }, file, (sent) => queue.change(row.key, { sent }), signal);
    queue.change(row.key, { state: "checking", sent: 1 });
    const completed = { upload_ids: [upload.upload_id] };
    const done = (await unwrap(api.POST("/api/v1/upload-links/{token}/photos", { ...path, body: completed }))).items[0];
    if (!done || done.error) throw refusal(done?.error?.message);
  });
}

function refusal(message: string | undefined): Problem {
  return new Problem(message ?? "It is not a photo that can be used.", 422, "refused");
}
