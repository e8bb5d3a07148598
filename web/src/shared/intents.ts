/** One intent, one request: what a person means once is not sent twice because a button was hit twice. Pure.
 *
 * A button is hit twice in one go by hands that shake, mice that bounce and people used to double clicks; the second hit may come before
 * the button is drawn anew, after the first was answered already, or on another button that has taken its place.
 */

export type Spot = { x: number; y: number };
type Sent = { name: string; at: number; series: number | null; over: boolean };

/** Hits on the same spot, and requests for the same, within this time are one; longer than a double click takes, in ms. */
export const TOGETHER_MS = 400;
/** CSS pixels that a hand moves between two hits. */
const NEAR = 8;
/** Intents remembered; a page has far fewer at once. */
const MOST = 100;

/** Tells hits that belong together, as those of a double click: one right after the other, on one spot. */
export class Hits {
  private last: { spot: Spot; at: number; series: number } | null = null;
  private count = 0;

  /** The series that a hit at `at` (milliseconds) belongs to. */
  seriesOf(spot: Spot, at: number): number {
    const before = this.last;
    const same = before && at - before.at < TOGETHER_MS && Math.hypot(spot.x - before.spot.x, spot.y - before.spot.y) <= NEAR;
    const series = same ? before.series : (this.count += 1);
    this.last = { spot, at, series };
    return series;
  }
}

export class Intents {
  private sent: Sent[] = [];

  /** Take an intent up at `at` (milliseconds): gives what to call when it is over, or null when it is part of one before. */
  take(name: string, at: number, series: number | null): (() => void) | null {
    this.sent = this.sent.filter((one) => !one.over || at - one.at < TOGETHER_MS).slice(-MOST);
    const known = this.sent.some((one) => one.name === name || (series !== null && one.series === series));
    if (known) return null;
    const mine = { name, at, series, over: false };
    this.sent.push(mine);
    return () => void (mine.over = true);
  }
}
