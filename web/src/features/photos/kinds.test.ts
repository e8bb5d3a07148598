import { expect, test } from "vitest";
import { kindOf, rubbish } from "./kinds";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const is = (text: string, name: string, type = "") => {
  const kind = kindOf(bytes(text), name, type);
  return kind.is === "photo" ? kind.type : kind.is;
};

test("the content decides, not the name and not what the browser says", () => {
  expect(is("\0\0\0\x18ftypheic\0\0\0\0", "IMG_1.jpg", "image/jpeg")).toBe("image/heic");
  expect(is("\xff\xd8\xff\xe0\0\x10JFIF", "IMG_1.HEIC")).toBe("image/jpeg");
  expect(is("\xff\xd8\xff\xe1", "clip.mov", "video/quicktime")).toBe("image/jpeg");
  expect(is("\0\0\0\x24ftyphevc", "A.HIF", "image/heic-sequence")).toBe("image/heic");
  expect(is("\0\0\0\x1cftypmif1", "a", "application/octet-stream")).toBe("image/heic");
  expect(is("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.jpg", "image/pjpeg")).toBe("image/png");
  expect(is("RIFF\x24\0\0\0WEBPVP8 ", "a.jpeg", "image/jpg")).toBe("image/webp");
  expect(is("\0\0\0\x20ftypqt  ", "a.jpg", "image/jpeg")).toBe("film");
  expect(is("\0\0\0\x20ftypavif", "a.heic")).toBe("other");
  expect(is("hello, world", "a.jpg", "image/jpeg")).toBe("other");
  expect(is("", "a.jpg", "image/jpeg")).toBe("other");
});

test("films, raw files and files of edits are told apart", () => {
  expect(["MVI_1.MOV", "C0001.MP4", "00001.MTS", "a.avi"].map((name) => is("\x47\x40\0\x10", name))).toEqual(Array(4).fill("film"));
  expect(is("\0\0\0\x18ftypcrx \0\0\0\x01", "A.CR3")).toBe("raw");
  expect(is("II*\0\x10\0\0\0CR\x02\0", "A.CR2")).toBe("raw");
  expect(["A.NEF", "A.ARW", "A.DNG"].map((name) => is("II*\0\x08\0\0\0", name))).toEqual(Array(3).fill("raw"));
  expect(is("II*\0\x08\0\0\0", "scan.tif")).toBe("other");
  expect(is('<x:xmpmeta', "IMG_1.xmp")).toBe("sidecar");
  expect(is("<?xml versio", "IMG_1.AAE")).toBe("sidecar");
});

test("what cameras and computers write for themselves is passed over", () => {
  const all = [
    "._IMG_0001.JPG",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    "DCIM/100CANON/MVI_0001.THM",
    "./CARD/.Spotlight-V100/Store-V2/a.jpg",
    ".Trashes/501/IMG_0002.JPG",
    "__MACOSX/a.jpg",
    "System Volume Information/IndexerVolumeGuid",
    "GOPR0001.LRV",
  ];
  expect(all.filter((path) => !rubbish(path))).toEqual([]);
  expect(["./DCIM/IMG_0001.JPG", "a.b.jpg", "kitchen.heic", "../a.jpg"].filter(rubbish)).toEqual([]);
});
