/** Which stagings an operator looks at: what an address says of it. Pure. */

export type Sought = { staging?: string; account?: string };

const ID = /^[0-9a-f-]{36}$/;

/** Whatever else an address says is dropped. */
export function soughtIn({ staging, account }: Record<string, unknown>): Sought {
  return {
    ...(typeof staging === "string" && ID.test(staging) && { staging }),
    ...(typeof account === "string" && ID.test(account) && { account }),
  };
}
