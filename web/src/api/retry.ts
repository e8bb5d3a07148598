/** What the service asks of a caller when it is asked too much: to come back later (RFC 9110 §10.2.3). */

/** The longest that is waited for an answer, in seconds; what is asked beyond that is told, and left to the person. */
export const LONGEST_WAIT = 20;
/** How often a read is tried again. */
const TRIES = 2;

/** Seconds to wait before trying again, where an answer says so; null where it doesn't. At least one, at most a minute. */
export function retryAfter(answer: Response): number | null {
  if (![409, 429, 503].includes(answer.status)) return null;
  const given = answer.headers.get("Retry-After");
  if (given === null) return null;
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(60, Math.max(1, Math.ceil(seconds))) : null;
}

const listeners = new Set<(seconds: number) => void>();

/** Be told when the service is busy and something waits for it; gives the way to stop being told. */
export function onBusy(told: (seconds: number) => void): () => void {
  listeners.add(told);
  return () => void listeners.delete(told);
}

/** `fetch`, that comes back when the service asks for it: with reads, with anything that it refused to begin (429), and for the answer to
 * what it is still doing (409). */
export async function patientFetch(request: Request): Promise<Response> {
  for (let tried = 0; ; tried += 1) {
    const answer = await fetch(request.clone());
    const wait = retryAfter(answer);
    const safe = request.method === "GET" || answer.status !== 503;
    if (wait === null || wait > LONGEST_WAIT || !safe || tried === TRIES) return answer;
    listeners.forEach((told) => told(wait));
    await new Promise((done) => setTimeout(done, wait * 1000));
  }
}
