import { expect, test } from "vitest";
import type { ServerEvent } from "../../api/events";
import { changesACard } from "./queries";

const event = (kind: string, data: object = {}) => ({ id: 1, kind, data }) as ServerEvent;

test("what a card shows is read anew when it changed, and not at every step of a staging", () => {
  expect(changesACard(event("project.changed"))).toBe(true);
  expect(changesACard(event("photo.added"))).toBe(true);
  expect(changesACard(event("staging.changed", { state: "ready" }))).toBe(true);
  expect(changesACard(event("staging.changed", { state: "running" }))).toBe(false);
  expect(changesACard(event("reconnect"))).toBe(false);
});
