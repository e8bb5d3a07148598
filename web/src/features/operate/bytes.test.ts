import { expect, test } from "vitest";
import { bytes } from "./bytes";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1500, "1.5 kB"],
  [999_949, "1 MB"],
  [123_456_789, "123 MB"],
  [2_000_000_000_000, "2 TB"],
])("%i bytes are %s", (count, said) => expect(bytes(count)).toBe(said));
