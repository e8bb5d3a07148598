import { UnstyledButton } from "@mantine/core";
import type { Staging } from "../../api/client";
import { percent, verdictWords } from "./fidelity";

type Props = { fidelity: NonNullable<Staging["fidelity"]>; onOpen: () => void };

/** That the house is unchanged, and how sure that is; opens the proof. */
export function FidelityBadge({ fidelity: { verdict, score }, onOpen }: Props) {
  return (
    <UnstyledButton className="fidelity" data-verdict={verdict} onClick={onOpen} title="See the proof">
      <span aria-hidden>{verdict === "pass" ? "✓" : "!"}</span> {verdictWords(verdict)} · {percent(score)}
    </UnstyledButton>
  );
}
