/** What each part is built from, beside what both share. */
export const mainSources = ["src-main"];
export const rendererSources = ["src-renderer"];
