/** Every run of white space as one space. Most texts are written so: to look costs a quarter of writing them anew. */
export const singleSpaced = (text: string): string => (/ {2}|[^\S ]/.test(text) ? text.replaceAll(/\s+/g, " ") : text);
