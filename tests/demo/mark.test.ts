import {expect, test} from "vitest";
import {markedPage} from "../../pipeline/demo/mark.ts";

const PAGE = `<!DOCTYPE html><html><head><title>Leeds</title><meta property="og:title" content="Leeds"></head>
<body><main><svg viewBox="0 0 700 200"><g></g></svg><svg><path d="M0 0"></path></svg></main></body></html>`;

test("a page of a demonstration says so first, in its title, to whoever links to it, and across each chart", () => {
  const marked = markedPage(PAGE);
  expect(marked).toMatch(/<body><p class="synthetic-mark" role="note"><strong>SYNTHETIC: every council/);
  expect(marked).toContain("<title>SYNTHETIC: Leeds</title>");
  expect(marked).toContain('content="SYNTHETIC: Leeds"');
  expect(marked).toMatch(/<text x="350" y="100" font-size="100"[^>]*>SYNTHETIC<\/text><\/svg>/);
  expect(marked.match(/>SYNTHETIC<\/text>/g)).toHaveLength(1); // an icon without measures is no chart
});
