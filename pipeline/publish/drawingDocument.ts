// The part of the DOM that drawing a chart needs, as plain objects. A browser's whole document model spends most of a publication on
// what no chart looks at: style declarations, observers, live collections. What is written is the same, byte for byte.

const HTML = "http://www.w3.org/1999/xhtml";
const VOID = new Set([
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "source",
  "track",
  "wbr"
]);

/**
 * A document to draw charts in: elements, text, and the queries that Plot and the components ask. It reads no markup but what
 * `markup` rewrites, and knows no events and no layout.
 *
 * @throws {Error} at a query that is more than names and classes, as in "g.dots circle, text"
 */
export function drawingDocument(): Document {
  return new Drawing() as unknown as Document;
}

class Drawing {
  readonly documentElement = new DrawnElement(this, "html", HTML);
  readonly defaultView = null;

  createElement(name: string): DrawnElement {
    return new DrawnElement(this, name.toLowerCase(), HTML);
  }

  createElementNS(namespace: string, name: string): DrawnElement {
    return new DrawnElement(this, name, namespace);
  }

  createTextNode(words: string): DrawnText {
    return new DrawnText(words);
  }
}

type DrawnNode = DrawnElement | DrawnText | Markup;

abstract class Leaf {
  parentNode: DrawnElement | null = null;

  get nextSibling(): DrawnNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this as unknown as DrawnNode) + 1] ?? null;
  }

  remove(): void {
    this.parentNode?.removeChild(this as unknown as DrawnNode);
  }
}

class DrawnText extends Leaf {
  textContent: string;

  constructor(words: string) {
    super();
    this.textContent = words;
  }

  get outerHTML(): string {
    return escapedText(this.textContent);
  }
}

/** HTML that was given as text and is only handed on. */
class Markup extends Leaf {
  readonly outerHTML: string;

  constructor(html: string) {
    super();
    this.outerHTML = rewritten(html);
  }

  get textContent(): string {
    return decoded(this.outerHTML.replaceAll(/<[^>]*>/g, ""));
  }
}

class DrawnElement extends Leaf {
  readonly ownerDocument: Drawing;
  readonly tagName: string;
  readonly namespaceURI: string;
  readonly childNodes: DrawnNode[] = [];
  readonly #attributes = new Map<string, string>();

  constructor(ownerDocument: Drawing, tagName: string, namespaceURI: string) {
    super();
    this.ownerDocument = ownerDocument;
    this.tagName = tagName;
    this.namespaceURI = namespaceURI;
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(this.namespaceURI === HTML ? name.toLowerCase() : name, String(value));
  }

  setAttributeNS(_namespace: string | null, name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  getAttributeNames(): string[] {
    return [...this.#attributes.keys()];
  }

  get children(): DrawnElement[] {
    return this.childNodes.filter((node) => node instanceof DrawnElement);
  }

  get firstChild(): DrawnNode | null {
    return this.childNodes[0] ?? null;
  }

  appendChild<Node extends DrawnNode>(node: Node): Node {
    return this.insertBefore(node, null);
  }

  insertBefore<Node extends DrawnNode>(node: Node, next: DrawnNode | null): Node {
    node.remove();
    const at = next === null ? this.childNodes.length : this.childNodes.indexOf(next);
    if (at === -1) throw new Error(`<${this.tagName}> does not hold the node that another was to stand before`);
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
    return node;
  }

  removeChild<Node extends DrawnNode>(node: Node): Node {
    const at = this.childNodes.indexOf(node);
    if (at === -1) throw new Error(`<${this.tagName}> does not hold the node that was to be removed`);
    this.childNodes.splice(at, 1);
    node.parentNode = null;
    return node;
  }

  append(...nodes: (DrawnNode | string)[]): void {
    for (const node of nodes) this.appendChild(typeof node === "string" ? new DrawnText(node) : node);
  }

  prepend(...nodes: (DrawnNode | string)[]): void {
    const first = this.firstChild;
    for (const node of nodes) this.insertBefore(typeof node === "string" ? new DrawnText(node) : node, first);
  }

  get textContent(): string {
    return this.childNodes.map((node) => node.textContent).join("");
  }

  set textContent(words: string) {
    this.#empty();
    if (words !== "") this.append(String(words));
  }

  set innerHTML(html: string) {
    this.#empty();
    if (html !== "") this.appendChild(new Markup(html));
  }

  #empty(): void {
    for (const node of this.childNodes) node.parentNode = null;
    this.childNodes.length = 0;
  }

  get outerHTML(): string {
    const attributes = [...this.#attributes].map(([name, value]) => ` ${name}="${escapedAttribute(value)}"`).join("");
    const isVoid = this.namespaceURI === HTML && VOID.has(this.tagName);
    return `<${this.tagName}${attributes}>${isVoid ? "" : `${this.childNodes.map((node) => node.outerHTML).join("")}</${this.tagName}>`}`;
  }

  querySelector(selector: string): DrawnElement | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  querySelectorAll(selector: string): DrawnElement[] {
    const ways = selector.split(",").map((way) => way.trim().split(/\s+/).map(compound));
    return this.#below().filter((element) => ways.some((way) => element.#fits(way, this)));
  }

  *#descendants(): Generator<DrawnElement> {
    for (const child of this.childNodes)
      if (child instanceof DrawnElement) {
        yield child;
        yield* child.#descendants();
      }
  }

  #below(): DrawnElement[] {
    return [...this.#descendants()];
  }

  /** Whether the last part of a way is this element and the parts before it are found above, in order. */
  #fits(way: readonly Compound[], within: DrawnElement): boolean {
    if (!this.#is(way.at(-1)!)) return false;
    let above = this.parentNode;
    for (const part of way.slice(0, -1).reverse()) {
      while (above !== null && !above.#is(part)) above = above === within ? null : above.parentNode;
      if (above === null) return false;
      above = above.parentNode;
    }
    return true;
  }

  #is({name, classes}: Compound): boolean {
    const own = (this.getAttribute("class") ?? "").split(/\s+/);
    return (name === null || name === this.tagName) && classes.every((one) => own.includes(one));
  }
}

interface Compound {
  readonly name: string | null; // null for any
  readonly classes: readonly string[];
}

function compound(words: string): Compound {
  const [, name, classes] = /^(\*|[A-Za-z][\w-]*)?((?:\.[\w-]+)*)$/.exec(words) ?? [];
  if (words === "" || classes === undefined)
    throw new Error(`"${words}" is more than a name and classes, which is all that charts ask for`);
  return {name: name === undefined || name === "*" ? null : name, classes: classes.split(".").slice(1)};
}

const escapedText = (words: string): string =>
  words.replaceAll(/[&<>\u00a0]/g, (character) => ESCAPED[character] ?? character);

const escapedAttribute = (words: string): string =>
  words.replaceAll(/[&<>"\u00a0]/g, (character) => ESCAPED[character] ?? character);

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\u00a0": "&nbsp;"
};

const decoded = (words: string): string =>
  words.replaceAll(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string | undefined) =>
    code === undefined ? (NAMED[name!] ?? whole) : String.fromCodePoint(Number(code))
  );

const NAMED: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0"};

/** The site's own well-formed HTML as a browser would write it again: with no character reference but those that must be. */
export const rewritten = (html: string): string =>
  html.replaceAll(/<[^>]*>|[^<]+/g, (part) =>
    part.startsWith("<")
      ? part.replaceAll(/"([^"]*)"/g, (_, value: string) => `"${escapedAttribute(decoded(value))}"`)
      : escapedText(decoded(part))
  );
