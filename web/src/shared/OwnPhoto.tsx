import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { getFile } from "../api/client";

type Props = { address: string; size: number };

/** The photo of who is signed in, which opens for nobody else. Decoration: who it is stands beside it. */
export function OwnPhoto({ address, size }: Props) {
  const { data } = useQuery({ queryKey: ["own photo", address], queryFn: () => getFile(address), staleTime: Infinity });
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setShown(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return shown ? <img className="portrait" src={shown} width={size} height={size} alt="" /> : null;
}
