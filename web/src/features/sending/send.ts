/** Files on their way by an upload link: announced, sent, made photos of a project that the sender does not see. */
import { api, Problem, unwrap } from "../../api/client";
import type { Intake, Taken } from "../photos/intake";
import type { Queue } from "../photos/queue";
import { Changed, digest, neverArrived, put, resumed, unchanged } from "../photos/transfer";

export type Sending = {
  key: string;
  file: File;
  type: Taken["type"] | "";
  state: "chosen" | "sending" | "checking" | "arrived" | "refused";
  sent: number;
  /** Under what its file was sent, once all of it was. */
  uploadId: string | null;
  reason: string | null;
  /** Whether trying once more may help. */
  retry: boolean;
};

/** Rows for what was taken in, those that can't be sent with their reason. */
export function rowsOf({ photos, refused }: Intake): Sending[] {
  const row = { sent: 0, uploadId: null, retry: false };
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
      await resumed(
        row.uploadId,
        (uploadId) => complete(way, uploadId, row, queue),
        () => sendOne(way, row, queue, signal),
      );
      queue.change(row.key, { state: "arrived", sent: 1 });
    } catch (error) {
      const reason = error instanceof Error ? error.message : "It was not sent.";
      if (neverArrived(error)) queue.change(row.key, { uploadId: null });
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
    if (!upload?.url || !upload.upload_id) throw refusal(upload?.error);
    await put({ url: upload.url, headers: upload.headers }, file, (sent) => queue.change(row.key, { sent }), signal);
    queue.change(row.key, { uploadId: upload.upload_id });
    await complete(way, upload.upload_id, row, queue);
  });
}

async function complete({ token }: Way, uploadId: string, row: Sending, queue: Queue<Sending>): Promise<void> {
  queue.change(row.key, { state: "checking", sent: 1, reason: null });
  const asked = { params: { path: { token } }, body: { upload_ids: [uploadId] } };
  const done = (await unwrap(api.POST("/api/v1/upload-links/{token}/photos", asked))).items[0];
  if (!done || done.error) throw refusal(done?.error);
}

function refusal(told: { message: string; code: string } | null | undefined): Problem {
  return new Problem(told?.message ?? "It is not a photo that can be used.", 422, told?.code ?? "refused");
}
