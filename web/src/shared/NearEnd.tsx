import { useEffect, useRef } from "react";

/** How far below what is seen more is called for, in pixels. */
const AHEAD = 1200;

/** The end of what is shown so far: calls for more when it comes near. `shown` changes with each more, so that a long screen calls again. */
export function NearEnd({ shown, onNear }: { shown: number; onNear: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const call = useRef(onNear);
  call.current = onNear;
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && call.current(), {
      rootMargin: `0px 0px ${AHEAD}px 0px`,
    });
    if (end.current) observer.observe(end.current);
    return () => observer.disconnect();
  }, [shown]);
  return <div ref={end} aria-hidden />;
}
