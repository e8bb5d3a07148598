/** Which file of a picture a browser needs for the room it has. Pure. */

import type { Photo } from "../../api/client";

export type Sources = { src: string; srcSet?: string };

/** The long sides, in pixels, of the files that the service makes; small pictures are not enlarged. */
const THUMB = 640;
const WEB = 2048;

/** A picture's two files for an `img`, from the size of the whole picture in pixels. */
export function sources(urls: { web: string; thumb: string }, width: number, height: number): Sources {
  const across = (most: number) => Math.round(width * Math.min(1, most / Math.max(width, height)));
  return { src: urls.web, srcSet: `${urls.thumb} ${across(THUMB)}w, ${urls.web} ${across(WEB)}w` };
}

/** Cards of a gallery that are seen before anybody scrolls: their pictures are loaded first. */
export const FIRST_SEEN = 2;
/** As wide as a card of the page: two beside each other from 1100 pixels on. */
export const SIZES = "(width >= 1100px) 620px, 100vw";

/** The picture that a photo's card shows first: its newest staging where that is ready, or itself. */
export function seenOf(photo: Photo): Sources {
  return sources(photo.stagings.at(-1)?.urls ?? photo.urls, photo.width, photo.height);
}
