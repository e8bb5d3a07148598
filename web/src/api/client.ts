/** The API, typed by its own description. A refusal is thrown as a `Problem` with words for a person. */
import createClient from "openapi-fetch";
import { keyed } from "./requestKeys";
import { patientFetch } from "./retry";
import type { components, paths } from "./schema";
import { traceparent } from "./trace";

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
export type Me = components["schemas"]["Me"];
export type Permission = components["schemas"]["Permission"];
export type Role = components["schemas"]["Role"];

export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
    /** What is wrong with which field, by its place in the body, as `billing_address.country`. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Whether the service says that something is not there, or not for them: asking again is of no use. A sign-in (401) can be renewed. */
export function isGone(error: unknown): error is Problem {
  return error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 401 && error.status !== 429;
}

type TokenSource = () => Promise<string | null>;
let token: TokenSource = async () => null;

export function authorizeWith(source: TokenSource): void {
  token = source;
}

/** What the service may say to any request, whoever sent it: somebody above hears it. */
class Word {
  private readonly listeners = new Set<(code: string) => void>();

  /** Be told, with the code that the service gives; gives the way to stop being told. */
  readonly hear = (told: (code: string) => void): (() => void) => {
    this.listeners.add(told);
    return () => void this.listeners.delete(told);
  };

  readonly say = (code: string): void => this.listeners.forEach((told) => told(code));
}

const ending = new Word();
const staleness = new Word();
const loss = new Word();
/** The service no longer knows who is signed in. */
export const { hear: onSessionEnd, say: sessionEnded } = ending;
/** What was asked for needs a fresh sign-in (RFC 9470). */
export const onStaleSignIn = staleness.hear;
/** They are not in the account any more that this tab works in. */
export const onAccountLost = loss.hear;

export const SIGN_IN_AGAIN = "sign_in_again";
const ACCOUNT = "realstaging.account";

/** The account that this tab was told to work in; null for the person's first. */
export function chosenAccount(): string | null {
  return globalThis.sessionStorage?.getItem(ACCOUNT) ?? null;
}

export function chooseAccount(id: string | null): void {
  if (id) sessionStorage.setItem(ACCOUNT, id);
  else sessionStorage.removeItem(ACCOUNT);
}

/** Who asks, and for which of their accounts, as headers. */
export async function asWhom(): Promise<Record<string, string>> {
  const account = chosenAccount();
  return { Authorization: `Bearer ${(await token()) ?? ""}`, ...(account && { "Real-Staging-Account": account }) };
}

export const api = createClient<paths>({ baseUrl: "", fetch: keyed(patientFetch) });
api.use({
  async onRequest({ request }) {
    for (const [name, value] of Object.entries(await asWhom())) request.headers.set(name, value);
    request.headers.set("traceparent", traceparent());
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
  if (problem.code === SIGN_IN_AGAIN) staleness.say(problem.code);
  else if (problem.status === 401) ending.say(problem.code);
  else if (problem.code === "no_such_account" && chosenAccount()) loss.say(problem.code);
  throw problem;
}

/** What the description of the API has no types for: a file as a body, or as an answer. */
async function sent<T>(address: string, init: RequestInit, read: (answer: Response) => Promise<T>): Promise<Answer<T>> {
  const headers = { ...(await asWhom()), ...(init.headers as Record<string, string>) };
  const response = await patientFetch(new Request(address, { ...init, headers }));
  if (response.ok) return { data: await read(response), response };
  return { error: await response.json().catch(() => null), response };
}

/** Put a file where it belongs; the answer's data. */
export function putFile<T>(address: string, file: Blob): Promise<T> {
  const headers = { "Content-Type": file.type || "application/octet-stream" };
  return unwrap(sent<T>(address, { method: "PUT", body: file, headers }, (answer) => answer.json()));
}

/** A file that opens for who is signed in, and for nobody who has its address alone. */
export function getFile(address: string): Promise<Blob> {
  return unwrap(sent(address, {}, (answer) => answer.blob()));
}

type Told = { detail?: string; code?: string; errors?: { message: string; key?: string }[] };

/** A refusal in words for a person: where fields are wrong, what is wrong with them. */
export function problemOf(body: unknown, status: number): Problem {
  const told = (body ?? {}) as Told;
  const wrong = told.errors ?? [];
  const fields = Object.fromEntries(wrong.map(({ key, message }) => [key ?? "", message]));
  const said = wrong.length > 0 ? [...new Set(wrong.map(({ message }) => message))].join(" ") : told.detail;
  return new Problem(said ?? "Something went wrong. Try again.", status, told.code ?? "unknown", fields);
}
