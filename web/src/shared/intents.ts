/** One intent, one request: what a person means once is not sent twice because a button was hit twice. Pure.
 *
 * A button is hit twice in one go by hands that shake, mice that bounce and people used to double clicks; the second hit may come before
 * the button is drawn anew, after the first was answered already, or on another button that has taken its place.
 */

export type Spot = { x: number; y: number };
type Sent = { name: string; at: number; spot: Spot | null; over: boolean };

/** Hits on the same spot, and requests for the same, within this time are one; the longest double click of common systems, in ms. */
export const TOGETHER_MS = 400;
/** CSS pixels that a hand moves between two hits. */
const SPOT = 8;
/** Intents remembered; a page has far fewer at once. */
const MOST = 100;

export class Intents {
  private sent: Sent[] = [];

  /** Take an intent up at `at` (milliseconds): gives what to call when it is over, or null when it is part of one before. */
  take(name: string, at: number, spot: Spot | null): (() => void) | null {
    this.sent = this.sent.filter((one) => !one.over || at - one.at < TOGETHER_MS).slice(-MOST);
    if (this.sent.some((one) => one.name === name || (at - one.at < TOGETHER_MS && near(one.spot, spot)))) return null;
    const mine = { name, at, spot, over: false };
    this.sent.push(mine);
    return () => (mine.over = true);
  }
}

function near(one: Spot | null, other: Spot | null): boolean {
  return one !== null && other !== null && Math.hypot(one.x - other.x, one.y - other.y) <= SPOT;
}
