/** How a file gets to its address: read once, sent with its bytes counted, told from one that changed meanwhile. */
import { Problem } from "../../api/client";

export const CHANGED = "This file was changed after you chose it. Choose it again.";
export const GONE = "This file is no longer where it was when you chose it. Choose it again.";
export const STALLED = "The connection stood still for too long. Try again.";
/** A transfer of which no byte moves for so long is given up, in milliseconds. */
export const LONGEST_STALL_MS = 30_000;
/** Once all bytes are out, the answer may take so long: those that the network still holds back are on their way. In milliseconds. */
export const LONGEST_ANSWER_MS = 60_000;

export type InTurn = <T>(run: () => Promise<T>) => Promise<T>;

/** Things that are begun at once and done one after the other. */
export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Do it with a file that was read as `sha256`; Changed where it is another by now. */
export async function unchanged<T>(file: File, sha256: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    // A file that changes on its way breaks the connection, or arrives as another: only reading it again tells.
    if ((await digest(file)) !== sha256) throw new Changed(CHANGED);
    throw error;
  }
}

/** A file is not what was chosen any more; sending it again is of no use. */
export class Changed extends Error {}

export async function digest(file: File): Promise<string> {
  const bytes = await file.arrayBuffer().catch((error: unknown) => {
    throw new Changed(error instanceof DOMException && error.name === "NotFoundError" ? GONE : CHANGED);
  });
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the service says of an upload that will become no photo: what arrived is none, nothing arrived, or it knows of none. */
const LOST_FOR_GOOD = new Set(["bad_photo", "not_found"]);

/** Make a photo of what was sent before, where anything was: sent as another, it would come twice. `anew` where it never arrived. */
export async function resumed<T>(uploadId: string | null, complete: (uploadId: string) => Promise<T>, anew: () => Promise<T>): Promise<T> {
  if (uploadId === null) return anew();
  try {
    return await complete(uploadId);
  } catch (error) {
    if (neverArrived(error)) return anew();
    throw error;
  }
}

/** Whether a photo will never come of what was sent. */
export function neverArrived(error: unknown): boolean {
  return error instanceof Problem && LOST_FOR_GOOD.has(error.code);
}

type Address = { url: string; headers?: Record<string, string> | null };

/** PUT by XMLHttpRequest: fetch tells nothing of bytes on their way out. Given up when it stands still, and by `signal`. */
export function put({ url, headers }: Address, file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers ?? {})) request.setRequestHeader(name, value);
    const giveUp = () => request.abort();
    let patience = setTimeout(giveUp, LONGEST_STALL_MS);
    const waitFor = (longest: number) => {
      clearTimeout(patience);
      patience = setTimeout(giveUp, longest);
    };
    signal.addEventListener("abort", giveUp);
    request.upload.onprogress = (event) => {
      waitFor(LONGEST_STALL_MS);
      onShare(event.loaded / file.size);
    };
    request.upload.onload = () => waitFor(LONGEST_ANSWER_MS);
    request.onloadend = () => {
      clearTimeout(patience);
      signal.removeEventListener("abort", giveUp);
    };
    request.onabort = () => fail(new Problem(STALLED, 0, "stalled"));
    request.onload = () =>
      request.status < 300 ? done() : fail(new Problem("The photo did not arrive. Try again.", request.status, "put"));
    request.onerror = () => fail(new Problem("The connection broke. Try again.", 0, "unreachable"));
    request.send(file);
  });
}
