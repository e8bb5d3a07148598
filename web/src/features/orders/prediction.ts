/** What the service made out of a photo before anything is asked for. */
import { api, unwrap, type Note, type Prediction, type RoomType } from "../../api/client";

/** How often, and how long, a reading is asked for that takes some seconds: then the photo is staged without one. */
export const EVERY_MS = 700;
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

/** The prediction for a photo that was just added, waited for a while. */
export async function predictionOf(photoId: string, ask = asked, pause = EVERY_MS, longest = LONGEST_MS): Promise<Prediction | null> {
  for (let waited = 0; waited <= longest; waited += Math.max(pause, 1)) {
    const prediction = await ask(photoId).catch(() => null);
    if (prediction) return prediction;
    await new Promise((passed) => setTimeout(passed, pause));
  }
  return null;
}

async function asked(photoId: string): Promise<Prediction | null> {
  const photo = await unwrap(api.GET("/api/v1/photos/{photo_id}", { params: { path: { photo_id: photoId } } }));
  return photo.prediction ?? null;
}
