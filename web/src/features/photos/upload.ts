/** One file on its way: announced, sent with its bytes counted, made a photo. */
import { api, Problem, unwrap, type Note, type Project, type RoomType } from "../../api/client";
import type { Intake } from "./intake";
import type { Size } from "./dimensions";
import type { PhotoType } from "./kinds";
import { inTheWay } from "../orders/notes";
import type { Choice } from "../orders/order";
import { Changed, digest, put, turns, unchanged, type InTurn } from "./transfer";

/** Until the service has told. */
export const MOST_FILES = 50;
const AT_ONCE = 3;

export type Item = {
  key: string;
  file: File;
  /** What its content says it is; empty for a file that is refused. */
  type: PhotoType | "";
  size: Size | null;
  choice: Choice | null;
  /** The room that its name speaks of, until a room is chosen for all. */
  named: RoomType | null;
  /** `noted`: it is in the project, and something is to be said before it is staged. */
  state: "chosen" | "sending" | "checking" | "looking" | "noted" | "done" | "refused";
  sent: number;
  reason: string | null;
  /** Whether trying once more may help. */
  retry: boolean;
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
  const item = { choice: null, named: null, sent: 0, retry: false, photoId: null, notes: [], seen: "", insist: false };
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

type Change = (key: string, change: Partial<Item>) => void;
type Foresee = (item: Item, photoId: string) => Promise<Note[]>;

/** Send items and make photos of them, a few at a time; gives the ids of photos by item. `foresee` tells what keeps one from being staged. */
export async function sendAll(project: Project, items: Item[], change: Change, foresee: Foresee): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  const waiting = [...items];
  // Photos stand in the order in which they were announced, which is that in which they were chosen.
  const inTurn = turns();
  const lane = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      try {
        const { photoId, notes: said } = item.photoId ? item : await sendOne(project, item, change, inTurn);
        if (!photoId) continue;
        if (!item.insist) change(item.key, { state: "looking", photoId });
        const notes = item.insist || said.length > 0 ? said : await foresee(item, photoId);
        if (notes.length > 0 && !item.insist) {
          change(item.key, { state: "noted", photoId, notes });
          continue;
        }
        made.set(item.key, photoId);
        change(item.key, { state: "done", photoId });
      } catch (error) {
        const reason = error instanceof Error ? error.message : "It was not sent.";
        change(item.key, { state: "refused", reason, retry: !(error instanceof Changed) });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return made;
}

type Sent = Pick<Item, "photoId" | "notes">;

async function sendOne(project: Project, item: Item, change: Change, inTurn: InTurn): Promise<Sent> {
  change(item.key, { state: "sending", sent: 0, reason: null });
  const { file } = item;
  const sha256 = await digest(file);
  return unchanged(file, sha256, () => sendAs(sha256, project, item, change, inTurn));
}

async function sendAs(sha256: string, project: Project, item: Item, change: Change, inTurn: InTurn): Promise<Sent> {
  const { file } = item;
  const upload = await inTurn(() => announce(project, { name: file.name, type: item.type, size: file.size, sha256 }));
  await put(upload.url, upload.headers ?? {}, file, (sent) => change(item.key, { sent }));
  change(item.key, { state: "checking", sent: 1 });
  const completed = await unwrap(
    api.POST("/api/v1/photos", { body: { project_id: project.id, upload_ids: [upload.upload_id] } }),
  );
  const photo = completed.items[0];
  if (!photo?.photo) throw new Problem(photo?.error?.message ?? "It is not a photo that can be staged.", 422, "refused");
  return { photoId: photo.photo.id, notes: inTheWay(photo.photo.notes) };
}

type Announced = { name: string; type: string; size: number; sha256: string };

async function announce(project: Project, file: Announced) {
  const answer = await unwrap(api.POST("/api/v1/uploads", { body: { project_id: project.id, files: [file] } }));
  const upload = answer.items[0];
  if (!upload?.url || !upload.upload_id) throw new Problem(upload?.error?.message ?? "It was refused.", 422, "refused");
  return { url: upload.url, upload_id: upload.upload_id, headers: upload.headers };
}
