import { expect, test } from "vitest";
import type { Gallery, Photo, Staging } from "../../api/client";
import type { ServerEvent } from "../../api/events";
import { applied, RecentEvents } from "./galleryEvents";

const staging = (id: string, state = "queued") => ({ id, project_id: "p", photo_id: "a", state }) as Staging;
const photo = (id: string, stagings: Staging[] = []) => ({ id, project_id: "p", stagings }) as Photo;
const gallery = (photos: Photo[]) => ({ project: { id: "p" }, photos, last_event_id: 1 }) as Gallery;
let count = 1;
const event = (kind: string, data: object) => ({ id: ++count, kind, data }) as ServerEvent;

test("a changed staging takes the place of the one before, a new one comes last", () => {
  const before = gallery([photo("a", [staging("1")]), photo("b")]);
  const changed = applied(before, event("staging.changed", staging("1", "ready")));
  expect(changed.photos[0]?.stagings.map((one) => one.state)).toEqual(["ready"]);
  const grown = applied(changed, event("staging.changed", staging("2")));
  expect(grown.photos[0]?.stagings.map((one) => one.id)).toEqual(["1", "2"]);
  expect(grown.photos[1]).toBe(before.photos[1]);
});

test("deleted stagings and photos go", () => {
  const before = gallery([photo("a", [staging("1")]), photo("b")]);
  const without = applied(before, event("staging.deleted", { id: "1", project_id: "p", photo_id: "a" }));
  expect(without.photos[0]?.stagings).toEqual([]);
  expect(applied(without, event("photo.deleted", { id: "b", project_id: "p" })).photos.map((one) => one.id)).toEqual(["a"]);
});

test("a photo that is told twice is there once", () => {
  const once = applied(gallery([]), event("photo.added", photo("a")));
  expect(applied(once, event("photo.added", photo("a"))).photos).toHaveLength(1);
});

test("photos stand in the order in which they were chosen", () => {
  const first = applied(gallery([]), event("photo.added", photo("b")));
  expect(applied(first, event("photo.added", photo("a"))).photos.map((one) => one.id)).toEqual(["a", "b"]);
});

test("other projects and unknown events change nothing", () => {
  const before = gallery([photo("a")]);
  expect(applied(before, event("staging.changed", { ...staging("1"), project_id: "other" }))).toBe(before);
  expect(applied(before, event("something.new", { project_id: "p" }))).toBe(before);
});

test("what was known when the gallery was read is not done again", () => {
  const before = { ...gallery([photo("a", [staging("1", "ready")])]), last_event_id: 1000 };
  expect(applied(before, event("staging.changed", staging("1", "running")))).toBe(before);
});

test("a project's new name is shown", () => {
  const project = { id: "p", name: "14 Oak Lane" };
  expect(applied(gallery([]), event("project.changed", project)).project.name).toBe("14 Oak Lane");
  expect(applied(gallery([]), event("project.changed", { ...project, id: "q" })).project.name).toBeUndefined();
});

test("a gallery that was on its way while something happened is caught up", () => {
  const recent = new RecentEvents(2);
  const first = event("staging.changed", staging("1", "queued"));
  recent.add(first);
  recent.add(event("staging.changed", staging("1", "running")));
  recent.add(event("staging.changed", staging("1", "ready")));
  const read = { ...gallery([photo("a")]), last_event_id: first.id };
  expect(recent.appliedTo(read).photos[0]?.stagings.map((one) => one.state)).toEqual(["ready"]);
});
