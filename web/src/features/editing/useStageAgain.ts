import type { NewStaging, RoomType, Staging, Style } from "../../api/client";
import { showError } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { requestStagings } from "../orders/request";
import { useStagingActions } from "../stagings/actions";

/** Ask for a picture once more, with something of it changed; it takes the place of one that failed. */
export function useStageAgain(staging: Staging, onAccepted: () => void) {
  const { remove } = useStagingActions(staging.id);
  return useSend({
    name: `stage again ${staging.id}`,
    send: (changed: Pick<NewStaging, "corrections" | "plan">) => requestStagings([{ ...again(staging), ...changed }]),
    onSuccess: ([refusal]) => {
      if (refusal) return showError(new Error(refusal));
      if (staging.state === "failed") remove.mutate();
      onAccepted();
    },
  });
}

/** What is asked for: the same, once more. */
export function again({ photo_id, room_type, style, engine, seed }: Staging): NewStaging {
  // Whatever is to be said of the photo was said before its first picture.
  const insist = true;
  return { photo_id, room_type: room_type as RoomType, styles: style ? [style as Style] : [], engine, seed, instructions: "", insist };
}
