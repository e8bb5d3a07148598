/** What an order begins with: what this person prefers, as far as it can be had here. Pure. */
import type { Preferences, RoomType, Style } from "../../api/client";
import type { Abilities } from "../../shared/catalog";
import { fitting, type Order } from "./order";

type Offered = { engines: { value: string }[]; styles: { value: Style }[]; abilitiesOf: (engine: string) => Abilities };

const OURS = { engine: "local", room: "living_room" as RoomType, styles: ["modern"] as Style[] };

/** `preferences` is null until the service has told them, and for who has set none. */
export function starting(preferences: Preferences | null, { engines, styles, abilitiesOf }: Offered): Order {
  const liked = preferences?.default_engine ?? OURS.engine;
  const engine = engines.some(({ value }) => value === liked) ? liked : OURS.engine;
  const known = (preferences?.default_styles ?? []).filter((style) => styles.some(({ value }) => value === style));
  const all = { room: preferences?.default_room_type ?? OURS.room, styles: known.length > 0 ? known : OURS.styles };
  return { task: { engine, operation: "stage", instructions: "" }, all: fitting(all, abilitiesOf(engine)) };
}
