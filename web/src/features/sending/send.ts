/** Files on their way by an upload link: announced, sent, made photos of a project that the sender does not see. */
import { api, Problem, unwrap } from "../../api/client";
import type { Intake, Taken } from "../photos/intake";
import { Changed, digest, put, unchanged } from "../photos/transfer";

const AT_ONCE = 3;

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

type Change = (key: string, change: Partial<Sending>) => void;
export type Way = { token: string; sender: string };

/** Send all rows that wait, a few at a time. */
export async function sendRows(way: Way, rows: Sending[], change: Change): Promise<void> {
  const waiting = rows.filter((row) => row.state === "chosen");
  const lane = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      try {
        await sendOne(way, row, change);
        change(row.key, { state: "arrived", sent: 1 });
      } catch (error) {
        const reason = error instanceof Error ? error.message : "It was not sent.";
        change(row.key, { state: "refused", reason, retry: !(error instanceof Changed) });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function sendOne(way: Way, row: Sending, change: Change): Promise<void> {
  change(row.key, { state: "sending", sent: 0, reason: null });
  const { file } = row;
  const sha256 = await digest(file);
  await unchanged(file, sha256, async () => {
    const path = { params: { path: { token: way.token } } };
    const announced = { name: file.name, type: row.type, size: file.size, sha256 };
    const body = { files: [announced], sender: way.sender.trim() || null };
    const upload = (await unwrap(api.POST("/api/v1/upload-links/{token}/uploads", { ...path, body }))).items[0];
    if (!upload?.url || !upload.upload_id) throw refusal(upload?.error?.message);
    await put(upload.url, upload.headers ?? {}, file, (sent) => change(row.key, { sent }));
    change(row.key, { state: "checking", sent: 1 });
    const completed = { upload_ids: [upload.upload_id] };
    const done = (await unwrap(api.POST("/api/v1/upload-links/{token}/photos", { ...path, body: completed }))).items[0];
    if (!done || done.error) throw refusal(done?.error?.message);
  });
}

function refusal(message: string | undefined): Problem {
  return new Problem(message ?? "It is not a photo that can be used.", 422, "refused");
}
