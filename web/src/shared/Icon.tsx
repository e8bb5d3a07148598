/** The page's small drawings, all of one hand: 24 units, round strokes. */
const DRAWINGS = {
  back: "M19 12H5m0 0l6-6m-6 6l6 6",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9.5l6 6 6-6",
  download: "M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M5 20h14",
  enlarge: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  left: "M14.5 5.5L8 12l6.5 6.5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  plus: "M12 5v14M5 12h14",
  right: "M9.5 5.5L16 12l-6.5 6.5",
  turnLeft: "M4 4v5h5M4.6 14.5A8 8 0 1 0 6 7.3L4 9",
  turnRight: "M20 4v5h-5M19.4 14.5A8 8 0 1 1 18 7.3L20 9",
  upload: "M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3M12 16V4m0 0L7.5 8.5M12 4l4.5 4.5",
};

type Props = { name: keyof typeof DRAWINGS; size?: number };

/** Decoration only: what it stands for is said beside it, or by the button around it. */
export function Icon({ name, size = 18 }: Props) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.8 : 1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
