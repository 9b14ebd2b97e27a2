import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Whole-process tests and the corpus take longer than a unit does.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
