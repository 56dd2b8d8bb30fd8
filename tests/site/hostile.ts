// What strangers could write into a notice so that a page, a spreadsheet or a terminal does something. Every payload that runs sets
// `window.__ran`, opens a dialogue or asks another host; none of them may.

const RUN = "window.__ran=1";

export const MARKUP = [
  `<script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `<img src=x onerror="${RUN};alert(1)">`,
  `"><svg onload=${RUN}>`,
  `'><svg/onload=${RUN}//`,
  `<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>`,
  `<a href="javascript:${RUN}">x</a> [click](javascript:${RUN})`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<style>@import url(https://evil.invalid/x.css)</style><link rel=stylesheet href=https://evil.invalid/y.css>`,
  `<base href="https://evil.invalid/"><meta http-equiv="refresh" content="0;url=https://evil.invalid/">`,
  `<form action="https://evil.invalid/"><button autofocus onfocus=${RUN}>x</button></form>`,
  `\${${RUN}}`,
  `\`\${${RUN}}\``,
  `{{constructor.constructor('${RUN}')()}}`,
  "]]><!-- --><![CDATA[ <!DOCTYPE html> &lt;b&gt; &#60;i&#62;",
  `![x](https://evil.invalid/z.png) <https://evil.invalid/>`,
  `\`\`\`js\n${RUN}\n\`\`\``,
  `\n---\ntitle: x\n---\n# heading\n\n<script>${RUN}</script>\n`,
  `\u202egnp.exe\u202c \u2066hidden\u2069 \u200f`,
  `\u001b]0;owned\u0007\u001b[31mred\u009b2J`,
  "../../../../etc/passwd",
  "CON",
  `&lt;img src=x onerror=${RUN}&gt; &amp;lt;img src=x onerror=${RUN}&amp;gt;`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `</title></textarea></style></noscript></template><ScRiPt>${RUN}</sCrIpT>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s><set onbegin=${RUN}></svg>`,
  `<details open ontoggle=${RUN}><video><source onerror=${RUN}></video>`,
  `<object data="data:text/html,<script>parent.__ran=1</script>"></object><embed src="javascript:${RUN}">`,
  `<!--><img src=x onerror=${RUN}>--!><img src=x onerror=${RUN}>`,
  `<a id=location><img name=getElementById><form id=explorer><input name=children></form>`,
  `<x id=x tabindex=1 style="animation-name:x" onanimationstart=${RUN} onclick=${RUN}>`,
  `javascript:${RUN}//`,
  `data:text/html,<script>${RUN}</script>`,
  `'-(${RUN})-'";${RUN};//\\";${RUN};//`,
  `\u2028${RUN}\u2029\u0085${RUN}`,
  "__proto__",
  "constructor",
  `<%= ${RUN} %> #{${RUN}} [[\${${RUN}}]] {%raw%}`,
  `x\r\nSet-Cookie: x=1\r\nContent-Type: text/html\r\n\r\n<script>${RUN}</script>`,
  `~~~js\n${RUN}\n~~~\n<div>\n\n\${${RUN}}\n\n</div>\n::: x`,
  `[x]: javascript:${RUN} 'y'\n[x] <javascript:${RUN}> &#106;avascript:${RUN}`,
  `＜script＞${RUN}＜/script＞ \u200b<\u200bscript>${RUN}</script>`,
  `&#x1b;]8;;https://evil.invalid/&#7;x\u009d0;owned\u009c`
] as const;

/** What a stranger could write behind an address. */
export const ADDRESSES = [
  MARKUP[1],
  MARKUP[2],
  MARKUP[4],
  MARKUP[11],
  MARKUP[26]!,
  MARKUP[34]!,
  "__proto__",
  "constructor",
  "%",
  "%E0%A4%A",
  "\u202e"
];

/** What a spreadsheet would run. */
export const FORMULAS = [
  '=HYPERLINK("https://evil.invalid/","open")',
  "+44+1",
  "-1+1|cmd",
  "@SUM(1)",
  "＝1+1",
  "\t=1+1",
  "\r=1+1",
  '=1"+"2\n=3'
] as const;

/** As much of a payload as an identifier may hold. */
const asId = (payload: string): string => payload.replaceAll(/[^\w<>"'`=/;$[\]!{}-]+/g, "_").slice(0, 60);

/** Releases with a payload in every text that a release has room for. */
export function hostileReleases(buyer: string): Record<string, unknown>[] {
  return [...MARKUP, ...FORMULAS].map((payload, i) => ({
    ocid: `ocds-synth0-${i}-${asId(payload)}`,
    id: `release-${i}-${asId(payload)}`,
    date: "2024-04-30T10:00:00Z",
    tag: ["award", payload],
    buyer: {id: "b", name: i % 2 === 0 ? buyer : `${payload} Council`},
    tender: {
      id: payload,
      title: `${payload}`,
      description: payload,
      procurementMethod: payload,
      procurementMethodDetails: payload,
      classification: {scheme: "CPV", id: "85311300", description: payload},
      lots: [{id: payload, title: payload}]
    },
    parties: [
      {
        id: "b",
        name: buyer,
        roles: ["buyer"],
        contactPoint: {name: "SYNTHETIC Person", email: "private@contact.invalid", telephone: "0113 496 0001"},
        details: {url: `javascript:${RUN}`}
      },
      {
        id: "s",
        name: `${payload} Ltd`,
        roles: ["supplier"],
        identifier: {scheme: "GB-COH", id: payload},
        address: {streetAddress: payload, postalCode: payload, region: payload, countryName: payload},
        details: {url: `javascript:${RUN}`}
      }
    ],
    awards: [
      {
        id: payload,
        title: payload,
        description: payload,
        status: "active",
        value: {amount: 365_000 - i, currency: "GBP"},
        suppliers: [{id: "s", name: `${payload} Ltd`}],
        contractPeriod: {startDate: "2023-04-01", endDate: "2024-03-31"},
        items: [
          {
            id: "1",
            classification: {scheme: "CPV", id: "85311300", description: payload},
            deliveryAddresses: [{region: payload}]
          }
        ],
        documents: [
          {
            id: "d",
            documentType: "awardNotice",
            url: `https://evil.invalid/"onclick="${RUN}"/${encodeURIComponent(payload)}`
          },
          {id: "e", documentType: "awardNotice", url: `javascript:${RUN}`}
        ]
      }
    ]
  }));
}
