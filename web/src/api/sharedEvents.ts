/** One stream of events for all tabs of a browser, which has six connections to a host over HTTP/1.1 and no more.
 *
 * The tab that holds a lock follows the stream and tells the others through a channel; when it goes, the next one gets the lock and
 * takes the stream up where it ended. A tab that is looked at and hears nothing takes the lock away: the other may be asleep.
 */
import { follow, SILENCE_MS, type ServerEvent } from "./events";

/** Longer than a stream may be silent, so that whoever follows it has had the time to notice. */
const TAKE_OVER_MS = 1.5 * SILENCE_MS;
const LOOK_MS = 5_000;

/** What tabs tell each other: an event, or only that the one that follows is there. */
type Message = { event?: ServerEvent };

/** Follow events until told to stop, together with every other tab that gives the same name. */
export function followTogether(name: string, onEvent: (event: ServerEvent) => void): () => void {
  const shared = new SharedEvents(name, onEvent);
  return () => shared.stop();
}

class SharedEvents {
  private readonly channel: BroadcastChannel;
  private readonly look: ReturnType<typeof setInterval>;
  private stopped = false;
  private waiting = new AbortController();
  private endStream: (() => void) | null = null;
  private last: number | null = null;
  private heardAt = Date.now();
  private takesOver = false;

  constructor(
    private readonly name: string,
    private readonly onEvent: (event: ServerEvent) => void,
  ) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<Message>) => this.hear(data);
    this.look = setInterval(() => this.lookAfter(), LOOK_MS);
    void this.takePart();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.look);
    this.waiting.abort();
    this.endStream?.();
    this.channel.close();
  }

  private async takePart(): Promise<void> {
    while (!this.stopped) {
      this.waiting = new AbortController();
      const how = this.takesOver ? { steal: true } : { signal: this.waiting.signal };
      this.takesOver = false;
      try {
        await navigator.locks.request(this.name, how, () => this.lead());
      } catch {
        // Another tab took over, or this one no longer waits.
        this.endStream?.();
      }
    }
  }

  /** Follow the stream for all, until it is ended here. */
  private lead(): Promise<void> {
    return new Promise((over) => {
      const stop = follow((event) => this.tell({ event }), { last: this.last, onLife: () => this.tell({}) });
      this.endStream = () => {
        this.endStream = null;
        stop();
        over();
      };
    });
  }

  private tell(message: Message): void {
    // A word of the stream that was still on its way when it ended.
    if (!this.endStream) return;
    this.channel.postMessage(message);
    this.hear(message);
  }

  private hear({ event }: Message): void {
    this.heardAt = Date.now();
    if (!event) return;
    // Two tabs may follow for a moment while one takes over: each event counts once. A snapshot begins anew.
    if (event.kind !== "snapshot" && event.id && event.id <= (this.last ?? 0)) return;
    if (event.id || event.kind === "snapshot") this.last = event.id;
    this.onEvent(event);
  }

  private lookAfter(): void {
    const silent = Date.now() - this.heardAt > TAKE_OVER_MS;
    if (this.endStream || !silent || document.visibilityState === "hidden") return;
    this.heardAt = Date.now();
    this.takesOver = true;
    this.waiting.abort();
  }
}
