/** A browser's own name, in words: it calls itself all that it was ever taken for (RFC 9110 §10.1.5). Pure. */

// The first that fits: Edge says that it is Chrome, and Chrome that it is Safari.
const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux|X11/, "Linux"],
];
/** Of what is no browser that we know, this much is told. */
const LONGEST = 40;

/** "Chrome on Windows"; of a program, what it calls itself. */
export function deviceOf(userAgent: string): string {
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)];
  if (!browser) return userAgent.length > LONGEST ? `${userAgent.slice(0, LONGEST)}…` : userAgent;
  return system ? `${browser} on ${system}` : browser;
}
