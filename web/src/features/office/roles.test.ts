import { expect, test } from "vitest";
import { mayChange, rolesBelow } from "./roles";

test("nobody gives a role above their own, nor changes who is above them", () => {
  expect(rolesBelow("admin")).toEqual(["admin", "member", "viewer"]);
  expect(mayChange("admin", "owner")).toBe(false);
  expect(mayChange("owner", "owner")).toBe(true);
});
