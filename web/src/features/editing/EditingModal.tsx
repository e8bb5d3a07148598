import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState, type ReactNode } from "react";
import { Confirm } from "../../shared/Confirm";

type Props = {
  title: string;
  /** Whether something would be lost by closing it. */
  changed: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** What an editor is in. Whoever closes it is asked first, if they have changed anything. */
export function EditingModal({ title, changed, onClose, children }: Props) {
  const [asked, setAsked] = useState(false);
  const small = useMediaQuery("(width < 900px)");
  return (
    <Modal
      opened
      onClose={() => (changed ? setAsked(true) : onClose())}
      closeOnClickOutside={false}
      closeOnEscape={!asked}
      size={1180}
      fullScreen={small}
      title={title}
    >
      {children}
      {asked && (
        <Confirm
          title="Close without a new picture?"
          verb="Close"
          keep="Go on"
          busy={false}
          onConfirm={onClose}
          onClose={() => setAsked(false)}
        >
          What you have changed here is lost.
        </Confirm>
      )}
    </Modal>
  );
}
