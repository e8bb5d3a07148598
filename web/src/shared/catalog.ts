/** What can be asked for: engines, rooms and styles, as the service tells them. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap, type NewStaging, type RoomType, type Style } from "../api/client";
import { roomIn } from "./rooms";
import { label } from "./labels";

export type Operation = NonNullable<NewStaging["operation"]>;

/** What an engine takes. `instructions`: in words; `plans`: edited ones, and corrections of how it reads a room. */
export type Abilities = { room_types: RoomType[]; operations: Operation[]; instructions: boolean; plans: boolean };

/** What may be sent: photos at once, bytes and pixels of one; and the long side that listing services ask for at least. */
export type Limits = { max_files: number; max_bytes: number; max_pixels: number; mls_least: number };

type Told = {
  limits: Limits | null;
  /** Words in names of files that speak of a room, the room that wins first. */
  room_words: Partial<Record<RoomType, string[]>>;
  /** Whether photos are read when they have come, before anything is asked for. */
  predicts: boolean;
  engines: ({ name: string; label: string } & Abilities)[];
  styles: { name: Style; label: string }[];
  /** Listing services, and whether words are written into pictures for them. */
  mls_profiles: { name: string; label: string; labelled: boolean }[];
};

const NOTHING: Told = { limits: null, room_words: {}, predicts: false, engines: [], styles: [], mls_profiles: [] };
/** What is assumed of an engine until the service has told. */
const LEAST: Abilities = { room_types: ["living_room", "bedroom"], operations: ["stage"], instructions: false, plans: false };

const CATALOG = {
  queryKey: ["catalog"],
  queryFn: async () => (await unwrap(api.GET("/api/v1/catalog"))) as unknown as Told,
  staleTime: Infinity,
};

export function useCatalog() {
  const cache = useQueryClient();
  const found = useQuery(CATALOG);
  const told = found.data ?? NOTHING;
  return {
    limits: told.limits,
    predicts: told.predicts,
    /** The room that a file's name speaks of, once the service has told its words. */
    roomIn: (name: string): RoomType | null => roomIn(name, told.room_words),
    /** The limits once the service has told them; null where it can't, and will refuse what is too large itself. */
    limitsWhenTold: (): Promise<Limits | null> => cache.ensureQueryData(CATALOG).then(({ limits }) => limits, () => null),
    engines: told.engines.map((one) => ({ value: one.name, label: one.label })),
    mlsProfiles: told.mls_profiles.map((one) => ({ value: one.name, label: one.label })),
    styles: told.styles.map((one) => ({ value: one.name, label: one.label })),
    abilitiesOf: (engine: string): Abilities => told.engines.find((one) => one.name === engine) ?? LEAST,
  };
}

/** Rooms as a list to choose from. */
export function roomChoices(rooms: RoomType[]) {
  return rooms.map((room) => ({ value: room, label: label(room) }));
}
