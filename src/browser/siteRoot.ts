/** The address of the site's front page, where its name in the header leads: scripts build other addresses from it. */
export const siteRoot = (document: Document): string =>
  new URL(document.querySelector<HTMLAnchorElement>("a.site-name")?.getAttribute("href") ?? "/", document.baseURI).href;
