/** The before/after divider: a share of the width, 0 all after, 1 all before. */
export const STEP = 0.05;

/** The share under a pointer. */
export function shareAt(x: number, left: number, width: number): number {
  return clamp((x - left) / width);
}

/** The share after a key; null for keys that mean nothing here (WAI-ARIA slider pattern). */
export function shareAfterKey(key: string, share: number): number | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return clamp(share - STEP);
    case "ArrowRight":
    case "ArrowUp":
      return clamp(share + STEP);
    case "PageDown":
      return clamp(share - 4 * STEP);
    case "PageUp":
      return clamp(share + 4 * STEP);
    case "Home":
      return 0;
    case "End":
      return 1;
    default:
      return null;
  }
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
