import {Presets, SingleBar} from "cli-progress";

/** How far a long piece of work has come. */
export interface Progress {
  step(): void;
  end(): void;
}

/** A bar on a terminal; elsewhere nothing, for the words that follow say it all. Everything goes to stderr. */
export function progress(label: string, total: number): Progress {
  if (!process.stderr.isTTY || total === 0) return {step: () => {}, end: () => {}};
  const bar = new SingleBar(
    {format: `${label} {bar} {value}/{total}  {eta_formatted} left`, stream: process.stderr, clearOnComplete: true},
    Presets.shades_grey
  );
  bar.start(total, 0);
  return {step: () => bar.increment(), end: () => bar.stop()};
}
