/** What can be asked for: engines, rooms and styles, as the service tells them. */
import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "../api/client";
import { label } from "./labels";

type Choice = { value: string; label: string };
type Told = {
  engines: { name: string; label?: string; room_types: string[] }[];
  styles: { name: string; label: string }[];
};

const NOTHING: Told = { engines: [], styles: [] };

export function useCatalog() {
  const found = useQuery({
    queryKey: ["catalog"],
    queryFn: () => unwrap(api.GET("/api/v1/catalog")),
    staleTime: Infinity,
  });
  const told = (found.data as unknown as Told | undefined) ?? NOTHING;
  const roomsOf = (engine: string): Choice[] =>
    (told.engines.find((one) => one.name === engine)?.room_types ?? ["living_room", "bedroom"]).map((room) => ({
      value: room,
      label: label(room),
    }));
  return {
    engines: told.engines.map((one) => ({ value: one.name, label: one.label ?? label(one.name) })),
    styles: told.styles.map((one) => ({ value: one.name, label: one.label })),
    roomsOf,
  };
}
