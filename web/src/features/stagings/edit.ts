import type { ComponentType } from "react";
import type { Photo, Staging } from "../../api/client";

/** What a person changes by hand: how the room was read, or where the furniture stands. */
export type Edit = "room" | "furniture";

export type EditorProps = { photo: Photo; staging: Staging; onStaged: () => void; onClose: () => void };

/** What opens for an edit, and its loading, which may fail before it opens. */
export type Editors = Record<Edit, { load: () => Promise<unknown>; Editor: ComponentType<EditorProps> }>;
