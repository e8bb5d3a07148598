/** One file on its way: announced, sent with its bytes counted, made a photo. */
import { api, Problem, unwrap, type NewStaging, type Note, type Project, type RoomType } from "../../api/client";
import type { Intake } from "./intake";
import type { Size } from "./dimensions";
import type { PhotoType } from "./kinds";
import { inTheWay } from "../orders/notes";
import { choiceOf, picturesOf, requested, type Choice, type Order } from "../orders/order";
import type { Queue } from "./queue";
import { Changed, digest, neverArrived, put, resumed, turns, unchanged, type InTurn } from "./transfer";

/** Until the service has told. */
export const MOST_FILES = 50;

export type Item = {
  key: string;
  file: File;
  /** What its content says it is; empty for a file that is refused. */
  type: PhotoType | "";
  size: Size | null;
  choice: Choice | null;
  /** The room that its name speaks of, until a room is chosen for all. */
  named: RoomType | null;
  /** `noted`: it is in the project, and something is to be said before it is staged. `asked`: its stagings are being asked for. */
  state: "chosen" | "sending" | "checking" | "looking" | "noted" | "done" | "asked" | "refused";
  sent: number;
  reason: string | null;
  /** Whether trying once more may help. */
  retry: boolean;
  /** Under what its file was sent, once all of it was. */
  uploadId: string | null;
  photoId: string | null;
  /** What the service has to say of it before it is staged. */
  notes: Note[];
  /** What was made out of its room, in words. */
  seen: string;
  /** Stage it in spite of its notes. */
  insist: boolean;
};

/** Items for what was taken in, those that can't be sent with their reason; `roomOf` a file's name. */
export function itemsOf({ photos, refused }: Intake, roomOf: (name: string) => RoomType | null = () => null): Item[] {
  const item = { choice: null, named: null, sent: 0, retry: false, uploadId: null, photoId: null, notes: [], seen: "", insist: false };
  return [
    ...photos.map((taken) => ({ ...item, ...taken, named: roomOf(taken.file.name), key: crypto.randomUUID(), state: "chosen" as const, reason: null })),
    ...refused.map(({ file, reason }) => ({
      ...item,
      key: crypto.randomUUID(),
      file,
      type: "" as const,
      size: null,
      state: "refused" as const,
      reason,
    })),
  ];
}

/** How many of the places items take: refused files take none. */
export function placesTaken(items: Item[]): number {
  return items.filter((item) => item.type !== "").length;
}

type Foresee = (item: Item, photoId: string) => Promise<Note[]>;
/** How one item goes. */
type Way = { project: Project; queue: Queue<Item>; inTurn: InTurn; signal: AbortSignal };

/** Send the items that wait and make photos of them: those are `done` then. `foresee` tells what keeps one from being staged. */
export async function sendAll(project: Project, queue: Queue<Item>, foresee: Foresee): Promise<void> {
  // Photos stand in the order in which they were announced, which is that in which they were chosen.
  const inTurn = turns();
  await queue.send(queue.waiting(), async (item, signal) => {
    try {
      await makePhoto(item, { project, queue, inTurn, signal }, foresee);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "It was not sent.";
      if (neverArrived(error)) queue.change(item.key, { uploadId: null });
      queue.change(item.key, { state: "refused", reason, retry: !(error instanceof Changed) });
    }
  });
}

async function makePhoto(item: Item, way: Way, foresee: Foresee): Promise<void> {
  const { queue, signal } = way;
  const { photoId, notes: said } = item.photoId ? item : await arrivedOf(item, way);
  signal.throwIfAborted();
  if (!photoId) return;
  if (!item.insist) queue.change(item.key, { state: "looking", photoId });
  const notes = item.insist || said.length > 0 ? said : await foresee(item, photoId);
  if (notes.length > 0 && !item.insist) queue.change(item.key, { state: "noted", photoId, notes });
  else queue.change(item.key, { state: "done", photoId });
}

/** What was sent, as it is now: of `decided` something is to be made, `undecided` have lost their last style meanwhile. */
export function sentOf(items: Item[], order: Order): { decided: Item[]; undecided: Item[] } {
  const sent = items.filter((item) => item.state === "done");
  const decides = (item: Item) => picturesOf(choiceOf(item, order), order.task) > 0;
  return { decided: sent.filter(decides), undecided: sent.filter((item) => !decides(item)) };
}

/** What to ask for, of items that were sent. */
export function requestedOf(items: Item[], order: Order): NewStaging[] {
  const photoIds = items.flatMap(({ key, photoId }): [string, string][] => (photoId ? [[key, photoId]] : []));
  return requested(items, new Map(photoIds), order);
}

type Sent = Pick<Item, "photoId" | "notes">;

function arrivedOf(item: Item, way: Way): Promise<Sent> {
  return resumed(
    item.uploadId,
    (uploadId) => complete(uploadId, item, way),
    () => sendOne(item, way),
  );
}

async function sendOne(item: Item, way: Way): Promise<Sent> {
  way.queue.change(item.key, { state: "sending", sent: 0, reason: null });
  const sha256 = await digest(item.file);
  return unchanged(item.file, sha256, () => sendAs(sha256, item, way));
}

async function sendAs(sha256: string, item: Item, way: Way): Promise<Sent> {
  const { project, queue, inTurn, signal } = way;
  const { file } = item;
  const upload = await inTurn(() => announce(project, { name: file.name, type: item.type, size: file.size, sha256 }, signal));
  await put(upload, file, (sent) => queue.change(item.key, { sent }), signal);
  queue.change(item.key, { uploadId: upload.upload_id });
  return complete(upload.upload_id, item, way);
}

async function complete(uploadId: string, item: Item, { project, queue }: Way): Promise<Sent> {
  queue.change(item.key, { state: "checking", sent: 1, reason: null });
  const completed = await unwrap(api.POST("/api/v1/photos", { body: { project_id: project.id, upload_ids: [uploadId] } }));
  const photo = completed.items[0];
  const { message, code } = photo?.error ?? { message: "It is not a photo that can be staged.", code: "refused" };
  if (!photo?.photo) throw new Problem(message, 422, code);
  return { photoId: photo.photo.id, notes: inTheWay(photo.photo.notes) };
}

type Announced = { name: string; type: string; size: number; sha256: string };

async function announce(project: Project, file: Announced, signal: AbortSignal) {
  signal.throwIfAborted();
  const answer = await unwrap(api.POST("/api/v1/uploads", { body: { project_id: project.id, files: [file] }, signal }));
  const upload = answer.items[0];
  if (!upload?.url || !upload.upload_id) throw new Problem(upload?.error?.message ?? "It was refused.", 422, "refused");
  return { url: upload.url, upload_id: upload.upload_id, headers: upload.headers };
}
