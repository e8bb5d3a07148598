import { expect, test } from "vitest";
import { toBeSaid } from "./actions";

const PLAIN = { profile: "default", name: "None", labelled: false, label: "free", caption: "Virtually staged", remarks: null };
const SAID = { ...PLAIN, original: null, source: "https://example.com", checked_on: "2026-11-22", second_hand: false };

test("what a listing service wants said is said, and no more", () => {
  expect(toBeSaid(SAID)).toBe("Write “Virtually staged” beside it.");
  expect(toBeSaid({ ...SAID, profile: "bay_east", name: "Bay East", labelled: true, label: "required", original: "after" })).toBe(
    "Bay East: write “Virtually staged” beside it. The words are in the picture already. Put the photo as it was taken right after it.",
  );
  expect(toBeSaid({ ...SAID, profile: "stellar", name: "Stellar MLS", label: "forbidden", remarks: "One photo." })).toBe(
    "Stellar MLS: write “Virtually staged” beside it. No words may be in the picture. The public remarks begin “One photo.”",
  );
});
