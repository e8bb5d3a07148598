import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The viewer of the API reference at /docs, from our own origin: it works without the internet. */
function apiReference(): Plugin {
  const { resolve } = createRequire(import.meta.url);
  return {
    name: "api-reference",
    apply: "build",
    generateBundle() {
      for (const file of ["swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css"]) {
        this.emitFile({ type: "asset", fileName: `reference/${file}`, source: readFileSync(resolve(`swagger-ui-dist/${file}`)) });
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), apiReference()],
  build: {
    // Where the program finds it, in a clone as in a wheel.
    outDir: "../src/realstaging/carried/web",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: "mantine", test: /node_modules\/(@mantine|@floating-ui)\// },
            { name: "vendor", test: /node_modules\// },
          ],
        },
      },
    },
  },
});
