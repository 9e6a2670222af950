import { defineConfig } from 'tsdown'

/**
 * Takes the default export of openapi-fetch from its CommonJS build as that build marks it (`__esModule`). The bundler
 * does as Node does when a module imports CommonJS, and takes all exports together for the default.
 */
const defaultOfOpenapiFetch = {
  name: 'default-of-openapi-fetch',
  renderChunk(code: string) {
    return code.replace('__toESM(openapi_fetch, 1)', '__toESM(openapi_fetch)')
  },
}

/** Takes TextDecoder from Node: the environment jsdom of Jest has no global one, and Busboy uses it as it is loaded. */
const textDecoderOfNode = {
  name: 'text-decoder-of-node',
  transform(code: string, id: string) {
    return id.includes('@fastify/busboy/lib/utils/')
      ? `const { TextDecoder } = require('node:util');${code}`
      : undefined
  },
}

// One build for all entries, so that they share their classes: an error of `./node` is an instance of the one of `.`.
export default defineConfig({
  entry: { index: 'src/index.ts', node: 'src/node.ts', mock: 'src/mock.ts', cli: 'src/cli.ts' },
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'es2022',
  fixedExtension: true,
  sourcemap: true,
  copy: ['src/browser'],
  plugins: [defaultOfOpenapiFetch, textDecoderOfNode],
  dts: { compilerOptions: { stripInternal: true } },
  deps: {
    // Prism is the mock server's, and an optional peer. The few small libraries beside it are bundled.
    neverBundle: [/^@stoplight\//],
    onlyBundle: false,
  },
})
