/** What a file is: by its first bytes, and by its name only where they don't tell. The service decides in the same way
 * (src/realstaging/imaging/kinds.py); it is decided here so that nothing is sent in vain. Pure. */

/** Bytes that tell the kind. */
export const HEAD = 16;

export const PHOTOS = ["image/jpeg", "image/png", "image/webp", "image/heic"] as const;
export type PhotoType = (typeof PHOTOS)[number];

export type Kind =
  | { is: "photo"; type: PhotoType }
  | { is: "film" | "raw" | "sidecar" | "rubbish" }
  | { is: "other"; name: string | null };

const FIRST: [string, Kind][] = [
  ["\xff\xd8\xff", { is: "photo", type: "image/jpeg" }],
  ["\x89PNG\r\n\x1a\n", { is: "photo", type: "image/png" }],
  ["\0\x05\x16\x07", { is: "rubbish" }],
  ["GIF8", { is: "other", name: "a GIF" }],
  ["%PDF-", { is: "other", name: "a PDF" }],
  ["8BPS", { is: "other", name: "a Photoshop file" }],
  ["BM", { is: "other", name: "a BMP picture" }],
  ["\xff\x0a", { is: "other", name: "a JPEG XL picture" }],
  ["\0\0\0\x0cJXL ", { is: "other", name: "a JPEG XL picture" }],
  ["\0\0\0\x0cjP  ", { is: "other", name: "a JPEG 2000 picture" }],
  ["PK\x03\x04", { is: "other", name: "an archive" }],
  ["\x1aE\xdf\xa3", { is: "film" }],
  ["\0\0\x01\xba", { is: "film" }],
  ["\0\0\x01\xb3", { is: "film" }],
  ["FUJIFILMCCD-", { is: "raw" }],
  ["IIRO", { is: "raw" }],
  ["IIRS", { is: "raw" }],
  ["MMOR", { is: "raw" }],
  ["IIU\0", { is: "raw" }],
  ["FOVb", { is: "raw" }],
  ["\0MRM", { is: "raw" }],
  ["II*\0\x10\0\0\0CR", { is: "raw" }],
];
const TIFF = ["II*\0", "MM\0*", "II+\0", "MM\0+"];
/** Brands of HEIF files (ISO/IEC 23008-12, annex B and clause 10). */
const HEIF = "heic heix heim heis hevc hevx hevm hevs mif1 mif2 mif3 msf1".split(" ");

const endings = (words: string) => new Set(words.split(" "));
const FILMS = endings("mov mp4 m4v avi mts m2ts ts mpg mpeg mpe vob 3gp 3g2 mkv webm wmv asf flv insv 360 mxf braw r3d mod tod dv");
const RAWS = endings(
  "3fr ari arw bay cr2 cr3 crw cs1 dcr dng erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw orf pef ptx pxn raf raw rw2 rwl rwz sr2 srf srw x3f",
);
const SIDECARS = endings("xmp aae dop pp3 cos vrd on1 lrtemplate photo-edit pto comask cot cop");
/** What cameras and computers write beside photos for themselves. */
const OWN = endings("thm lrv ctg ind idx mrk glv lst bdm cpi mpl bin");
const OWN_NAMES = endings("thumbs.db ehthumbs.db ehthumbs_vista.db desktop.ini picasa.ini zbthumbnail.info autprint.mrk icon\r");
const OWN_FOLDERS = endings("__macosx $recycle.bin recycler lost.dir");
const OWN_FOLDER_NAMES = ["system volume information"];

/** What a path alone says: what is passed over unread, or nothing. */
export function rubbish(path: string): boolean {
  const parts = path.toLowerCase().split("/").filter((part) => part !== "" && part !== "." && part !== "..");
  const name = parts.at(-1) ?? "";
  return (
    parts.some((part) => part.startsWith(".")) ||
    parts.slice(0, -1).some((part) => OWN_FOLDERS.has(part) || OWN_FOLDER_NAMES.includes(part)) ||
    OWN_NAMES.has(name) ||
    OWN.has(ending(name))
  );
}

/** What a file is, from its first bytes and, where they leave it open, its name and what the browser says of it. */
export function kindOf(head: Uint8Array, name: string, type = ""): Kind {
  const text = String.fromCharCode(...head.subarray(0, HEAD));
  return byContent(text, name) ?? byName(name, type);
}

function byContent(text: string, name: string): Kind | null {
  if (text.startsWith("RIFF")) {
    if (text.startsWith("WEBP", 8)) return { is: "photo", type: "image/webp" };
    return text.startsWith("AVI ", 8) ? { is: "film" } : null;
  }
  if (text.startsWith("ftyp", 4)) return byBrand(text.slice(8, 12));
  if (["moov", "mdat", "wide", "free", "skip"].includes(text.slice(4, 8))) return { is: "film" };
  const known = FIRST.find(([first]) => text.startsWith(first));
  if (known) return known[1];
  if (TIFF.some((first) => text.startsWith(first)))
    return RAWS.has(ending(name)) ? { is: "raw" } : { is: "other", name: "a TIFF file" };
  return null;
}

function byBrand(brand: string): Kind {
  if (HEIF.includes(brand)) return { is: "photo", type: "image/heic" };
  if (brand === "crx ") return { is: "raw" };
  return brand === "avif" || brand === "avis" ? { is: "other", name: "an AVIF picture" } : { is: "film" };
}

function byName(name: string, type: string): Kind {
  const end = ending(name);
  if (FILMS.has(end) || type.startsWith("video/")) return { is: "film" };
  if (RAWS.has(end)) return { is: "raw" };
  if (SIDECARS.has(end)) return { is: "sidecar" };
  return { is: "other", name: null };
}

function ending(name: string): string {
  return name.toLowerCase().split(".").slice(1).at(-1) ?? "";
}
