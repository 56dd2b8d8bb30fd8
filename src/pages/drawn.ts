/** Where charts come from: drawn anew, or found as the same code drew them before from the same data. */
export interface Charts {
  /**
   * @param data everything that the drawing depends on, as values: rows, options, and what functions among the options answer
   * @param draw called when there is no such chart yet
   */
  readonly of: (data: readonly unknown[], draw: () => string) => string;
}

export const drawnAnew: Charts = {of: (_data, draw) => draw()};
