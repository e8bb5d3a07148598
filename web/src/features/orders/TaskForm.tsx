import { Group, Input, SegmentedControl, Stack, Textarea } from "@mantine/core";
import { roomChoices, useCatalog, type Operation } from "../../shared/catalog";
import { EngineChoice, RoomChoice, StyleChips } from "./choices";
import { fitting, within, type Choice, type Task } from "./order";

/** The service takes this many characters. */
const LONGEST_INSTRUCTIONS = 500;

const OPERATIONS: Record<Operation, { name: string; meaning: string }> = {
  stage: { name: "Stage", meaning: "Puts furniture into an empty room." },
  declutter: { name: "Declutter", meaning: "Takes loose things away and leaves the furniture." },
  empty: { name: "Empty", meaning: "Takes everything away that is not part of the house." },
};

type Props = { task: Task; choice: Choice; onChange: (task: Task, choice: Choice) => void };

/** What is to be done with photos: by which engine, with which rooms, in which styles. Only what the engine takes is asked. */
export function TaskForm({ task, choice, onChange }: Props) {
  const catalog = useCatalog();
  const abilities = catalog.abilitiesOf(task.engine);
  const change = (part: Partial<Task>) => {
    const next = { ...task, ...part };
    const able = catalog.abilitiesOf(next.engine);
    onChange(within(next, able), fitting(choice, able));
  };
  return (
    <Stack gap="md">
      <Group align="start" gap="md">
        <RoomChoice
          label="Room"
          data={roomChoices(abilities.room_types)}
          value={choice.room}
          onChange={(room) => onChange(task, { ...choice, room })}
        />
        {catalog.engines.length > 1 && (
          <EngineChoice data={catalog.engines} value={task.engine} onChange={(engine) => change({ engine })} />
        )}
      </Group>
      {abilities.operations.length > 1 && (
        <OperationChoice
          data={abilities.operations}
          value={task.operation}
          onChange={(operation) => change({ operation })}
        />
      )}
      {task.operation === "stage" && (
        <StyleChips value={choice.styles} onChange={(styles) => onChange(task, { ...choice, styles })} />
      )}
      {abilities.instructions && (
        <Textarea
          label="Instructions"
          description="In your own words; the house itself is never changed."
          placeholder={task.operation === "stage" ? "A reading corner by the window" : "Keep the piano"}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={LONGEST_INSTRUCTIONS}
          value={task.instructions}
          onChange={(event) => change({ instructions: event.currentTarget.value })}
          className="instructions"
        />
      )}
    </Stack>
  );
}

type OperationProps = { data: Operation[]; value: Operation; onChange: (operation: Operation) => void };

function OperationChoice({ data, value, onChange }: OperationProps) {
  return (
    <Input.Wrapper
      label="What to do"
      description={OPERATIONS[value].meaning}
      inputWrapperOrder={["label", "input", "description"]}
    >
      <div>
        <SegmentedControl
          aria-label="What to do"
          data={data.map((operation) => ({ value: operation, label: OPERATIONS[operation].name }))}
          value={value}
          onChange={(operation) => onChange(operation as Operation)}
          mb={4}
        />
      </div>
    </Input.Wrapper>
  );
}
