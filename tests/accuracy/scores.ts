/** Precision and recall with their counts, as one line. */
export function scoreLine(label: string, right: number, claimed: number, wanted: number): string {
  const share = (part: number, whole: number) => (whole === 0 ? "none" : (part / whole).toFixed(4));
  return `${label.padEnd(44)} precision ${share(right, claimed)} (${right} of ${claimed})  recall ${share(right, wanted)} (${right} of ${wanted})`;
}
