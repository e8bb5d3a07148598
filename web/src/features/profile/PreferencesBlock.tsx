import { Button, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import type { Preferences, RoomType, Style } from "../../api/client";
import { Block } from "../../shared/Block";
import { roomChoices, useCatalog } from "../../shared/catalog";
import { useDraft } from "../../shared/draft";
import { StyleChips } from "../orders/choices";
import { useChangeProfile } from "./queries";

const THEMES = [
  { value: "system", label: "As the device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** The profile of who prefers none. */
const DEFAULT_MLS = "default";

/** What pages and requests begin with, where nothing else is said. */
export function PreferencesBlock({ preferences }: { preferences: Preferences }) {
  const { engines, mlsProfiles, abilitiesOf } = useCatalog();
  const [wanted, want] = useDraft(preferences);
  const change = useChangeProfile();
  const engine = wanted.default_engine ?? engines[0]?.value ?? "";
  return (
    <Block title="Preferences">
      <Stack gap="sm" align="start">
        <Text c="dimmed" size="sm">
          What a new order begins with. You can choose something else each time.
        </Text>
        <Select
          label="Room"
          placeholder="As its name or its picture tells"
          clearable
          data={roomChoices(abilitiesOf(engine).room_types)}
          value={wanted.default_room_type}
          onChange={(room) => want({ default_room_type: room as RoomType | null })}
          className="choice"
        />
        {engines.length > 1 && (
          <Select
            label="Engine"
            placeholder="The one we begin with"
            clearable
            data={engines}
            value={wanted.default_engine}
            onChange={(chosen) => want({ default_engine: chosen })}
            className="choice"
          />
        )}
        <Select
          label="Listing service"
          description="What downloads for the MLS are made for: size, and words in the picture where it wants them."
          searchable
          openOnFocus={false}
          allowDeselect={false}
          data={mlsProfiles}
          value={wanted.mls_profile ?? DEFAULT_MLS}
          onChange={(chosen) => want({ mls_profile: chosen === DEFAULT_MLS ? null : chosen })}
          w="min(100%, 420px)"
        />
        <StyleChips value={wanted.default_styles as Style[]} onChange={(styles) => want({ default_styles: styles })} />
        <div>
          <Text size="sm" fw={500} id="theme">
            Theme
          </Text>
          <SegmentedControl
            aria-labelledby="theme"
            data={THEMES}
            value={wanted.theme}
            onChange={(theme) => want({ theme: theme as Preferences["theme"] })}
          />
        </div>
        <Select
          label="Time zone"
          description="Of dates in letters."
          searchable
          allowDeselect={false}
          data={zones(wanted.time_zone)}
          value={wanted.time_zone}
          onChange={(zone) => zone && want({ time_zone: zone })}
          className="choice"
        />
        <Button
          loading={change.isPending}
          onClick={() =>
            change.mutate({
              preferences: {
                default_room_type: wanted.default_room_type,
                default_engine: wanted.default_engine,
                default_styles: wanted.default_styles,
                mls_profile: wanted.mls_profile,
                theme: wanted.theme,
                time_zone: wanted.time_zone,
              },
            })
          }
        >
          Save preferences
        </Button>
      </Stack>
    </Block>
  );
}

/** The zones that the browser knows, and the one that is set. */
function zones(set: string): string[] {
  return [...new Set([set, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
