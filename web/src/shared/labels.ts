/** A catalogue word as people read it: `living_room` is "Living room". */
export function label(word: string): string {
  const spaced = word === "mid_century" ? "mid-century" : word.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const STEPS: Record<string, string> = {
  reading_room: "Reading the room",
  planning: "Choosing furniture",
  rendering: "Rendering",
  compositing: "Blending into your photo",
  preparing: "Preparing your photo",
  waiting_for_turn: "Waiting for others of your pictures",
  waiting_for_model: "Waiting for the model",
  receiving: "Fetching the picture",
  checking: "Checking that the house is unchanged",
};

/** What is being done to a staging now. */
export function stepLabel(step: string | null | undefined): string {
  return step ? (STEPS[step] ?? label(step)) : "Waiting its turn";
}

/** "1 photo", "3 photos". */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

const BARE_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A day as people write it, without the time. Of a moment it is the day where they are; a bare date is the same day everywhere. */
export function day(moment: string): string {
  const timeZone = BARE_DAY.test(moment) ? "UTC" : undefined;
  return new Date(moment).toLocaleDateString("en", { day: "numeric", month: "long", year: "numeric", timeZone });
}

/** A day with the time, to the minute. */
export function minute(moment: string): string {
  return new Date(moment).toLocaleString("en", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}
