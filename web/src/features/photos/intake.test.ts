import { expect, test } from "vitest";
import { sizeOf } from "./dimensions";
import { smallNote, takeIn } from "./intake";

const limits = { max_files: 50, max_bytes: 50 * 2 ** 20, max_pixels: 64_000_000, mls_least: 1024 };

function bytes(...parts: (string | number[])[]): ArrayBuffer {
  const all = parts.flatMap((part) => (typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : part));
  return Uint8Array.from(all).buffer;
}
const u16 = (value: number) => [value >> 8, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 65535)];
const box = (kind: string, ...content: (string | number[])[]) => {
  const inner = [...new Uint8Array(bytes(...content))];
  return [...u32(inner.length + 8), ...[...kind].map((letter) => letter.charCodeAt(0)), ...inner];
};

const SEGMENT = new Uint8Array(65537);
SEGMENT.set([0xff, 0xe2, 0xff, 0xff]);

/** A JPEG's headers: `before` segments of the greatest length stand before the frame, as profiles and depth maps do. */
const jpeg = (width: number, height: number, before = 1) =>
  new Blob([
    bytes([0xff, 0xd8]),
    ...new Array<Uint8Array<ArrayBuffer>>(before).fill(SEGMENT),
    bytes([0xff, 0xff, 0xc2, ...u16(17), 8, ...u16(height), ...u16(width), 3]),
  ]);
const png = (width: number, height: number) => bytes("\x89PNG\r\n\x1a\n", u32(13), "IHDR", u32(width), u32(height), [8, 2, 0, 0, 0]);
const heic = (width: number, height: number) =>
  bytes(
    box("ftyp", "heic", u32(0), "mif1heic"),
    box("meta", u32(0), box("hdlr", u32(0)), box("iprp", box("ipco", ispe(512, 512), box("hvcC", "x"), ispe(width, height)))),
    box("mdat", "data"),
  );
const ispe = (width: number, height: number) => box("ispe", u32(0), u32(width), u32(height));

const photo = (name = "a.jpg") => new File([jpeg(400, 300)], name, { type: "image/jpeg" });
const file = (name: string, content: BlobPart = "some text") => new File([content], name);

test("sizes are read from headers, however much stands before them", async () => {
  const size = { width: 8160, height: 6144 };
  const is = async (content: BlobPart, type: Parameters<typeof sizeOf>[1]) => sizeOf(new Blob([content]), type);
  expect(await is(jpeg(8160, 6144), "image/jpeg")).toEqual(size);
  expect(await is(jpeg(8160, 6144, 30), "image/jpeg")).toEqual(size);
  expect(await is(png(8160, 6144), "image/png")).toEqual(size);
  expect(await is(heic(8160, 6144), "image/heic")).toEqual(size);
  const webp = (chunk: string, ...rest: (string | number[])[]) => bytes("RIFF", u32(0), "WEBP", chunk, u32(0), ...rest, new Array<number>(20).fill(0));
  expect(await is(webp("VP8X", u32(0), [0xdf, 0x1f, 0, 0xff, 0x17, 0]), "image/webp")).toEqual(size);
  expect(await is(webp("VP8 ", [0, 0, 0, 0x9d, 1, 0x2a, 0xe0, 0x1f, 0, 0x18]), "image/webp")).toEqual(size);
  expect(await is(webp("VP8L", [0x2f, 0xdf, 0x1f, 0, 0]), "image/webp")).toEqual({ width: 8160, height: 1 });
});

test("headers that end nowhere tell no size, and end the reading", async () => {
  for (const content of [bytes([0xff, 0xd8, 0xff]), jpeg(1, 1, 100), bytes(box("ftyp", "heic"), u32(0)), bytes("\x89PNG")])
    for (const type of ["image/jpeg", "image/png", "image/webp", "image/heic"] as const)
      expect(await sizeOf(new Blob([content]), type)).toBeNull();
});

test("a whole card: photos are taken, films and raw files counted, the rest passed over in silence", async () => {
  const card = [
    file("._IMG_0001.JPG"),
    file(".DS_Store"),
    ...Array.from({ length: 30 }, (_, at) => file(`MVI_${at}.MOV`)),
    ...Array.from({ length: 57 }, (_, at) => photo(`IMG_${at}.JPG`)),
    file("IMG_1.CR2", "II*\0\x10\0\0\0CR"),
    file("IMG_1.xmp"),
    file("MVI_1.THM"),
    file("Thumbs.db"),
  ];
  const { photos, refused, told } = await takeIn(card, 50, limits);
  expect(photos).toHaveLength(50);
  expect(refused).toEqual([]);
  expect(told).toEqual([
    "30 videos were left out.",
    "1 camera raw file was left out. Export what you need as JPEG.",
    expect.stringMatching(/^1 file was left out with edits/),
    "At most 50 photos at once; 7 photos were left out.",
  ]);
});

test("where nothing is left, that is told", async () => {
  expect((await takeIn([], 50, limits)).told).toEqual(["No photos were found in what you gave."]);
  expect((await takeIn([file(".DS_Store"), file("._a.jpg")], 50, limits)).told).toHaveLength(1);
  expect((await takeIn([file("a.mov")], 50, limits)).told).toEqual([expect.stringMatching(/^No photos/), "1 video was left out."]);
});

test("what can't be staged is refused with its reason, few by name and many by number", async () => {
  const { refused, photos } = await takeIn([file("a.txt"), file("empty.jpg", ""), file("a.pdf", "%PDF-1.7"), photo()], 50, limits);
  expect(refused.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^Only JPEG/),
    expect.stringMatching(/empty/),
    expect.stringMatching(/^This is a PDF\. Only JPEG/),
  ]);
  expect(photos).toHaveLength(1);
  const many = await takeIn(Array.from({ length: 25 }, () => file("a.txt")), 50, limits);
  expect(many.refused).toHaveLength(5);
  expect(many.told.join()).toMatch(/20 other files were left out as well/);
});

test("what is too large is told with both sizes, takes no place, and isn't told where nobody said a limit", async () => {
  const large = new File([jpeg(12000, 9000)], "large.jpg");
  const heavy = Object.defineProperty(photo("heavy.jpg"), "size", { value: 50 * 2 ** 20 + 1 });
  const { photos, refused } = await takeIn([large, heavy, photo("good.jpg")], 1, limits);
  expect(photos.map(({ file: { name } }) => name)).toEqual(["good.jpg"]);
  expect(refused.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/108 megapixels \(12000 × 9000\), and at most 64 can/),
    expect.stringMatching(/50\.1 MB, and at most 50 MB/),
  ]);
  expect((await takeIn([large], 1, null)).photos).toHaveLength(1);
  expect((await takeIn([new File([jpeg(8160, 6144)], "phone.jpg")], 1, limits)).photos).toHaveLength(1);
});

test("a photo that is small for listing services is told when it is chosen", () => {
  expect(smallNote({ width: 768, height: 1023 }, limits)).toMatch(/^768 × 1023 is small: .* 1024 pixels or more/);
  expect(smallNote({ width: 768, height: 1024 }, limits)).toBeNull();
  expect(smallNote(null, limits)).toBeNull();
});
