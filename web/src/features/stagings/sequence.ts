/** The finished pictures of a project in the order of the page, to leaf through. Pure. */
import type { Photo, Staging } from "../../api/client";

export type Finished = { photo: Photo; staging: Staging & { urls: NonNullable<Staging["urls"]> } };

export function finished(photos: Photo[]): Finished[] {
  return photos.flatMap((photo) =>
    photo.stagings.flatMap((staging) => (staging.urls ? [{ photo, staging: { ...staging, urls: staging.urls } }] : [])),
  );
}

/** The picture so many places further; round the end to the beginning. */
export function further(pictures: Finished[], id: string, by: number): string {
  const at = pictures.findIndex((one) => one.staging.id === id);
  return pictures[(at + by + pictures.length) % pictures.length]?.staging.id ?? id;
}
