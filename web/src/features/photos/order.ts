/** What is asked for of the chosen photos: one choice for all, another where a photo has its own. Pure. */
import type { NewStaging, RoomType, Style } from "../../api/client";
import { counted } from "../../shared/labels";
import type { Item } from "./upload";

export type Choice = { room: RoomType; styles: Style[] };
export type Order = { engine: string; all: Choice };

export function choiceOf(item: Item, order: Order): Choice {
  return item.choice ?? order.all;
}

/** How many pictures come of the items. */
export function pictures(items: Item[], order: Order): number {
  return items.reduce((sum, item) => sum + choiceOf(item, order).styles.length, 0);
}

/** A choice within what an engine stages: where it doesn't know the room, its first room takes the place. */
export function fitting(choice: Choice, rooms: RoomType[]): Choice {
  return rooms.includes(choice.room) ? choice : { ...choice, room: rooms[0] ?? choice.room };
}

/** What pictures will cost, in words; `price` of one and `credit` in dollars. */
export function cost(count: number, price: number, credit: number): string {
  const made = `Makes ${counted(count, "picture")}`;
  if (price === 0) return made;
  const total = count * price;
  const enough = "charged only for pictures that pass the check";
  const short = `your credit of $${credit.toFixed(2)} covers ${counted(Math.floor(credit / price + 1e-9), "picture")}`;
  return `${made} · $${total.toFixed(2)}, ${total > credit ? short : enough}`;
}

/** What to ask the service for, of the items that have become photos. */
export function requested(items: Item[], photoIds: Map<string, string>, order: Order): NewStaging[] {
  return items.flatMap((item) => {
    const photoId = photoIds.get(item.key);
    const { room, styles } = choiceOf(item, order);
    if (!photoId || styles.length === 0) return [];
    return [{ photo_id: photoId, room_type: room, styles, engine: order.engine, operation: "stage", wishes: "" } as const];
  });
}
