/** The API, typed by its own description. A refusal is thrown as a `Problem` with words for a person. */
import createClient from "openapi-fetch";
import { patientFetch } from "./retry";
import type { components, paths } from "./schema";

export type Project = components["schemas"]["Project"];
export type Photo = components["schemas"]["PhotoWithStagings"];
export type Staging = components["schemas"]["Staging"];
export type Gallery = components["schemas"]["Gallery"];
export type Note = components["schemas"]["Note"];
export type Prediction = components["schemas"]["Prediction"];
export type NewStaging = components["schemas"]["NewStaging"];
export type Plan = components["schemas"]["Plan"];
export type FidelityReport = components["schemas"]["FidelityReport"];
export type Links = components["schemas"]["Links"];
export type Usage = components["schemas"]["Usage"];
export type Preferences = components["schemas"]["Preferences"];
export type RoomType = NewStaging["room_type"];
export type Style = NonNullable<NewStaging["styles"]>[number];

export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
  ) {
    super(message);
  }
}

type TokenSource = () => Promise<string | null>;
let token: TokenSource = async () => null;

export function authorizeWith(source: TokenSource): void {
  token = source;
}

type Ending = (code: string) => void;
const endings = new Set<Ending>();

/** Be told when the service no longer knows who is signed in, and by which code it says so; gives the way to stop being told. */
export function onSessionEnd(told: Ending): () => void {
  endings.add(told);
  return () => void endings.delete(told);
}

export function sessionEnded(code: string): void {
  endings.forEach((told) => told(code));
}

export async function bearer(): Promise<string> {
  return `Bearer ${(await token()) ?? ""}`;
}

export const api = createClient<paths>({ baseUrl: "", fetch: patientFetch });
api.use({
  async onRequest({ request }) {
    request.headers.set("Authorization", await bearer());
    return request;
  },
});

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The answer's data, or a Problem. */
export async function unwrap<T>(asking: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asking;
  } catch {
    throw new Problem("The service can't be reached. Check your connection and try again.", 0, "unreachable");
  }
  if (answer.response.ok) return answer.data as T;
  const problem = problemOf(answer.error, answer.response.status);
  if (problem.status === 401) sessionEnded(problem.code);
  throw problem;
}

function problemOf(body: unknown, status: number): Problem {
  const told = (body ?? {}) as { detail?: string; code?: string };
  return new Problem(told.detail ?? "Something went wrong. Try again.", status, told.code ?? "unknown");
}
