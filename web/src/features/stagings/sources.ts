/** Which file of a picture a browser needs for the room it has. Pure. */

export type Sources = { src: string; srcSet?: string };

/** The long sides, in pixels, of the files that the service makes; small pictures are not enlarged. */
const THUMB = 640;
const WEB = 2048;

/** A picture's two files for an `img`, from the size of the whole picture in pixels. */
export function sources(urls: { web: string; thumb: string }, width: number, height: number): Sources {
  const across = (most: number) => Math.round(width * Math.min(1, most / Math.max(width, height)));
  return { src: urls.web, srcSet: `${urls.thumb} ${across(THUMB)}w, ${urls.web} ${across(WEB)}w` };
}
