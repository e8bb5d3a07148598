import { expect, test } from "vitest";
import { Problem, type NewStaging, type Style } from "../../api/client";
import { ASKED_BEFORE, Orders } from "./unanswered";

type Lost = "on its way" | "on its way back" | null;
const BROKEN = new Problem("broken", 502, "unknown");
const NO_CREDIT = new Problem("There is not enough credit.", 402, "no_credit");

/** A service that pays attention to keys, as ours does; `lose` says what is lost next, `paid` what was accepted. */
class Service {
  readonly paid: string[] = [];
  readonly keys: string[] = [];
  lose: Lost = null;
  refuse: (item: NewStaging) => string | null = () => null;
  private readonly answers = new Map<string, { body: string; error: (string | null)[] }>();

  readonly send = async (items: NewStaging[], key: string) => {
    const lost = this.lose;
    this.lose = null;
    this.keys.push(key);
    if (lost === "on its way") throw new Problem("unreachable", 0, "unreachable");
    const body = JSON.stringify(items);
    const before = this.answers.get(key);
    const taken = before !== undefined && before.body !== body;
    if (taken) throw lost ? BROKEN : new Problem("used", 422, "idempotency_key_reused");
    const error = before?.error ?? items.map(this.refuse);
    if (!before) this.paid.push(...items.filter((_, place) => !error[place]).flatMap(picturesOf));
    this.answers.set(key, { body, error });
    if (lost) throw BROKEN;
    const told = (message: string | null) => (message ? { code: "cannot_stage", message } : null);
    return { items: items.map(({ photo_id }, place) => ({ photo_id, stagings: [], error: told(error[place] ?? null) })) };
  };
}

function picturesOf({ photo_id, styles, room_type }: NewStaging): string[] {
  return (styles ?? []).map((style) => `${photo_id} ${room_type} ${style}`);
}

function item(photo_id: string, styles: Style[], part: Partial<NewStaging> = {}): NewStaging {
  return { photo_id, room_type: "bedroom", styles, engine: "local", operation: "stage", instructions: "", ...part };
}

/** Orders of which the first was lost. */
async function after(lost: Lost, first: NewStaging[]) {
  const service = new Service();
  const orders = new Orders(service.send);
  service.lose = lost;
  await expect(orders.ask(first)).rejects.toThrow(Problem);
  return { service, orders };
}

test("the same asked again after its answer was lost is done once, and its refusals are told", async () => {
  const service = new Service();
  service.refuse = ({ photo_id }) => (photo_id === "b" ? "too dark" : null);
  service.lose = "on its way back";
  const orders = new Orders(service.send);
  const both = [item("a", ["modern"]), item("b", ["modern"])];
  await expect(orders.ask(both)).rejects.toThrow();
  expect(await orders.ask(structuredClone(both))).toEqual(["too dark"]);
  expect(service.paid).toEqual(["a bedroom modern"]);
  await orders.ask([item("a", ["modern"])]);
  expect(service.paid).toEqual(["a bedroom modern", "a bedroom modern"]);
});

test("an order that was accepted before it was changed pays for what was added alone", async () => {
  const { service, orders } = await after("on its way back", [item("a", ["modern"]), item("b", ["modern"])]);
  const changed = [item("a", ["modern", "coastal"]), item("b", ["modern"], { insist: true }), item("c", ["modern"])];
  expect(await orders.ask(changed)).toEqual([]);
  expect(service.paid).toEqual(["a bedroom modern", "b bedroom modern", "c bedroom modern", "a bedroom coastal"]);
});

test.each([
  ["another room", item("a", ["modern"], { room_type: "office" })],
  ["another style", item("a", ["coastal"])],
  ["fewer styles", item("a", ["modern"])],
  ["nothing added", item("a", [], { operation: "empty" })],
])("of a photo that was accepted with something else, nothing is paid before another word: %s", async (_, changed) => {
  const { service, orders } = await after("on its way back", [item("a", ["modern", "luxury"])]);
  expect(await orders.ask([changed])).toEqual([ASKED_BEFORE]);
  expect(service.paid).toEqual(["a bedroom modern", "a bedroom luxury"]);
  expect(await orders.ask([changed])).toEqual([]);
  expect(service.paid).toEqual(["a bedroom modern", "a bedroom luxury", ...picturesOf(changed)]);
});

test("an order that never arrived is not made any more once it was changed", async () => {
  const { service, orders } = await after("on its way", [item("a", ["modern", "luxury"]), item("b", ["modern"])]);
  expect(await orders.ask([item("a", ["coastal"])])).toEqual([]);
  expect(service.paid).toEqual(["a bedroom coastal"]);
  // Had it only been late, it would find its key taken.
  await expect(service.send([item("a", ["modern", "luxury"]), item("b", ["modern"])], service.keys[0]!)).rejects.toThrow("used");
});

test("a photo that was refused before is asked for as it is wanted now", async () => {
  const service = new Service();
  const orders = new Orders(service.send);
  service.refuse = ({ insist }) => (insist ? null : "too dark");
  service.lose = "on its way back";
  await expect(orders.ask([item("a", ["modern"])])).rejects.toThrow();
  expect(await orders.ask([item("a", ["modern"], { insist: true })])).toEqual([]);
  expect(service.paid).toEqual(["a bedroom modern"]);
});

test("lost again and again, changed each time, each picture is paid once", async () => {
  for (const lost of ["on its way", "on its way back"] as const) {
    const { service, orders } = await after(lost, [item("a", ["modern"])]);
    for (const again of ["on its way back", "on its way", "on its way back"] as const) {
      service.lose = again;
      await expect(orders.ask([item("a", ["modern", "coastal"]), item("b", ["modern"])])).rejects.toThrow(Problem);
    }
    await orders.ask([item("a", ["modern", "coastal"]), item("b", ["modern"])]);
    expect(service.paid.sort()).toEqual(["a bedroom coastal", "a bedroom modern", "b bedroom modern"]);
  }
});

test("what was answered is not asked for anew because another part of it failed", async () => {
  const { service, orders } = await after("on its way", [item("a", ["modern"])]);
  service.lose = "on its way back";
  await orders.ask([item("b", ["modern"])]).catch(() => null);
  const all = [item("a", ["modern"]), item("b", ["modern"]), item("c", ["modern"])];
  service.refuse = ({ photo_id }) => {
    if (photo_id === "c") throw NO_CREDIT;
    return null;
  };
  await expect(orders.ask(all)).rejects.toThrow("credit");
  service.refuse = () => null;
  expect(await orders.ask(all)).toEqual([]);
  expect(service.paid.sort()).toEqual(["a bedroom modern", "b bedroom modern", "c bedroom modern"]);
});

test("of what was taken, photos that nobody asked about since are not forgotten", async () => {
  const { service, orders } = await after("on its way back", [item("a", ["modern"]), item("b", ["modern"])]);
  expect(await orders.ask([item("a", ["coastal"])])).toEqual([ASKED_BEFORE]);
  expect(await orders.ask([item("b", ["modern"])])).toEqual([]);
  expect(service.paid).toEqual(["a bedroom modern", "b bedroom modern"]);
  expect(await orders.ask([item("a", ["coastal"]), item("b", ["modern"])])).toEqual([]);
  expect(service.paid).toEqual(["a bedroom modern", "b bedroom modern", "a bedroom coastal", "b bedroom modern"]);
});

test("other photos' orders don't wait for one that was lost", async () => {
  const { service, orders } = await after("on its way", [item("a", ["modern"])]);
  await orders.ask([item("b", ["modern"])]);
  expect(new Set(service.keys).size).toBe(2);
});
