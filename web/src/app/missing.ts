/** What a browser must have for this page. Pure. */

type Surroundings = {
  isSecureContext: boolean;
  crypto?: { subtle?: unknown; randomUUID?: unknown };
  navigator: { locks?: unknown };
  BroadcastChannel?: unknown;
};

/** What is not to be had, in words; most of it is only given to pages that came over an encrypted connection, or from this computer. */
export function missingParts({ crypto, navigator, BroadcastChannel }: Surroundings): string[] {
  const parts: [string, unknown][] = [
    ["encryption, to sign in and to check photos (Web Crypto)", crypto?.subtle && crypto.randomUUID],
    ["agreement between tabs (Web Locks)", navigator.locks],
    ["messages between tabs (Broadcast Channel)", BroadcastChannel],
  ];
  return parts.filter(([, there]) => !there).map(([name]) => name);
}
