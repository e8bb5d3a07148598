import { expect, test } from "vitest";
import type { Staging } from "../../api/client";
import { variantNames } from "./variants";

const staging = (id: string, style: string | null, operation = "stage") => ({ id, style, operation }) as Staging;

test("variants of the same style are told apart", () => {
  const names = variantNames([staging("a", "modern"), staging("b", "mid_century"), staging("c", "modern"), staging("d", null, "empty")]);
  expect([...names.values()]).toEqual(["Modern", "Mid-century", "Modern 2", "Empty"]);
});
