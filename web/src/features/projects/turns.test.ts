import { expect, test } from "vitest";
import { AT_ONCE, sendInTurns } from "./turns";

const ids = Array.from({ length: 2 * AT_ONCE + 3 }, (_, number) => `${number}`);

test("many photos go in requests that the service takes, each once and in their order", async () => {
  const turns: string[][] = [];
  const told: number[] = [];
  await sendInTurns(ids, async (turn) => turns.push(turn), 0, (count) => told.push(count));
  expect(turns.map((turn) => turn.length)).toEqual([AT_ONCE, AT_ONCE, 3]);
  expect(turns.flat()).toEqual(ids);
  expect(told).toEqual([AT_ONCE, 2 * AT_ONCE, ids.length]);
});

test("after a request that failed it goes on with what was not sent", async () => {
  const sent: string[] = [];
  let done = 0;
  let broken = true;
  const send = async (turn: string[]) => {
    if (sent.length > 0 && broken) throw new Error("the connection broke");
    sent.push(...turn);
  };
  const go = () => sendInTurns(ids, send, done, (count) => (done = count));
  await expect(go()).rejects.toThrow("broke");
  expect(done).toBe(AT_ONCE);
  broken = false;
  await go();
  expect(sent).toEqual(ids);
});
