/** The one way to send something that a person asked for by a button: hit twice in one go, it is sent once. */
import { useMutation } from "@tanstack/react-query";
import { Problem, SIGN_IN_AGAIN } from "../api/client";
import { Hits, Intents } from "./intents";
import { showError } from "./notify";

const hits = new Hits();
const intents = new Intents();
/** A hit is being handled for no longer than this, in milliseconds: what is sent later was not sent by it. */
const HANDLED_MS = 50;
let lastHit: { series: number; at: number } | null = null;

globalThis.document?.addEventListener(
  "click",
  (event) => {
    // A click by the keyboard, or by a script, is on no spot.
    const at = performance.now();
    lastHit = event.detail > 0 ? { series: hits.seriesOf({ x: event.clientX, y: event.clientY }, at), at } : null;
  },
  { capture: true },
);

function seriesAt(now: number): number | null {
  return lastHit && now - lastHit.at < HANDLED_MS ? lastHit.series : null;
}

const NOTHING: Readonly<Record<string, string>> = {};

function asked(failure: Error): boolean {
  return failure instanceof Problem && failure.code === SIGN_IN_AGAIN;
}

/** Whether everything that is wrong stands beside a field. */
function allBeside(failure: Error, fields: readonly string[]): boolean {
  const wrong = failure instanceof Problem ? Object.keys(failure.fields) : [];
  return wrong.length > 0 && wrong.every((field) => fields.includes(field));
}

type Asked<T, V> = {
  /** What is meant, and of what; two buttons for the same give the same. */
  name: string;
  send: (wanted: V) => Promise<T>;
  onSuccess?: (answer: T, wanted: V) => void;
  /** Fields whose mistakes are shown beside them (`wrong`), and not as failures. */
  fields?: readonly string[];
};

/** Failures are shown. `mutate` does nothing when it is part of what was just sent. */
export function useSend<T, V = void>({ name, send, onSuccess, fields = [] }: Asked<T, V>) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ wanted, over }: { wanted: V; over: () => void }) => send(wanted).finally(over),
    onSuccess: (answer, { wanted }) => onSuccess?.(answer, wanted),
    // Who is to sign in again is asked to by the page itself.
    onError: (failure) => (asked(failure) || allBeside(failure, fields) ? undefined : showError(failure)),
  });
  return {
    isPending,
    /** What the service said of fields when it was sent last. */
    wrong: error instanceof Problem ? error.fields : NOTHING,
    mutate: (wanted: V, told?: { onSuccess?: () => void }) => {
      const now = performance.now();
      const over = intents.take(`${name} ${JSON.stringify(wanted)}`, now, seriesAt(now));
      if (over) mutate({ wanted, over }, { onSuccess: told?.onSuccess });
    },
  };
}
