import { defineConfig, type ViteUserConfig } from "vitest/config";

/** What `npm run test:localstack` runs: it starts a LocalStack, which `npm test` does not. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/localstack/**/*.test.ts", "test/conformance/s3-object-store.test.ts"],
    globalSetup: "test/localstack/start.ts",
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
export default config;
