/** Whether what was pasted is meant as photos. Pure, but for `usePaste`. */
import { useEffect } from "react";

export type Pasted = {
  files: readonly { name: string }[];
  /** What was copied, as plain text; empty where it is no text. */
  text: string;
  /** Whether it goes into a field that takes text. */
  typing: boolean;
  /** Whether a dialog is open over the page, or photos are being sent. */
  occupied: boolean;
};

/** Office programs add a picture of any text that is copied; a copied file may bring its name along. */
export function isMeant({ files, text, typing, occupied }: Pasted): boolean {
  return files.length > 0 && !typing && !occupied && text.split(/[\r\n]+/).every((line) => tellsAFile(line.trim(), files));
}

/** Whether a line says no more than what a file is called, or where it is. */
function tellsAFile(line: string, files: Pasted["files"]): boolean {
  return line === "" || files.some(({ name }) => [name, encodeURIComponent(name)].some((told) => line === told || line.endsWith(`/${told}`)));
}

/** Files that are pasted where nothing else takes them. */
export function usePaste(add: (files: File[]) => void, busy: boolean): void {
  useEffect(() => {
    const paste = ({ clipboardData, target }: ClipboardEvent) => {
      const files = [...(clipboardData?.files ?? [])];
      const text = clipboardData?.getData("text/plain") ?? "";
      const typing = target instanceof Element && target.matches(":read-write");
      const occupied = busy || document.querySelector("[aria-modal=true]") !== null;
      if (isMeant({ files, text, typing, occupied })) add(files);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  });
}
