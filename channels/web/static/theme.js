// The look of a municipality: design tokens from a style sheet, and nothing but tokens.

import { HOME } from "./dom.js";

/** Take the tokens of the style sheet at `address` over into `sheet`; only from the page's own website or from ours. */
export async function wearTheme(sheet, address) {
  const url = address && new URL(address, location.href);
  if (!url || ![location.origin, new URL(HOME).origin].includes(url.origin)) return;
  try {
    const response = await fetch(url, { credentials: "omit" });
    if (!response.ok) return;
    const theme = new CSSStyleSheet();
    theme.replaceSync(await response.text());
    sheet.replaceSync(`:host { ${tokensOf(theme.cssRules)} }`);
  } catch {
    // Our own look is there already.
  }
}

/** Every custom property of plain rules, whatever they select: ".ede-theme" and ":root" mean the same to us. */
function tokensOf(rules) {
  const tokens = [];
  for (const { style } of Array.from(rules).filter((rule) => rule instanceof CSSStyleRule)) {
    const names = Array.from(style).filter((name) => name.startsWith("--"));
    tokens.push(...names.map((name) => `${name}: ${style.getPropertyValue(name)};`));
  }
  return tokens.join(" ");
}
