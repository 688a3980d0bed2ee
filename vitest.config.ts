import { defineConfig } from "vitest/config";

// One project a world, by the suffix of the file: pure and fast, real PostgreSQL, real PGlite.
const worlds = {
  fast: {
    include: ["src-*/**/*.test.ts", "src-*/**/*.test.tsx", "scripts/**/*.test.ts"],
    exclude: ["**/*.pg.test.ts", "**/*.replica.test.ts"],
  },
  pg: { include: ["src-*/**/*.pg.test.ts"], exclude: [] },
  replica: { include: ["src-*/**/*.replica.test.ts"], exclude: [] },
};

export default defineConfig({
  test: {
    projects: Object.entries(worlds).map(([name, { include, exclude }]) => ({
      test: {
        name,
        include,
        exclude: ["node_modules/**", "out/**", ...exclude],
        testTimeout: name === "fast" ? 20_000 : 120_000,
        hookTimeout: 120_000,
        ...(name === "pg" ? { globalSetup: ["./src-server/database/test-cluster.ts"] } : {}),
        // Two cores: more workers than that only make one another slow.
        maxWorkers: 2,
      },
    })),
  },
});
