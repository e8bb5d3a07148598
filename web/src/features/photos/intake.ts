/** What is made of files that were dropped, pasted or chosen: photos that can be sent, and words for the rest. */
import type { Limits } from "../../shared/catalog";
import { counted } from "../../shared/labels";
import { sizeOf, type Size } from "./dimensions";
import { HEAD, kindOf, rubbish, type Kind, type PhotoType } from "./kinds";

export type Taken = { file: File; type: PhotoType; size: Size | null };
export type Refused = { file: File; reason: string };
export type Intake = { photos: Taken[]; refused: Refused[]; told: string[] };

/** Files beyond this number are not looked at: a card holds fewer, a whole disk was not meant. */
export const MOST_LOOKED_AT = 5_000;
/** Refused files that are named each; where there are more, they are counted. */
const MOST_NAMED = 5;
const AT_ONCE = 8;
const ONLY = "Only JPEG, PNG, WebP and HEIC photos can be staged.";

/** Look through files; as many photos are taken as there are places for, in the order in which they came. */
export async function takeIn(files: File[], places: number, limits: Limits | null): Promise<Intake> {
  const looked = files.slice(0, MOST_LOOKED_AT).filter((file) => !rubbish(pathOf(file)));
  const kinds = await inLanes(looked, kindOfFile);
  const counts = { film: 0, raw: 0, sidecar: 0, beyond: 0 };
  const photos: Taken[] = [];
  const refused: Refused[] = [];
  for (const [at, file] of looked.entries()) {
    const kind = kinds[at] as Kind | "unread";
    if (kind === "unread") refused.push({ file, reason: "This file could not be read. Choose it again." });
    else if (kind.is === "photo") {
      if (photos.length >= places) counts.beyond += 1;
      else {
        const taken = { file, type: kind.type, size: await sizeOf(file, kind.type).catch(() => null) };
        const reason = tooLarge(taken, limits);
        if (reason) refused.push({ file, reason });
        else photos.push(taken);
      }
    } else if (kind.is === "other") refused.push({ file, reason: otherReason(file, kind.name) });
    else if (kind.is !== "rubbish") counts[kind.is] += 1;
  }
  return { photos, ...named(refused, told(counts, files.length, photos.length + refused.length, limits)) };
}

/** Where a file came from: folders that were dropped are walked, and their paths are kept. */
function pathOf(file: File): string {
  const { path, relativePath, webkitRelativePath } = file as File & { path?: string; relativePath?: string };
  return webkitRelativePath || relativePath || path || file.name;
}

async function kindOfFile(file: File): Promise<Kind | "unread"> {
  try {
    return kindOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()), file.name, file.type);
  } catch {
    return "unread";
  }
}

function otherReason(file: File, name: string | null): string {
  if (file.size === 0) return "This file is empty. Choose the photo again.";
  return name ? `This is ${name}. ${ONLY}` : ONLY;
}

/** Why a photo is too large, with its own size and the most that is taken; null when it isn't, or that isn't known. */
export function tooLarge({ file, size }: Pick<Taken, "size"> & { file: { size: number } }, limits: Limits | null): string | null {
  if (!limits) return null;
  if (file.size > limits.max_bytes)
    return `This file has ${megabytes(file.size)} MB, and at most ${megabytes(limits.max_bytes)} MB can be sent. Export the photo as JPEG and try again.`;
  if (size && size.width * size.height > limits.max_pixels)
    return `This photo has ${megapixels(size.width * size.height)} megapixels (${size.width} × ${size.height}), and at most ${megapixels(limits.max_pixels)} can be staged. Export it smaller and try again.`;
  return null;
}

/** What is to be known of a photo that can be staged and is small all the same; null where there is nothing. */
export function smallNote(size: Size | null, limits: Limits | null): string | null {
  if (!size || !limits || Math.max(size.width, size.height) >= limits.mls_least) return null;
  return `${size.width} × ${size.height} is small: many listing services ask for ${limits.mls_least} pixels or more on the long side.`;
}

function megabytes(bytes: number): string {
  return rounded(bytes / 2 ** 20);
}

function megapixels(pixels: number): string {
  return rounded(pixels / 1e6);
}

/** One digit after the point, rounded up, so that nothing looks as if it were within its limit. */
function rounded(value: number): string {
  return String(Math.ceil(value * 10 - 1e-9) / 10);
}

type Counts = { film: number; raw: number; sidecar: number; beyond: number };

function told(counts: Counts, files: number, shown: number, limits: Limits | null): string[] {
  const sentences = [
    counts.film && `${left(counts.film, "video")}.`,
    counts.raw && `${left(counts.raw, "camera raw file")}. Export what you need as JPEG.`,
    counts.sidecar && `${left(counts.sidecar, "file")} with edits (such as XMP or AAE); edits that are not in a photo itself are not seen.`,
    counts.beyond && `At most ${limits?.max_files ?? 50} photos at once; ${left(counts.beyond, "photo")}.`,
    files > MOST_LOOKED_AT && `Only the first ${MOST_LOOKED_AT} files were looked at.`,
  ].filter((sentence): sentence is string => Boolean(sentence));
  return shown === 0 && counts.beyond === 0 ? ["No photos were found in what you gave.", ...sentences] : sentences;
}

/** Refused files each with its reason where they are few, else counted. */
function named(refused: Refused[], told: string[]): Pick<Intake, "refused" | "told"> {
  if (refused.length <= MOST_NAMED) return { refused, told };
  const rest = refused.length - MOST_NAMED;
  return { refused: refused.slice(0, MOST_NAMED), told: [...told, `${left(rest, "other file")} as well: they are no photos that can be staged.`] };
}

function left(number: number, noun: string): string {
  return `${counted(number, noun)} ${number === 1 ? "was" : "were"} left out`;
}

/** A few at a time, results in the order of what was given. */
async function inLanes<T, R>(things: T[], run: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(things.length);
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < things.length; at = next++) results[at] = await run(things[at] as T);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}
