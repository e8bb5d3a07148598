import { useBlocker } from "@tanstack/react-router";
import { useEffect } from "react";
import { Confirm } from "../../shared/Confirm";
import { goesUnasked } from "../../shared/leaving";
import { isOpen, leftBehind } from "./leaving";
import type { Queue } from "./queue";
import type { Item } from "./upload";

/** Asked before photos are left behind that were chosen or are on their way. Who leaves takes them back. */
export function LeavingAsked({ queue, items }: { queue: Queue<Item>; items: Item[] }) {
  const missed = leftBehind(items);
  const open = items.some(isOpen);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => missed !== null && current.pathname !== next.pathname,
    enableBeforeUnload: () => !goesUnasked(),
    disabled: !open,
    withResolver: true,
  });
  const done = missed === null;
  useEffect(() => {
    // All was done while they were being asked.
    if (done && proceed) proceed();
  }, [done, proceed]);
  if (status !== "blocked" || done) return null;
  const leave = () => {
    queue.remove(items.map(({ key }) => key));
    proceed();
  };
  return (
    <Confirm title="Leave this page?" verb="Leave" keep="Stay" busy={false} onConfirm={leave} onClose={reset}>
      {missed}
    </Confirm>
  );
}
