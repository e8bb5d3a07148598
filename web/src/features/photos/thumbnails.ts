/** Small pictures of chosen files. One at a time, since a phone can't hold fifty decoded photos at once. */
import { useEffect, useState } from "react";

const WIDTH = 160;
let queue: Promise<unknown> = Promise.resolve();

/** An address for a file's small picture; null until it is drawn, and for files that the browser can't read (HEIC). */
export function useThumbnail(file: File): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    let made: string | null = null;
    queue = queue.then(async () => {
      const drawn = gone ? null : await draw(file).catch(() => null);
      if (!drawn || gone) return;
      made = URL.createObjectURL(drawn);
      setAddress(made);
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [file]);
  return address;
}

async function draw(file: File): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file, { resizeWidth: WIDTH, resizeQuality: "medium" });
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
}
