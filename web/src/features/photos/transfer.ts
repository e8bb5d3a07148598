/** How a file gets to its address: read once, sent with its bytes counted, told from one that changed meanwhile. */
import { Problem } from "../../api/client";

export const CHANGED = "This file was changed after you chose it. Choose it again.";
export const GONE = "This file is no longer where it was when you chose it. Choose it again.";

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

/** PUT by XMLHttpRequest: fetch tells nothing of bytes on their way out. */
export function put(url: string, headers: Record<string, string>, file: File, onShare: (share: number) => void): Promise<void> {
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
