/** What can be done with photos and stagings; the event that follows brings the new state to the page. */
import { api, unwrap, type Links } from "../../api/client";
import { goUnasked } from "../../shared/leaving";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";

function smallForMls({ mls_width, mls_height }: Links): string {
  return `This file has ${mls_width} × ${mls_height} pixels, as many as the photo gives. Many listing services refuse files that small.`;
}

export type Reason = "house_changed" | "furniture_floats" | "wrong_style" | "other";

const BESIDE: Record<string, string> = {
  before: " Put the photo as it was taken before it.",
  after: " Put the photo as it was taken right after it.",
  either: " Put the photo as it was taken beside it.",
  link: " Put a link to the photo as it was taken into the description.",
};

/** What a listing service wants said of the picture, where it goes. */
export function toBeSaid({ profile, name, labelled, label, caption, remarks, original, second_hand }: Links["mls_disclosure"]): string {
  const place = profile === "default" ? "" : `${name}: `;
  const written = labelled ? " The words are in the picture already." : label === "forbidden" ? " No words may be in the picture." : "";
  const begin = remarks ? ` The public remarks begin “${remarks}”` : "";
  const ask = second_hand ? " We have this at second hand: ask your MLS." : "";
  return `${place}${place ? "write" : "Write"} “${caption}” beside it.${written}${begin}${(original && BESIDE[original]) ?? ""}${ask}`;
}

export type Format = "jpg" | "png" | "mls";

export function useStagingActions(id: string) {
  const path = { params: { path: { staging_id: id } } };
  return {
    retry: useSend({ name: `retry ${id}`, send: () => unwrap(api.POST("/api/v1/stagings/{staging_id}/retry", path)) }),
    cancel: useSend({ name: `cancel ${id}`, send: () => unwrap(api.POST("/api/v1/stagings/{staging_id}/cancel", path)) }),
    remove: useSend({ name: `delete ${id}`, send: () => unwrap(api.DELETE("/api/v1/stagings/{staging_id}", path)) }),
    giveBack: useSend({
      name: `give back ${id}`,
      send: (body: { reason: Reason; words: string }) =>
        unwrap(api.POST("/api/v1/stagings/{staging_id}/credit-back", { ...path, body })),
    }),
    download: useSend({
      name: `download ${id}`,
      // Asked for at each click: an address that was read with the gallery may have run out.
      send: (_: Format) => unwrap(api.GET("/api/v1/stagings/{staging_id}/links", path)),
      onSuccess: (links, format) => {
        goUnasked(links[format]);
        if (format !== "mls") return;
        if (links.small_for_mls) showNotice(smallForMls(links));
        showNotice(toBeSaid(links.mls_disclosure));
      },
    }),
  };
}

export function useRemovePhoto(id: string) {
  return useSend({
    name: `delete ${id}`,
    send: () => unwrap(api.DELETE("/api/v1/photos/{photo_id}", { params: { path: { photo_id: id } } })),
  });
}
