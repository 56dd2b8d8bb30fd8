/**
 * Tells in one pass over a text which phrases stand in it, so that dear patterns are tried only where they may match.
 *
 * Every three characters in a row that the text holds are noted. A phrase whose threes are not all there does not stand in it,
 * which costs next to nothing to see; only for the others the text is searched.
 */
export class Trigrams {
  private readonly seenIn = new Uint8Array(SIZE); // the number of the text that last held these three
  private number = 0;
  private text = "";

  read(text: string): void {
    this.text = text;
    this.number += 1;
    if (this.number > 255) {
      this.seenIn.fill(0);
      this.number = 1;
    }
    let three = 0;
    for (let i = 0; i < text.length; i++) {
      three = next(three, text, i);
      this.seenIn[three] = this.number;
    }
  }

  /** Whether one of the phrases stands in the text that was read last. */
  holdsOne(phrases: readonly Phrase[]): boolean {
    for (const phrase of phrases) if (this.mayHold(phrase) && this.text.includes(phrase.text)) return true;
    return false;
  }

  private mayHold({threes}: Phrase): boolean {
    for (const three of threes) if (this.seenIn[three] !== this.number) return false;
    return true;
  }
}

const BITS = 5; // of a character, shifted out after three: letters differ in them
const SIZE = 1 << (3 * BITS);
const next = (three: number, text: string, i: number): number => ((three << BITS) ^ text.charCodeAt(i)) & (SIZE - 1);

/** A phrase with the numbers of its threes. */
export interface Phrase {
  readonly text: string;
  readonly threes: readonly number[];
}

export const phrases = (...texts: readonly string[]): readonly Phrase[] =>
  texts.map((text) => {
    const threes: number[] = [];
    let three = 0;
    for (let i = 0; i < text.length; i++) {
      three = next(three, text, i);
      if (i >= 2) threes.push(three);
    }
    return {text, threes};
  });
