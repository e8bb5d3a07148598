import { expect, test } from "vitest";
import { Queue } from "./queue";

type Row = { key: string; state: string; style: string };

const rows = (keys: string) => [...keys].map((key) => ({ key, state: "chosen", style: "modern" }));

/** Sending that each row waits in until it is let go. */
function held(queue: Queue<Row>) {
  const begun: Row[] = [];
  const letGo = new Map<string, () => void>();
  const sent = queue.send(queue.waiting(), async (row) => {
    begun.push(row);
    await new Promise<void>((done) => letGo.set(row.key, done));
  });
  return { begun, sent, letGo: (key: string) => letGo.get(key)!(), keys: () => begun.map(({ key }) => key).join("") };
}

const soon = () => new Promise((done) => setTimeout(done));

test("three at a time, in their order; what was removed while it waited is passed over", async () => {
  const queue = new Queue(rows("abcdef"));
  const { letGo, keys, sent } = held(queue);
  expect(keys()).toBe("abc");
  queue.remove(["d"]);
  letGo("a");
  await soon();
  expect(keys()).toBe("abce");
  [..."bce"].forEach(letGo);
  await soon();
  letGo("f");
  await sent;
  expect(keys()).toBe("abcef");
});

test("each is sent as it is when its turn comes", async () => {
  const queue = new Queue(rows("abcd"));
  const { begun, letGo, sent } = held(queue);
  queue.change("d", { style: "coastal" });
  letGo("a");
  await soon();
  expect(begun.at(-1)).toMatchObject({ key: "d", style: "coastal" });
  [..."bcd"].forEach(letGo);
  await sent;
});

test("what is removed on its way is broken off, and the next one takes its place", async () => {
  const queue = new Queue(rows("abcd"));
  const signals = new Map<string, AbortSignal>();
  const never = queue.send(queue.waiting(), async (row, signal) => {
    signals.set(row.key, signal);
    if (row.key !== "d") await new Promise(() => undefined);
  });
  queue.remove(["b"]);
  await soon();
  expect(signals.get("b")?.aborted).toBe(true);
  expect(signals.get("a")?.aborted).toBe(false);
  expect(signals.has("d")).toBe(true);
  queue.remove(["a", "c"]);
  await never;
});

test("only what is named and still waits is sent", async () => {
  const queue = new Queue([...rows("ab"), { key: "c", state: "refused", style: "modern" }]);
  const sent: string[] = [];
  await queue.send(["b", "c", "gone"], async ({ key }) => void sent.push(key));
  expect(sent).toEqual(["b"]);
});

test("a change of what was removed brings nothing back, and every change is told", () => {
  const queue = new Queue(rows("ab"));
  let told = 0;
  const stop = queue.hear(() => (told += 1));
  queue.remove(["a"]);
  queue.change("a", { state: "done" });
  expect(queue.all()).toEqual(rows("b"));
  expect(told).toBe(2);
  stop();
  queue.add(rows("c"));
  expect(told).toBe(2);
});
