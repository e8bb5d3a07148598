/** Many photos at once, in requests that the service takes. Pure, but for what is called. */

/** As many photos as the service deletes or moves in one request. */
export const AT_ONCE = 500;

/** Send all of them, one request after the other; `reached` hears how many were. Where one fails, called again from there it goes on. */
export async function sendInTurns<T>(
  all: T[],
  send: (turn: T[]) => Promise<unknown>,
  from: number,
  reached: (count: number) => void,
): Promise<void> {
  for (let at = from; at < all.length; at += AT_ONCE) {
    const turn = all.slice(at, at + AT_ONCE);
    await send(turn);
    reached(at + turn.length);
  }
}
