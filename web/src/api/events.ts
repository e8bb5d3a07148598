/** Server-sent events over fetch, because an EventSource can't carry a bearer token. */
import { asWhom, sessionEnded } from "./client";
import { retryAfter } from "./retry";
import type { components } from "./schema";

/** One of all that the service tells, by its kind. A newer service may tell kinds that are unknown here: nobody hears those. */
export type ServerEvent = { id: number } & components["schemas"]["ServerEvent"];

/** The service says "still here" every 15 s; more than two of those missed means that nobody is there. */
export const SILENCE_MS = 40_000;

/** Reads a text/event-stream piece by piece (WHATWG HTML §9.2.6). */
export class EventParser {
  private rest = "";

  push(text: string): ServerEvent[] {
    const blocks = (this.rest + text).split("\n\n");
    this.rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => parseBlock(block));
  }
}

function parseBlock(block: string): ServerEvent[] {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
  }
  const kind = fields.get("event");
  if (!kind) return [];
  return [{ id: Number(fields.get("id") ?? 0), kind, data: JSON.parse(fields.get("data") ?? "null") } as ServerEvent];
}

/** Seconds to wait before the nth new try: doubling, at most 15, so that a restart of the service is seen soon. */
export function pause(failures: number): number {
  return Math.min(15, 0.5 * 2 ** failures);
}

type Place = {
  url?: string;
  silence?: number;
  /** The event to go on after. */
  last?: number | null;
  /** Told at every sign of life: of the service, or of us trying to reach it. */
  onLife?: () => void;
};

/** Follow the account's events until told to stop; a broken or silent connection is taken up where it ended. */
export function follow(onEvent: (event: ServerEvent) => void, place: Place = {}): () => void {
  const stopping = new AbortController();
  void run(onEvent, stopping.signal, place);
  return () => stopping.abort();
}

async function run(
  onEvent: (event: ServerEvent) => void,
  stopped: AbortSignal,
  { url = "/api/v1/events", silence = SILENCE_MS, last: first = null, onLife = () => undefined }: Place,
): Promise<void> {
  let last = first;
  let failures = 0;
  const hear = (event: ServerEvent) => {
    failures = 0;
    if (event.id || event.kind === "snapshot") last = event.id;
    onEvent(event);
  };
  while (!stopped.aborted) {
    let asked = 0;
    try {
      onLife();
      await listen({ url, last, silence, stopped, onEvent: hear, onLife });
    } catch (error) {
      failures += 1;
      asked = error instanceof Busy ? error.seconds : 0;
    }
    if (!stopped.aborted) await waitAtMost(Math.max(pause(failures), asked) * 1000);
  }
}

type Listening = Required<Place> & { stopped: AbortSignal; onEvent: (event: ServerEvent) => void };

/** The service asks to be left alone for some seconds. */
class Busy extends Error {
  constructor(readonly seconds: number) {
    super(`busy for ${seconds} s`);
  }
}

/** One connection, to its end; fails when it breaks, is refused, or has been silent for too long. */
/** The code of a refusal. */
async function codeOf(answer: Response): Promise<string> {
  const told = (await answer.json().catch(() => null)) as { code?: string } | null;
  return told?.code ?? "unknown";
}

async function listen({ url, last, silence, stopped, onEvent, onLife }: Listening): Promise<void> {
  const connection = new AbortController();
  const stop = () => connection.abort();
  let watchdog = setTimeout(stop, silence);
  stopped.addEventListener("abort", stop);
  try {
    const headers = { ...(await asWhom()), ...(last !== null && { "Last-Event-ID": String(last) }) };
    const answer = await fetch(url, { headers, signal: connection.signal });
    if (answer.status === 401) sessionEnded(await codeOf(answer));
    const busy = retryAfter(answer);
    if (busy !== null) throw new Busy(busy);
    if (!answer.ok || !answer.body) throw new Error(`events: ${answer.status}`);
    const parser = new EventParser();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, silence);
      onLife();
      parser.push(piece.value).forEach(onEvent);
    }
  } finally {
    clearTimeout(watchdog);
    stopped.removeEventListener("abort", stop);
  }
}

/** Wait, but no longer once the browser says that the network is back. */
function waitAtMost(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    const over = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", over);
      done();
    };
    const timer = setTimeout(over, milliseconds);
    globalThis.addEventListener?.("online", over);
  });
}
