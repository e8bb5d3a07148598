/** Orders whose answer was lost: before more is asked of their photos, it is found out what became of them, so that nothing is paid twice.
 *
 * The service takes one body under a key and refuses any other (`idempotency_key_reused`). So a changed order goes out under the key of the
 * one that was lost: taken, the first one never arrived and never will; refused, that one was taken, and sent again gives its answer.
 */
import { Problem, type NewStaging } from "../../api/client";
import type { components } from "../../api/schema";

type Requested = components["schemas"]["RequestedStagings"];
export type Send = (items: NewStaging[], key: string) => Promise<Requested>;
/** A key, and all that was sent under it: one of it was taken, or none. `settled`: photos that were answered for since. */
type Unanswered = { key: string; bodies: NewStaging[][]; settled: ReadonlySet<string> };
type Answered = { order: Unanswered; part: NewStaging[]; body: NewStaging[]; answer: Requested };

export const ASKED_BEFORE =
  "It was asked for already, as it was before you changed it, and its pictures are on their way. Ask again if you want these as well.";

export class Orders {
  private open: Unanswered[] = [];

  constructor(private readonly send: Send) {}

  /** Ask for stagings; gives the reasons of those that were refused, and of those that wait for another word. */
  async ask(items: NewStaging[]): Promise<string[]> {
    const orders = this.open.filter((order) => items.some((item) => names(order, item)));
    this.open = this.open.filter((order) => !orders.includes(order));
    const answers: Answered[] = [];
    try {
      const told = await this.askUnder(orders, items, answers);
      answers.forEach(settle);
      return told;
    } finally {
      // Where a part failed nothing is settled: all of it is asked for again, and what was answered is answered as it was.
      this.open.push(...orders.filter(isOpen));
    }
  }

  /** Each item under the order that names it, what is left under a new one, which is added to `orders`. */
  private async askUnder(orders: Unanswered[], items: NewStaging[], answers: Answered[]): Promise<string[]> {
    const told: string[] = [];
    let left = items;
    for (let turn = 0; left.length > 0; turn += 1) {
      const order = orders[turn];
      const part = order ? left.filter((item) => names(order, item)) : left;
      if (part.length === 0) continue;
      left = left.filter((item) => !part.includes(item));
      const asked = order ?? { key: crypto.randomUUID(), bodies: [], settled: new Set() };
      if (!order) orders.push(asked);
      const answered = await this.answerOf(asked, part);
      answers.push(answered);
      const { body, answer } = answered;
      if (body === part) told.push(...answer.items.flatMap(({ error }) => (error ? [error.message] : [])));
      else {
        const { rest, held } = beyond(part, accepted(body, answer));
        told.push(...held.map(() => ASKED_BEFORE));
        left = [...left, ...rest];
      }
    }
    return told;
  }

  /** The answer to this body, or to the one that was taken under its key before. */
  private async answerOf(order: Unanswered, part: NewStaging[]): Promise<Answered> {
    const before = order.bodies.filter((body) => !same(body, part));
    order.bodies = [part, ...before];
    let refused: unknown;
    for (const body of order.bodies) {
      try {
        return { order, part, body, answer: await this.send(body, order.key) };
      } catch (error) {
        if (!isTaken(error)) throw error;
        refused = error;
      }
    }
    // None of ours was taken under it: nothing can be learned from this key.
    order.bodies = [];
    throw refused;
  }
}

/** What is asked for beyond what was accepted: photos and styles that were not in it. `held`: photos of which something else is wanted. */
export function beyond(wanted: NewStaging[], taken: NewStaging[]): { rest: NewStaging[]; held: NewStaging[] } {
  const rest: NewStaging[] = [];
  const held: NewStaging[] = [];
  for (const item of wanted) {
    const before = taken.find(({ photo_id }) => photo_id === item.photo_id);
    if (!before) rest.push(item);
    else if (!addsTo(before, item)) held.push(item);
    else {
      const styles = stylesOf(item).filter((style) => !stylesOf(before).includes(style));
      if (styles.length > 0) rest.push({ ...item, styles });
    }
  }
  return { rest, held };
}

function addsTo(before: NewStaging, item: NewStaging): boolean {
  return meant(before) === meant(item) && stylesOf(before).every((style) => stylesOf(item).includes(style));
}

function stylesOf({ styles }: NewStaging) {
  return styles ?? [];
}

/** What is meant but for its styles. Who insists doesn't mean another picture. */
function meant(item: NewStaging): string {
  return JSON.stringify(Object.entries(item).filter(([field]) => field !== "styles" && field !== "insist").sort());
}

function accepted(body: NewStaging[], { items }: Requested): NewStaging[] {
  return body.filter((_, place) => !items[place]?.error);
}

/** What was taken may be of more photos than were asked about: nobody has heard of those yet. */
function settle({ order, part, body }: Answered): void {
  order.bodies = body === part ? [] : [body];
  order.settled = new Set([...order.settled, ...part.map(({ photo_id }) => photo_id)]);
}

function isOpen(order: Unanswered): boolean {
  return order.bodies.some((body) => body.some((item) => names(order, item)));
}

function names({ bodies, settled }: Unanswered, { photo_id }: NewStaging): boolean {
  return !settled.has(photo_id) && bodies.some((body) => body.some((item) => item.photo_id === photo_id));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isTaken(error: unknown): boolean {
  return error instanceof Problem && error.code === "idempotency_key_reused";
}
