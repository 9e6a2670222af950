// Generated from spec/. Do not edit; run `npm run generate`.

export const version = '0.2.0'
