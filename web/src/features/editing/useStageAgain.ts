import { useMutation } from "@tanstack/react-query";
import type { NewStaging, RoomType, Staging, Style } from "../../api/client";
import { showError } from "../../shared/notify";
import { requestStagings } from "../stagings/actions";

/** Ask for a picture once more, with something of it changed. */
export function useStageAgain(staging: Staging, onAccepted: () => void) {
  return useMutation({
    mutationFn: (changed: Pick<NewStaging, "corrections" | "plan">) => requestStagings([{ ...again(staging), ...changed }]),
    onSuccess: ([refusal]) => (refusal ? showError(new Error(refusal)) : onAccepted()),
    onError: showError,
  });
}

function again({ photo_id, room_type, style, engine, seed }: Staging): NewStaging {
  return { photo_id, room_type: room_type as RoomType, styles: style ? [style as Style] : [], engine, seed, wishes: "" };
}
