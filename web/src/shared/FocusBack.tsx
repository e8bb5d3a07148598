import { useEffect, useState } from "react";

/** What opened the dialog before this one: where one dialog follows another, its button is gone. */
let before: HTMLElement | null = null;

/** Inside a dialog that is there only while it is open: gives the focus back to what opened it. */
export function FocusBack() {
  const [opener] = useState(() => document.activeElement as HTMLElement | null);
  useEffect(() => {
    const fallback = before;
    before = opener;
    return () => {
      const target = opener?.isConnected ? opener : fallback;
      setTimeout(() => document.activeElement === document.body && target?.focus());
    };
  }, [opener]);
  return null;
}
