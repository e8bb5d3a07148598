/** What can be asked for: engines, rooms and styles, as the service tells them. */
import { useQuery } from "@tanstack/react-query";
import { api, unwrap, type RoomType, type Style } from "../api/client";
import { label } from "./labels";

type Told = {
  engines: { name: string; label: string; room_types: RoomType[] }[];
  styles: { name: Style; label: string }[];
};

const NOTHING: Told = { engines: [], styles: [] };

export function useCatalog() {
  const found = useQuery({
    queryKey: ["catalog"],
    queryFn: async () => (await unwrap(api.GET("/api/v1/catalog"))) as unknown as Told,
    staleTime: Infinity,
  });
  const told = found.data ?? NOTHING;
  return {
    engines: told.engines.map((one) => ({ value: one.name, label: one.label })),
    styles: told.styles.map((one) => ({ value: one.name, label: one.label })),
    roomsOf: (engine: string): RoomType[] =>
      told.engines.find((one) => one.name === engine)?.room_types ?? ["living_room", "bedroom"],
  };
}

/** Rooms as a list to choose from. */
export function roomChoices(rooms: RoomType[]) {
  return rooms.map((room) => ({ value: room, label: label(room) }));
}
