/** Files on their way, as they are now: what sends them looks here when a file's turn comes, for it may have been changed or removed since. */
import { useState, useSyncExternalStore } from "react";

const AT_ONCE = 3;

type Row = { key: string; state: string };
type Send<T> = (row: T, signal: AbortSignal) => Promise<void>;

export class Queue<T extends Row> {
  private readonly listeners = new Set<() => void>();
  private readonly underWay = new Map<string, AbortController>();

  constructor(private rows: T[] = []) {}

  readonly all = (): T[] => this.rows;

  /** Be told of every change; gives the way to stop being told. */
  readonly hear = (told: () => void): (() => void) => {
    this.listeners.add(told);
    return () => void this.listeners.delete(told);
  };

  add(more: T[]): void {
    this.become([...this.rows, ...more]);
  }

  /** Change one; nothing where it was removed. */
  change(key: string, part: Partial<T>): void {
    this.changeAll((row) => (row.key === key ? part : {}));
  }

  changeAll(partOf: (row: T) => Partial<T>): void {
    this.become(this.rows.map((row) => ({ ...row, ...partOf(row) })));
  }

  /** Take rows out; those that are under way are broken off. */
  remove(keys: string[]): void {
    for (const key of keys) this.underWay.get(key)?.abort();
    this.become(this.rows.filter((row) => !keys.includes(row.key)));
  }

  /** The keys of those that wait to be sent. */
  waiting(): string[] {
    return this.rows.filter((row) => row.state === "chosen").map((row) => row.key);
  }

  /** Send some, a few at a time and in their order, each as it is when its turn comes; what is gone by then is passed over. */
  async send(keys: string[], send: Send<T>): Promise<void> {
    const waiting = [...keys];
    const lane = async () => {
      for (let key = waiting.shift(); key; key = waiting.shift()) await this.sendOne(key, send);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  }

  private async sendOne(key: string, send: Send<T>): Promise<void> {
    const row = this.rows.find((one) => one.key === key);
    if (row?.state !== "chosen") return;
    const control = new AbortController();
    this.underWay.set(key, control);
    // Whatever it waits for: the next one need not.
    const removed = new Promise<void>((done) => control.signal.addEventListener("abort", () => done()));
    await Promise.race([send(row, control.signal), removed]);
    this.underWay.delete(key);
  }

  private become(rows: T[]): void {
    this.rows = rows;
    this.listeners.forEach((told) => told());
  }
}

/** A queue of this page, and its rows as they are now. */
export function useQueue<T extends Row>(): [Queue<T>, T[]] {
  const [queue] = useState(() => new Queue<T>());
  return [queue, useSyncExternalStore(queue.hear, queue.all)];
}
