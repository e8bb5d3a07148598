/** What is asked for of the chosen photos: one choice for all, another where a photo has its own. Pure. */
import type { NewStaging, RoomType, Style } from "../../api/client";
import type { Abilities, Operation } from "../../shared/catalog";

/** What a room becomes. */
export type Choice = { room: RoomType; styles: Style[] };
/** What is done, and by whom. */
export type Task = { engine: string; operation: Operation; instructions: string };
export type Order = { task: Task; all: Choice };
/** A photo of an order: `choice` where it has one of its own, `named` by its file, `insist` where it is to be staged in spite of its notes. */
export type Ordered = { key: string; choice: Choice | null; named?: RoomType | null; insist: boolean };

export function choiceOf(item: Ordered, order: Order): Choice {
  return item.choice ?? (item.named ? { ...order.all, room: item.named } : order.all);
}

/** How many pictures come of a photo: one in each style; where nothing is added there is no style, and one picture. */
export function picturesOf({ styles }: Choice, { operation }: Task): number {
  return operation === "stage" ? styles.length : 1;
}

/** How many pictures come of the items. */
export function pictures(items: Ordered[], order: Order): number {
  return items.reduce((sum, item) => sum + picturesOf(choiceOf(item, order), order.task), 0);
}

/** A choice within what an engine stages: where it doesn't know the room, its first room takes the place. */
export function fitting(choice: Choice, { room_types: rooms }: Abilities): Choice {
  return rooms.includes(choice.room) ? choice : { ...choice, room: rooms[0] ?? choice.room };
}

/** A task within what its engine takes: it stages where it can't take away, and hears no words it can't understand. */
export function within(task: Task, { operations, instructions }: Abilities): Task {
  return {
    ...task,
    operation: operations.includes(task.operation) ? task.operation : "stage",
    instructions: instructions ? task.instructions : "",
  };
}

/** What to ask the service for, of one photo. */
export function asked(photoId: string, { room, styles }: Choice, { engine, operation, instructions }: Task): NewStaging {
  return {
    photo_id: photoId,
    room_type: room,
    styles: operation === "stage" ? styles : [],
    engine,
    operation,
    instructions: instructions.trim(),
  };
}

/** What to ask the service for, of the items that have become photos. */
export function requested(items: Ordered[], photoIds: Map<string, string>, order: Order): NewStaging[] {
  return items.flatMap((item) => {
    const photoId = photoIds.get(item.key);
    const choice = choiceOf(item, order);
    if (!photoId || picturesOf(choice, order.task) === 0) return [];
    return [{ ...asked(photoId, choice, order.task), ...(item.insist && { insist: true }) }];
  });
}
