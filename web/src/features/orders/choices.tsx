/** Room, styles and engine to choose from. */
import { Chip, Group, Input, Select } from "@mantine/core";
import type { RoomType, Style } from "../../api/client";
import { useCatalog } from "../../shared/catalog";
import { useMoney } from "../usage/queries";

type Named = { value: string; label: string };

type RoomProps = { data: Named[]; value: RoomType; onChange: (room: RoomType) => void; label: string };

export function RoomChoice({ data, value, onChange, label }: RoomProps) {
  return (
    <Select
      label={label}
      data={data}
      value={value}
      allowDeselect={false}
      onChange={(room) => room && onChange(room as RoomType)}
      className="choice"
    />
  );
}

type EngineProps = { data: Named[]; value: string; onChange: (engine: string) => void };

export function EngineChoice({ data, value, onChange }: EngineProps) {
  const money = useMoney();
  const priced = data.map((engine) => ({ ...engine, label: money ? withPrice(engine.label, money.priceOf(engine.value)) : engine.label }));
  return (
    <Select
      label="Engine"
      data={priced}
      value={value}
      allowDeselect={false}
      onChange={(engine) => engine && onChange(engine)}
      className="choice wide"
    />
  );
}

function withPrice(name: string, dollars: number): string {
  return dollars > 0 ? `${name} · $${dollars.toFixed(2)} each` : `${name} · free`;
}

type StyleProps = { value: Style[]; onChange: (styles: Style[]) => void };

/** Any number of styles: one picture is made for each. */
export function StyleChips({ value, onChange }: StyleProps) {
  const { styles } = useCatalog();
  return (
    <Input.Wrapper label="Styles" description="One picture for each" inputWrapperOrder={["label", "description", "input"]}>
      <Chip.Group multiple value={value} onChange={(chosen) => onChange(chosen as Style[])}>
        <Group gap={8} mt={8} role="group" aria-label="Styles">
          {styles.map((style) => (
            <Chip key={style.value} value={style.value} variant="outline">
              {style.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}
