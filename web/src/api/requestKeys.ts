/** Keys that make a request safe to send again: the service does it once, however often its answer is lost. */
import { retryAfter } from "./retry";

const HEADER = "Idempotency-Key";
type Send = (request: Request) => Promise<Response>;

class RequestKeys {
  private readonly unanswered = new Map<string, string>();

  /** The key of a request: the one it had where it was left open. Two that are under way at once are two, and have two. */
  take(name: string): string {
    const key = this.unanswered.get(name) ?? crypto.randomUUID();
    this.unanswered.delete(name);
    return key;
  }

  leaveOpen(name: string, key: string): void {
    this.unanswered.set(name, key);
  }
}

/** Send with a key whatever may make or change something and has none: the same request has the same, until the service has decided. */
export function keyed(send: Send): Send {
  const keys = new RequestKeys();
  return async (request) => {
    if (!["POST", "PUT"].includes(request.method) || request.headers.has(HEADER)) return send(request);
    const name = await nameOf(request);
    const key = keys.take(name);
    request.headers.set(HEADER, key);
    try {
      const answer = await send(request);
      if (leavesOpen(answer)) keys.leaveOpen(name, key);
      return answer;
    } catch (error) {
      keys.leaveOpen(name, key);
      throw error;
    }
  };
}

/** What tells a request from another: where it goes, for which account, and what is in it. */
async function nameOf(request: Request): Promise<string> {
  const account = request.headers.get("Real-Staging-Account");
  return JSON.stringify([request.method, request.url, account, await request.clone().text()]);
}

/** Whether an answer leaves open if the request was done: the service broke over it, or asks to come back. */
function leavesOpen(answer: Response): boolean {
  return answer.status === 429 || answer.status >= 500 || retryAfter(answer) !== null;
}
