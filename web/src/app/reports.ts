/**
 * What this page took and what went wrong in it, reported to our own service and nobody else: figures when the page is left, errors
 * soon. No more than a few of a page, and nothing of who looks at it.
 */
import { onCLS, onFCP, onINP, onLCP, onTTFB, type Metric } from "web-vitals";
import { lastTrace } from "../api/trace";

const ADDRESS = "/api/v1/browser-reports";
const MOST = 10;
const LONGEST_MESSAGE = 300;
const LONGEST_PLACE = 200;
/** Errors come in flocks: they are sent together. */
const SOON_MS = 2000;

export interface Reported {
  page: string;
  vitals: { name: string; value: number }[];
  errors: { message: string; where: string; trace: string }[];
}

/** Which page, as the service counts them: never whose. */
export function pageName(path: string): string {
  const [first = "", second] = path.split("/").filter(Boolean);
  if (first === "") return "projects";
  if (first === "projects") return second ? "project" : "projects";
  if (["usage", "settings", "send"].includes(first)) return first;
  return first === "signed-in" ? "sign_in" : "other";
}

/** Collects what a page has to tell, until it is sent; of each error once, and no more than MOST. */
export class Reports {
  private vitals = new Map<string, number>();
  private errors: Reported["errors"] = [];
  private readonly told = new Set<string>();

  constructor(private readonly page: () => string) {}

  vital({ name, value }: Pick<Metric, "name" | "value">): void {
    this.vitals.set(name, value);
  }

  /** Whether it is one to be told. */
  error(message: string, where: string): boolean {
    const short = message.slice(0, LONGEST_MESSAGE);
    if (!short || this.told.size >= MOST || this.told.has(short)) return false;
    this.told.add(short);
    this.errors.push({ message: short, where: where.slice(0, LONGEST_PLACE), trace: lastTrace() ?? "" });
    return true;
  }

  /** What has come together, which is not told again; null where there is nothing. */
  take(): Reported | null {
    if (this.vitals.size === 0 && this.errors.length === 0) return null;
    const vitals = [...this.vitals].map(([name, value]) => ({ name, value }));
    const taken = { page: pageName(this.page()), vitals, errors: this.errors };
    [this.vitals, this.errors] = [new Map(), []];
    return taken;
  }
}

/** Report from now on. */
export function report(): void {
  const reports = new Reports(() => location.pathname);
  const send = (): void => {
    const body = reports.take();
    // What can't be sent is let go of: a page that can't reach us has told people so itself.
    if (body)
      void fetch(ADDRESS, {
        method: "POST",
        keepalive: true,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }).catch(() => undefined);
  };
  for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) observe((metric) => reports.vital(metric));
  const told = (message: string, where: string): void => {
    if (reports.error(message, where)) setTimeout(send, SOON_MS);
  };
  window.addEventListener("error", ({ message, filename, lineno, colno }) => told(message, `${filename}:${lineno}:${colno}`));
  window.addEventListener("unhandledrejection", ({ reason }) => told(String(reason), ""));
  // The last moment that a page is sure to have (https://web.dev/articles/vitals-measurement-getting-started).
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
}
