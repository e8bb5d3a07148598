/** Each request as the first step of a trace (W3C Trace Context): what the service does for it is found by that, and its errors too. */

let last: string | null = null;

/** A new step of a new trace. Whether the trace is kept, the service decides. */
export function traceparent(): string {
  last = hex(16);
  return `00-${last}-${hex(8)}-00`;
}

/** The trace of the newest request; null before the first. */
export function lastTrace(): string | null {
  return last;
}

function hex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  // All zeros would be no id.
  random[0] ||= 1;
  return [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
