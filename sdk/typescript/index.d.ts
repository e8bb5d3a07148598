/** Types of Real Staging's API, from its description. `schema.d.ts` is written when the package is packed. */
import type { components, paths, webhooks } from "./schema.js";

export type { components, operations, paths, webhooks } from "./schema.js";

/** A struct of the API by its name, such as `Schema<"Staging">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type Project = Schema<"Project">;
export type Photo = Schema<"Photo">;
export type Staging = Schema<"Staging">;
export type Problem = Schema<"Problem">;

type Method = "get" | "put" | "post" | "delete" | "patch";
type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : undefined;
type Success<T> = T extends { responses: infer Answers } ? Json<Answers[Extract<keyof Answers, 200 | 201 | 207>]> : never;

/** What a path answers when all is well, such as `Answer<"/api/v1/stagings/{staging_id}", "get">`. */
export type Answer<Path extends keyof paths, Verb extends Method & keyof paths[Path]> = Success<paths[Path][Verb]>;

/** What a path is sent. */
export type Body<Path extends keyof paths, Verb extends Method & keyof paths[Path]> = paths[Path][Verb] extends {
  requestBody: infer Sent;
}
  ? Json<Sent>
  : undefined;

/** The body of a webhook by its type, such as `Message<"staging.ready">`; of any, without one. */
export type Message<Type extends keyof webhooks = keyof webhooks> = {
  [Name in Type]: webhooks[Name] extends { post: { requestBody: infer Sent } } ? Json<Sent> : never;
}[Type];

/** An event of `GET /api/v1/events`. */
export type ServerEvent = Schema<"ServerEvent">;
