/** Lengths of time that operators look back on. */
export const TIMES = [
  { value: "7", label: "The last 7 days" },
  { value: "30", label: "The last 30 days" },
  { value: "92", label: "The last three months" },
  { value: "366", label: "The last year" },
];
