/** Keys that make a request safe to send again: the same until it has been answered. */

export class RequestKeys {
  private readonly unanswered = new Map<string, string>();

  /** The key of a request; a request that was never answered keeps the one it had. */
  keyOf(request: unknown): string {
    const name = JSON.stringify(request);
    const key = this.unanswered.get(name) ?? crypto.randomUUID();
    this.unanswered.set(name, key);
    return key;
  }

  /** The service has decided: asking for the same once more is a new request. */
  answered(request: unknown): void {
    this.unanswered.delete(JSON.stringify(request));
  }
}

/** Whether a failure leaves open if the request was done: nothing was heard, or the service broke over it. */
export function isOpen(status: number): boolean {
  return status === 0 || status === 409 || status === 429 || status >= 500;
}
