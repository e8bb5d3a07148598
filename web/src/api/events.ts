/** Server-sent events over fetch, because an EventSource can't carry a bearer token. */
import { bearer } from "./client";

export type ServerEvent = { id: number; kind: string; data: unknown };

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
  return [{ id: Number(fields.get("id") ?? 0), kind, data: JSON.parse(fields.get("data") ?? "null") }];
}

/** Seconds to wait before the nth new try: doubling, at most 15, so that a restart of the service is seen soon. */
export function pause(failures: number): number {
  return Math.min(15, 0.5 * 2 ** failures);
}

/** Follow the account's events until told to stop; a broken connection is taken up where it ended. */
export function follow(since: number, onEvent: (event: ServerEvent) => void): () => void {
  const stopping = new AbortController();
  void run(since, onEvent, stopping.signal);
  return () => stopping.abort();
}

async function run(since: number, onEvent: (event: ServerEvent) => void, signal: AbortSignal): Promise<void> {
  let last = since;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const headers = { Authorization: await bearer(), "Last-Event-ID": String(last) };
      const answer = await fetch("/api/v1/events", { headers, signal });
      if (!answer.ok || !answer.body) throw new Error(`events: ${answer.status}`);
      failures = 0;
      const parser = new EventParser();
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        for (const event of parser.push(piece.value)) {
          if (event.id) last = event.id;
          onEvent(event);
        }
      }
    } catch {
      failures += 1;
    }
    if (!signal.aborted) await new Promise((done) => setTimeout(done, pause(failures) * 1000));
  }
}
