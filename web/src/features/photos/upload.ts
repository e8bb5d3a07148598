/** One file on its way: announced, sent with its bytes counted, made a photo. */
import { api, Problem, unwrap, type Project } from "../../api/client";
import type { Choice } from "./order";

export const MOST_FILES = 50;
export const MOST_BYTES = 50 * 2 ** 20;
export const TYPES = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];
const AT_ONCE = 3;

export type Item = {
  key: string;
  file: File;
  choice: Choice | null;
  state: "chosen" | "sending" | "checking" | "done" | "refused";
  sent: number;
  reason: string | null;
  photoId: string | null;
};

/** The type of a file; browsers that don't know HEIC give none. */
export function typeOf(file: { name: string; type: string }): string {
  if (file.type) return file.type;
  return /\.hei[cf]$/i.test(file.name) ? "image/heic" : "application/octet-stream";
}

/** Why a file can't be sent, before a byte of it is. */
export function refusal(file: { name: string; type: string; size: number }): string | null {
  if (!TYPES.includes(typeOf(file))) return "Only JPEG, PNG, WebP and HEIC photos can be staged.";
  if (file.size === 0) return "This file is empty. Choose the photo again.";
  if (file.size > MOST_BYTES) return "This file is larger than 50 MB. Export the photo as JPEG and try again.";
  return null;
}

/** New items for files, those that can't be sent refused with the reason; more than fifty are left out. */
export function queued(files: File[], before: Item[]): Item[] {
  const room = Math.max(0, MOST_FILES - before.length);
  return files.slice(0, room).map((file) => {
    const reason = refusal(file);
    const state = reason ? ("refused" as const) : ("chosen" as const);
    return { key: crypto.randomUUID(), file, choice: null, state, sent: 0, reason, photoId: null };
  });
}

type Change = (key: string, change: Partial<Item>) => void;
type InTurn = <T>(run: () => Promise<T>) => Promise<T>;

/** Send items and make photos of them, a few at a time; gives the ids of photos by item. */
export async function sendAll(project: Project, items: Item[], change: Change): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  const waiting = [...items];
  // Photos stand in the order in which they were announced, which is that in which they were chosen.
  const inTurn = turns();
  const lane = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      try {
        const photoId = item.photoId ?? (await sendOne(project, item, change, inTurn));
        made.set(item.key, photoId);
        change(item.key, { state: "done", photoId });
      } catch (error) {
        change(item.key, { state: "refused", reason: error instanceof Error ? error.message : "It was not sent." });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return made;
}

/** Things that are begun at once and done one after the other. */
export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function sendOne(project: Project, item: Item, change: Change, inTurn: InTurn): Promise<string> {
  change(item.key, { state: "sending", sent: 0, reason: null });
  const { file } = item;
  const upload = await inTurn(() => announce(project, file));
  await put(upload.url, upload.headers ?? {}, file, (sent) => change(item.key, { sent }));
  change(item.key, { state: "checking", sent: 1 });
  const completed = await unwrap(
    api.POST("/api/v1/photos", { body: { project_id: project.id, upload_ids: [upload.upload_id] } }),
  );
  const photo = completed.items[0];
  if (!photo?.photo) throw new Problem(photo?.error?.message ?? "It is not a photo that can be staged.", 422, "refused");
  return photo.photo.id;
}

async function announce(project: Project, file: File) {
  const announced = { name: file.name, type: typeOf(file), size: file.size, sha256: await digest(file) };
  const answer = await unwrap(api.POST("/api/v1/uploads", { body: { project_id: project.id, files: [announced] } }));
  const upload = answer.items[0];
  if (!upload?.url || !upload.upload_id) throw new Problem(upload?.error?.message ?? "It was refused.", 422, "refused");
  return { url: upload.url, upload_id: upload.upload_id, headers: upload.headers };
}

async function digest(file: File): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** PUT by XMLHttpRequest: fetch tells nothing of bytes on their way out. */
function put(url: string, headers: Record<string, string>, file: File, onShare: (share: number) => void): Promise<void> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onShare(event.loaded / file.size);
    request.onload = () =>
      request.status < 300 ? done() : fail(new Problem("The photo did not arrive. Try again.", request.status, "put"));
    request.onerror = () => fail(new Problem("The connection broke. Try again.", 0, "unreachable"));
    request.send(file);
  });
}
