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

/** CSS pixels after which it is known where a finger goes. */
const KNOWN = 4;

/** Whether a finger moves along the divider's way, and not up or down the page. */
export function sideways(dx: number, dy: number): boolean {
  return Math.abs(dx) >= KNOWN && Math.abs(dx) > Math.abs(dy);
}

/** How far a finger must go, in CSS pixels, before it is a swipe and not a tap. */
const SWIPE = 40;

/** Which picture a movement asks for: to the left the next (1), to the right the one before (-1), else none (0). */
export function swiped(dx: number, dy: number): -1 | 0 | 1 {
  if (Math.abs(dx) < SWIPE || Math.abs(dx) < 2 * Math.abs(dy)) return 0;
  return dx < 0 ? 1 : -1;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
