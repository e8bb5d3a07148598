/** Ways out of the page that nobody is asked about. */

/** The browser tells that the page is about to be left within this time, in milliseconds. */
const TOLD_WITHIN_MS = 1_000;
let unasked = false;

/** Go where nothing more can be lost: to a file, which leaves the page as it is, or away once signed out. */
export function goUnasked(address: string): void {
  unasked = true;
  setTimeout(() => (unasked = false), TOLD_WITHIN_MS);
  location.assign(address);
}

/** Whether the page is being left in such a way now. */
export function goesUnasked(): boolean {
  return unasked;
}
