import { Button } from "@mantine/core";
import { Linked } from "../../shared/Linked";
import { useState, type KeyboardEvent } from "react";

type Props = { original: string; shown: string; ratio: number; name: string };

/** A picture that gives way to the original for as long as it, or the button below it, is held: pointer, touch or key. */
export function HoldToCompare({ original, shown, ratio, name }: Props) {
  const [held, setHeld] = useState(false);
  const hold = () => setHeld(true);
  const release = () => setHeld(false);
  const isKey = (event: KeyboardEvent) => event.key === " " || event.key === "Enter";
  const pointer = { onPointerDown: hold, onPointerUp: release, onPointerLeave: release, onPointerCancel: release };
  return (
    <>
      <div className="hold" style={{ aspectRatio: ratio }} onContextMenu={(event) => event.preventDefault()} {...pointer}>
        <Linked src={shown} alt={`${name}, staged`} draggable={false} />
        <Linked src={original} alt={`${name}, as it is`} draggable={false} style={{ opacity: held ? 1 : 0 }} />
        <span className="tag" style={{ left: 10 }}>
          {held ? "Original" : "Virtually staged"}
        </span>
      </div>
      <Button
        variant="default"
        aria-pressed={held}
        {...pointer}
        onKeyDown={(event) => isKey(event) && hold()}
        onKeyUp={(event) => isKey(event) && release()}
        onBlur={release}
        style={{ touchAction: "none" }}
      >
        Hold to see the original
      </Button>
    </>
  );
}
