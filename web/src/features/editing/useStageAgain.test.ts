import { expect, test } from "vitest";
import type { Staging } from "../../api/client";
import { again } from "./useStageAgain";

test("a picture that is asked for once more is that of somebody who knew what was said of the photo", () => {
  const staging = { photo_id: "p", room_type: "office", style: "modern", engine: "local", seed: 7, instructions: "" } as Staging;
  expect(again(staging)).toMatchObject({ photo_id: "p", room_type: "office", styles: ["modern"], seed: 7, insist: true });
});
