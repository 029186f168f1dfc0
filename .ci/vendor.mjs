// Copies what pages use of npm's packages to ui/static/vendor: the design system's stylesheet and the files it names.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

const source = "node_modules/dkfds/dist";
const target = "ui/static/vendor/dkfds";
const stylesheet = "css/dkfds.min.css";

// Every browser that Stafet supports reads woff2; the older forms would only be fetched in vain.
function onlyWoff2(css) {
  return css.replace(/src:(url\([^;}]*)/g, (all, sources) => {
    const woff2 = sources.match(/url\([^)]*\.woff2\) format\("woff2"\)/);
    return woff2 ? `src:${woff2[0]}` : all;
  });
}

const css = onlyWoff2(await readFile(join(source, stylesheet), "utf8")).replace(/\/\*# sourceMappingURL=.*?\*\//, "");
const named = [...css.matchAll(/url\(["']?(\.\.\/[^"')?#]+)/g)].map((found) => normalize(join("css", found[1])));
await rm(target, { recursive: true, force: true });
for (const file of new Set(["LICENSE.md", ...named])) {
  await mkdir(dirname(join(target, file)), { recursive: true });
  await cp(join(source, file), join(target, file));
}
await mkdir(dirname(join(target, stylesheet)), { recursive: true });
await writeFile(join(target, stylesheet), css);
