import { Button, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { NewStaging, Photo, RoomType, Staging, Style } from "../../api/client";
import { roomChoices, useCatalog } from "../../shared/catalog";
import { counted } from "../../shared/labels";
import { showError } from "../../shared/notify";
import { EngineChoice, RoomChoice, StyleChips } from "../photos/choices";
import { cost, fitting, type Choice } from "../photos/order";
import { useMoney } from "../usage/queries";
import { requestStagings } from "./actions";

/** More pictures of a photo: each in a style, all with a new arrangement. */
export function NewVariant({ photo, onClose }: { photo: Photo; onClose: () => void }) {
  const last = photo.stagings.at(-1);
  const catalog = useCatalog();
  // Drawn once, so that a request that is sent again asks for the same.
  const [seed] = useState(() => Math.floor(Math.random() * 2 ** 31));
  const [engine, setEngine] = useState(last?.engine ?? "local");
  const [choice, setChoice] = useState<Choice>({
    room: (last?.room_type as RoomType | undefined) ?? "living_room",
    styles: firstStyles(last),
  });
  const money = useMoney();
  const price = money?.priceOf(engine) ?? 0;
  const item: NewStaging = { photo_id: photo.id, room_type: choice.room, styles: choice.styles, engine, wishes: "", seed };
  const request = useMutation({
    mutationFn: () => requestStagings([item]),
    onSuccess: ([refusal]) => (refusal ? showError(new Error(refusal)) : onClose()),
    onError: showError,
  });
  return (
    <Modal opened onClose={onClose} title={`Stage ${photo.name}`} centered size="lg">
      <Stack>
        <RoomChoice
          label="Room"
          data={roomChoices(catalog.roomsOf(engine))}
          value={choice.room}
          onChange={(room) => setChoice({ ...choice, room })}
        />
        {catalog.engines.length > 1 && (
          <EngineChoice
            data={catalog.engines}
            value={engine}
            onChange={(chosen) => {
              setEngine(chosen);
              setChoice(fitting(choice, catalog.roomsOf(chosen)));
            }}
          />
        )}
        <StyleChips value={choice.styles} onChange={(styles) => setChoice({ ...choice, styles })} />
        <Button disabled={choice.styles.length === 0} loading={request.isPending} onClick={() => request.mutate()}>
          {choice.styles.length ? `Stage ${counted(choice.styles.length, "picture")}` : "Choose a style"}
        </Button>
        {price > 0 && (
          <Text size="sm" c="dimmed">
            {cost(choice.styles.length, price, money?.credit ?? 0)}
          </Text>
        )}
      </Stack>
    </Modal>
  );
}

/** What failed is to be changed; where there is a result already, other styles are wanted. */
function firstStyles(last: Staging | undefined): Style[] {
  if (!last) return ["modern"];
  const over = last.state === "failed" || last.state === "canceled";
  return over && last.style ? [last.style as Style] : [];
}
