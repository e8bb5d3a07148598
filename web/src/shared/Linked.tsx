import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ComponentProps } from "react";
import { LinkRenewal } from "./links";

const LOOK_MS = 60_000;
const renewals = new WeakMap<QueryClient, LinkRenewal>();

function renewalOf(cache: QueryClient): LinkRenewal {
  const known = renewals.get(cache) ?? new LinkRenewal(cache);
  renewals.set(cache, known);
  return known;
}

/** A picture behind a signed address: where that has run out, a new one is asked for, once, and tried. */
export function Linked({ alt, ...picture }: ComponentProps<"img"> & { alt: string }) {
  const cache = useQueryClient();
  const [tries, setTries] = useState(0);
  const shown = useRef(picture.src);
  useEffect(() => void (shown.current = picture.src), [picture.src]);
  const failed = async (address: string) => {
    const before = shown.current;
    const renewed = await renewalOf(cache).loadFailed(address);
    // Another address is tried by the browser itself; the same one only if asked.
    if (renewed && shown.current === before) setTries((now) => now + 1);
  };
  return (
    <img
      key={tries}
      alt={alt}
      {...picture}
      onError={({ currentTarget }) => failed(currentTarget.currentSrc || currentTarget.src)}
    />
  );
}

/** Keeps the addresses of what is on the page good, for as long as anybody looks at it. */
export function useFreshLinks(): void {
  const cache = useQueryClient();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void renewalOf(cache).look(Date.now());
    };
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
    };
  }, [cache]);
}
