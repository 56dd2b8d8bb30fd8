// Framework's settings. Fragments for head, header and footer stay null and the sidebar off: each costs a document of its own
// per page, which doubles the time that the build takes. pipeline/site/finish.ts puts the navigation below on every page.
export default {
  root: "src",
  output: process.env.SITE_OUTPUT ?? "dist",
  base: process.env.SITE_URL ? new URL(process.env.SITE_URL).pathname : "/", // where 404.html finds the rest of the site
  title: "Contract Scale",
  style: "style.css",
  globalStylesheets: [], // the default is a font from another host
  head: null,
  header: null,
  footer: null,
  sidebar: false,
  pager: false,
  toc: false,
  search: true,
  linkify: false, // words of other people are never made into links
  pages: [
    {name: "Claims", path: "/claims"},
    {name: "Councils", path: "/councils"},
    {name: "Compare", path: "/compare"},
    {name: "How large", path: "/scale"},
    {name: "Cost", path: "/cost"},
    {name: "Repeat demand", path: "/repeat-demand"},
    {name: "Contracts", path: "/contracts"},
    {name: "Suppliers", path: "/suppliers"},
    {name: "Indicators", path: "/indicators"},
    {name: "Data", path: "/data"},
    {name: "Methods", path: "/methods"},
    {name: "Contribute", path: "/contribute"}
  ]
};
