/** Opens the folded part that holds the target of the address, now and whenever a link on the page leads to another: not every browser does. */
export function openTarget(document: Document): void {
  const open = (): void => {
    const target = document.getElementById(document.location.hash.slice(1)); // ids are plain letters and digits;
    const folded = target?.closest("details:not([open])");
    if (!target || !folded) return;
    folded.setAttribute("open", "");
    target.scrollIntoView();
  };
  open();
  document.defaultView?.addEventListener("hashchange", open);
}
