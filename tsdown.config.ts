import { defineConfig } from 'tsdown'

// One build for all entries, so that they share their classes: an error of `./node` is an instance of the one of `.`.
export default defineConfig({
  entry: { index: 'src/index.ts', node: 'src/node.ts', mock: 'src/mock.ts', cli: 'src/cli.ts' },
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'es2022',
  fixedExtension: true,
  sourcemap: true,
  copy: ['src/browser'],
  dts: { compilerOptions: { stripInternal: true } },
  deps: {
    // Prism is the mock server's, and an optional peer. The few small libraries beside it are bundled.
    neverBundle: [/^@stoplight\//],
    onlyBundle: false,
  },
})
