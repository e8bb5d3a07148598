import { UnstyledButton } from "@mantine/core";
import type { Staging } from "../../api/client";
import { percent, verdictWords } from "./fidelity";

/** That the house is unchanged, and how sure that is; opens the proof. */
export function FidelityBadge({ staging, onOpen }: { staging: Staging; onOpen: () => void }) {
  if (!staging.fidelity) return null;
  const { verdict, score } = staging.fidelity;
  return (
    <UnstyledButton className="fidelity" data-verdict={verdict} onClick={onOpen} title="See the proof">
      <span aria-hidden>{verdict === "pass" ? "✓" : "!"}</span> {verdictWords(verdict)} · {percent(score)}
    </UnstyledButton>
  );
}
