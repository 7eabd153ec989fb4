// A browser of this computer that draws a page for a picture of it. Types only; system/page-pictures.ts has the work.

export interface PagePictures {
  /**
   * PNG of the page's top left, twice as fine as CSS pixels; undefined where no browser is installed, or none came of it. Nothing is
   * installed for it. The browser knows nobody: no cookies, no sign-in.
   */
  take(
    url: string,
    size: { readonly width: number; readonly height: number },
  ): Promise<Uint8Array | undefined>;
}
