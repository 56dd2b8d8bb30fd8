/** A file does not look as its definition says: the message tells what was expected, what was found, and where. */
export class LayoutError extends Error {
  override readonly name = "LayoutError";
}
