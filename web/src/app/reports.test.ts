import { expect, test } from "vitest";
import { pageName, Reports } from "./reports";

test("a page is named by what it is, never by whose it is", () => {
  expect(
    ["/", "/projects/01a2", "/usage", "/settings/keys", "/send/rs_link_secret", "/signed-in", "/invitations/secret"].map(pageName),
  ).toEqual(["projects", "project", "usage", "settings", "send", "sign_in", "other"]);
});

test("what has come together is told once", () => {
  const reports = new Reports(() => "/projects/1");
  expect(reports.take()).toBeNull();
  reports.vital({ name: "CLS", value: 0.01 });
  reports.vital({ name: "CLS", value: 0.02 });
  expect(reports.error("broken", "a.js:1:2")).toBe(true);
  expect(reports.error("broken", "a.js:1:2")).toBe(false);
  expect(reports.take()).toEqual({
    page: "project",
    vitals: [{ name: "CLS", value: 0.02 }],
    errors: [{ message: "broken", where: "a.js:1:2", trace: "" }],
  });
  expect(reports.take()).toBeNull();
});

test("errors are bounded in number and length", () => {
  const reports = new Reports(() => "/");
  for (let number = 0; number < 50; number += 1) reports.error(`${number} ${"x".repeat(1000)}`, "y".repeat(1000));
  const { errors } = reports.take()!;
  expect(errors).toHaveLength(10);
  expect(Math.max(...errors.map(({ message, where }) => Math.max(message.length, where.length)))).toBe(300);
});
