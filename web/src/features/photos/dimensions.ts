/** Width and height of a photo in pixels, from its headers alone: what is too large is told before it is sent. */
import type { PhotoType } from "./kinds";

export type Size = { width: number; height: number };

/** Bytes read at once; headers are rarely larger. */
const PIECE = 64 * 1024;
/** Pieces read of one file: a JPEG's headers end within some megabytes, whatever is written into them. */
const MOST_PIECES = 64;

/** A file read here and there, a piece at a time. */
class Pieces {
  private start = 0;
  private piece = new DataView(new ArrayBuffer(0));
  private read = 0;

  constructor(private readonly file: Blob) {}

  /** A view of so many bytes; null past the end of the file, or of what may be read. */
  async at(offset: number, length: number): Promise<DataView | null> {
    if (offset < 0 || offset + length > this.file.size) return null;
    if (offset < this.start || offset + length > this.start + this.piece.byteLength) {
      if ((this.read += 1) > MOST_PIECES) return null;
      const end = offset + Math.max(length, PIECE);
      this.piece = new DataView(await this.file.slice(offset, end).arrayBuffer());
      this.start = offset;
    }
    return new DataView(this.piece.buffer, offset - this.start, length);
  }
}

/** The size; null where the headers don't tell it, which the service will say more about. */
export async function sizeOf(file: Blob, type: PhotoType): Promise<Size | null> {
  const size = await READERS[type](new Pieces(file));
  return size && size.width > 0 && size.height > 0 ? size : null;
}

/** ITU T.81, B.2.2: the frame header, which follows other segments. */
async function jpeg(pieces: Pieces): Promise<Size | null> {
  for (let at = 2; ; ) {
    const head = await pieces.at(at, 4);
    if (!head || head.getUint8(0) !== 0xff) return null;
    const marker = head.getUint8(1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return null;
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) {
      const told = await pieces.at(at + 5, 4);
      return told && { height: told.getUint16(0), width: told.getUint16(2) };
    }
    const bare = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += bare ? 2 : 2 + Math.max(2, head.getUint16(2));
  }
}

/** PNG, third edition, 11.2.2. */
async function png(pieces: Pieces): Promise<Size | null> {
  const told = await pieces.at(16, 8);
  return told && { width: told.getUint32(0), height: told.getUint32(4) };
}

/** RFC 9649, 2.5–2.7. */
async function webp(pieces: Pieces): Promise<Size | null> {
  const told = await pieces.at(12, 18);
  if (!told) return null;
  const three = (at: number) => 1 + told.getUint8(at) + (told.getUint8(at + 1) << 8) + (told.getUint8(at + 2) << 16);
  switch (fourLetters(told, 0)) {
    case "VP8X":
      return { width: three(12), height: three(15) };
    case "VP8L": {
      const bits = told.getUint32(9, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case "VP8 ":
      return { width: told.getUint16(14, true) & 0x3fff, height: told.getUint16(16, true) & 0x3fff };
    default:
      return null;
  }
}

/** ISO/IEC 23008-12, 6.5.3: the largest of the extents; tiles, thumbnails and depth maps are smaller than the picture. */
async function heic(pieces: Pieces): Promise<Size | null> {
  let largest: Size | null = null;
  const look = async (start: number, end: number, depth: number): Promise<void> => {
    for (let at = start, boxes = 0; at + 8 <= end && boxes < 4096; boxes += 1) {
      const head = await pieces.at(at, 8);
      if (!head) return;
      const kind = fourLetters(head, 4);
      const length = await boxLength(pieces, at, head.getUint32(0), end);
      if (length === null) return;
      if (kind === "ispe") {
        const told = await pieces.at(at + 12, 8);
        const size = told && { width: told.getUint32(0), height: told.getUint32(4) };
        if (size && size.width * size.height > (largest ? largest.width * largest.height : 0)) largest = size;
      } else if (WITHIN[kind] !== undefined && depth < 3) await look(at + (WITHIN[kind] ?? 8), at + length, depth + 1);
      if (kind === "meta") return;
      at += length;
    }
  };
  await look(0, Number.MAX_SAFE_INTEGER, 0);
  return largest;
}

/** Boxes that hold the extents, with the bytes before what is in them. */
const WITHIN: Record<string, number> = { meta: 12, iprp: 8, ipco: 8 };

async function boxLength(pieces: Pieces, at: number, told: number, end: number): Promise<number | null> {
  if (told === 0) return end - at;
  if (told !== 1) return told >= 8 ? told : null;
  const large = await pieces.at(at + 8, 8);
  const length = large ? Number(large.getBigUint64(0)) : 0;
  return length >= 16 ? length : null;
}

function fourLetters(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

const READERS: Record<PhotoType, (pieces: Pieces) => Promise<Size | null>> = {
  "image/jpeg": jpeg,
  "image/png": png,
  "image/webp": webp,
  "image/heic": heic,
};
