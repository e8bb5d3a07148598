/** What the service made out of a photo before anything is asked for. */
import { api, unwrap, type Note, type Prediction, type RoomType } from "../../api/client";
import type { ServerEvent } from "../../api/events";

/** How long a reading is waited for: then the photo is staged without one. */
export const LONGEST_MS = 20_000;

/** A note where staging the photo as this room will be refused; none where it won't be, or nobody knows. */
export function foreseen(prediction: Prediction | null | undefined, room: RoomType): Note[] {
  if (!prediction) return [];
  const reason = prediction.refused ? (prediction.reasons[0] ?? "It can't be staged as it is.") : prediction.unfit[room];
  return reason ? [{ code: "foreseen", message: reason, staging: "insist" }] : [];
}

/** What was seen, and what a person should look at, as one text; empty where nothing is known. */
export function told({ seen, reasons, refused }: Prediction): string {
  return [...seen, ...(refused ? [] : reasons)].join(" ");
}

type Tell = (prediction: Prediction | null) => void;

const waiting = new Map<string, Set<Tell>>();

/** A photo's room was read: whoever waits for it is told. */
export function hearPredictionEvent(event: ServerEvent): void {
  if (event.kind !== "photo.predicted" || !event.data.prediction) return;
  const { id, prediction } = event.data;
  waiting.get(id)?.forEach((tell) => tell(prediction));
}

/** The prediction for a photo that was just added: as it is known, or told by an event; asked for once more where none came in time. */
export async function predictionOf(photoId: string, ask = asked, longest = LONGEST_MS): Promise<Prediction | null> {
  // Listened for before it is asked for: what comes in between is not missed.
  const listening = heard(photoId, longest);
  const read = () => ask(photoId).catch(() => null);
  try {
    return (await read()) ?? (await listening.told) ?? (await read());
  } finally {
    listening.stop();
  }
}

function heard(photoId: string, longest: number): { told: Promise<Prediction | null>; stop: () => void } {
  let tell: Tell = () => undefined;
  const told = new Promise<Prediction | null>((resolve) => (tell = resolve));
  const late = setTimeout(() => tell(null), longest);
  const others = waiting.get(photoId) ?? new Set<Tell>();
  waiting.set(photoId, others.add(tell));
  const stop = () => {
    clearTimeout(late);
    others.delete(tell);
    if (others.size === 0) waiting.delete(photoId);
  };
  return { told, stop };
}

async function asked(photoId: string): Promise<Prediction | null> {
  const photo = await unwrap(api.GET("/api/v1/photos/{photo_id}", { params: { path: { photo_id: photoId } } }));
  return photo.prediction ?? null;
}
